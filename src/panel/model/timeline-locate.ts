import type { TimelineChoice, TimelineView } from "../../bridge/timeline-view";
import type { Link } from "./link";
import type { RowRange } from "./row-window";

/** Rows that one probe looks at, and probes after which the search is given up. */
const PROBE_ROWS = 200;
const MAX_PROBES = 40;

/**
 * Finds the row of an event's first entry, and calls `found` with its row number, or null if the choice leaves it out;
 * again while older entries are still found, which move it. Returns a function that calls it off.
 */
export function locateEntry(
  link: Link,
  seq: number,
  choice: TimelineChoice,
  found: (row: number | null) => void,
): () => void {
  const stop = link.watch({ kind: "timeline", choice, locate: seq, from: 0, count: 1 }, (view) => {
    if (view.kind !== "timeline") return;
    if (view.left === 0) stop();
    if (view.located !== null || view.left === 0) found(view.located);
  });
  return stop;
}

/** Where the first row may be that is not from before a time: `low` or later, `high` at the latest. */
export type Rows = { readonly low: number; readonly high: number };

type Probed =
  | { readonly kind: "found"; readonly row: number }
  | { readonly kind: "next"; readonly rows: Rows };

/**
 * Finds the first row that is not from before `t` milliseconds, and calls `found` once with its number, which is that of
 * the last row where all are from before. Rows are in the order of events, so a few windows tell.
 * @param total rows that there are
 */
export function locateTime(
  link: Link,
  t: number,
  { choice, total }: { readonly choice: TimelineChoice; readonly total: number },
  found: (row: number) => void,
): () => void {
  let stop: (() => void) | null = null;

  function finish(row: number): void {
    found(Math.max(0, Math.min(row, total - 1)));
  }

  function probe(rows: Rows, left: number): void {
    if (rows.low >= rows.high || left === 0) {
      finish(rows.low);
      return;
    }
    const window = { from: probeStart(rows), count: PROBE_ROWS };
    stop = link.watch({ kind: "timeline", choice, locate: null, ...window }, (view) => {
      stop?.();
      if (view.kind !== "timeline") return;
      const probed = narrowTime(rows, view, t);
      if (probed.kind === "found") finish(probed.row);
      else probe(probed.rows, left - 1);
    });
  }

  probe({ low: 0, high: total }, MAX_PROBES);
  return () => stop?.();
}

/** The beginning where it is near, else the middle. */
export function probeStart({ low, high }: Rows): number {
  return high - low <= PROBE_ROWS ? low : Math.floor((low + high) / 2) - PROBE_ROWS / 2;
}

/** What one window tells about where the row is. */
export function narrowTime(
  { low, high }: Rows,
  view: Pick<TimelineView, "from" | "rows">,
  t: number,
): Probed {
  const end = view.from + view.rows.length;
  const index = view.rows.findIndex((row) => row.t >= t);
  if (index > 0) return { kind: "found", row: view.from + index };
  const rows = index === 0 || view.rows.length === 0 ? { low, high: view.from } : { low: end, high };
  return rows.low >= rows.high ? { kind: "found", row: rows.low } : { kind: "next", rows };
}

/** The row to scroll to for `row` to be the first that is seen, or near it where the list ends. */
export function rowBelow(row: number, seen: RowRange, total: number): number {
  const isAbove = row < seen.first + seen.count / 2;
  return isAbove ? row : Math.max(row, Math.min(total - 1, row + Math.floor(seen.count / 2)));
}
