import type { RowFilter, RowsView } from "../../bridge/view";
import type { Link } from "./link";

/** Rows that one probe looks at, and probes after which the search is given up. */
const PROBE_ROWS = 200;
const MAX_PROBES = 40;

/** Where the row may be: `low` or later, before `high`. */
export type Span = { readonly low: number; readonly high: number };

/** `row` is the place of the event; `next` where to look next; "absent": no row of the filter is that event. */
export type Probed =
  | { readonly kind: "found"; readonly row: number }
  | { readonly kind: "next"; readonly span: Span }
  | { readonly kind: "absent" };

/**
 * Finds the row of an event in a filtered list, and calls `found` once: with its row number, or null if the filter
 * leaves it out. Rows are in the order of events, so a few windows tell. Returns a function that calls it off.
 */
export function locateRow(
  link: Link,
  seq: number,
  filter: RowFilter,
  found: (row: number | null) => void,
): () => void {
  let stop: (() => void) | null = null;

  function probe(span: Span, left: number): void {
    const from = probeStart(span);
    stop = link.watch({ kind: "rows", from, count: PROBE_ROWS, filter }, (view) => {
      stop?.();
      if (view.kind !== "rows") return;
      const probed = narrow(span, view, seq);
      if (probed.kind === "next" && left > 0) probe(probed.span, left - 1);
      else found(probed.kind === "found" ? probed.row : null);
    });
  }

  // Each row is one event, so an event's row number is less than its seq.
  probe({ low: 0, high: seq }, MAX_PROBES);
  return () => stop?.();
}

/** The end of the span first where it is short, else its middle. */
export function probeStart({ low, high }: Span): number {
  if (high - low <= PROBE_ROWS) return low;
  return Math.floor((low + high) / 2) - PROBE_ROWS / 2;
}

/** What one window tells about where the event's row is. */
export function narrow(span: Span, view: RowsView, seq: number): Probed {
  const { low, high } = span;
  const first = view.rows[0];
  const last = view.rows.at(-1);
  let next: Span;
  if (first === undefined || last === undefined) next = { low, high: Math.min(high, view.total, view.from) };
  else if (seq < first.seq) next = { low, high: view.from };
  else if (seq > last.seq) next = { low: view.from + view.rows.length, high };
  else {
    const index = view.rows.findIndex((row) => row.seq === seq);
    return index === -1 ? { kind: "absent" } : { kind: "found", row: view.from + index };
  }
  const isNarrower = next.low > low || next.high < high;
  return isNarrower && next.low < next.high ? { kind: "next", span: next } : { kind: "absent" };
}
