import type { Engine } from "../engine";
import type { TimelineKind } from "../fold/timeline-entry";
import { createTimeSlots } from "./time-slots";

/** How many entries of each kind came when, kept up with the session. What is let go stays counted. */
export type Rates = {
  /** Looks at entries that it has not looked at, the oldest first, each once, and at no more than `most` of them. */
  readonly extend: (most?: number) => void;
  /** How many entries it has yet to look at. */
  readonly left: () => number;
  readonly read: (range: RatesRange) => RatesPage;
};

/** What is asked for, in milliseconds of the session: `"end"` is the newest event. */
export type RatesRange = {
  readonly from_t: number;
  readonly to_t: number | "end";
  /** The most counts of each kind. */
  readonly buckets: number;
  /** The most marks. */
  readonly marks: number;
};

/**
 * The range as it could be told, which holds the one that was asked for: from `from_t` on, up to but not with `to_t`.
 * Each kind has the same number of counts, which divide that evenly, and together count every entry in it once.
 */
export type RatesPage = {
  readonly from_t: number;
  readonly to_t: number;
  /** When the first and the last of all entries came. */
  readonly first_t: number;
  readonly newest_t: number;
  /** The kinds that have come so far, in the order in which they came. */
  readonly kinds: readonly { readonly kind: TimelineKind; readonly counts: readonly number[] }[];
  /** The newest problems, gaps, bookmarks and events of the page's life in the range, one an event, oldest first. */
  readonly marks: readonly RateMark[];
};

export type RateMark = { readonly t: number; readonly seq: number; readonly kind: TimelineKind };

const MARKED: ReadonlySet<TimelineKind> = new Set(["problem", "gap", "page", "mark"] as const);

/** Marks that are kept: of more the older half goes. */
const MAX_KEPT_MARKS = 20_000;

/** Later than this nothing is told apart: a file may name any time. */
const MAX_TIME = 2 ** 52;

/** Rates that have looked at nothing yet. @param maxSlots how finely time is told apart (time-slots.ts) */
export function createRates(engine: Pick<Engine, "timeline" | "timeOf" | "seq">, maxSlots?: number): Rates {
  const { timeline } = engine;
  const slots = createTimeSlots<TimelineKind>(maxSlots);
  let marks: RateMark[] = [];
  let next = 0;
  let first_t = Number.POSITIVE_INFINITY;
  let newest_t = 0;

  function look(place: number): void {
    const kind = timeline.kindAt(place);
    const seq = timeline.seqAt(place);
    if (kind === undefined || seq === undefined) return;
    const t = clampTime(engine.timeOf(seq));
    slots.add(kind, t);
    first_t = Math.min(first_t, t);
    newest_t = Math.max(newest_t, t);
    if (!MARKED.has(kind) || marks.at(-1)?.seq === seq) return;
    marks.push({ t, seq, kind });
    if (marks.length > MAX_KEPT_MARKS) marks = marks.slice(MAX_KEPT_MARKS / 2);
  }

  function marksIn(from_t: number, to_t: number, most: number): readonly RateMark[] {
    const found: RateMark[] = [];
    for (let at = marks.length - 1; at >= 0 && found.length < most; at--) {
      const mark = marks[at];
      if (mark !== undefined && mark.t >= from_t && mark.t < to_t) found.push(mark);
    }
    return found.reverse();
  }

  return {
    extend(most = Number.POSITIVE_INFINITY) {
      next = Math.max(next, timeline.forgotten());
      const end = Math.min(timeline.length(), next + most);
      for (; next < end; next++) look(next);
    },
    left: () => timeline.length() - Math.max(next, timeline.forgotten()),
    read({ from_t, to_t, buckets, marks: most }) {
      const width = slots.width();
      const newest = Math.max(newest_t, clampTime(engine.timeOf(engine.seq)));
      const first = Math.floor(clampTime(from_t) / width);
      const end = to_t === "end" ? Math.floor(newest / width) + 1 : Math.ceil(clampTime(to_t) / width);
      const asked = Math.max(end - first, 1);
      const step = Math.ceil(asked / buckets);
      const count = Math.ceil(asked / step);
      const range = { from_t: first * width, to_t: (first + step * count) * width };
      return {
        ...range,
        first_t: Math.min(first_t, newest),
        newest_t: newest,
        kinds: slots.names().map((kind) => ({ kind, counts: slots.sum(kind, first, step, count) })),
        marks: marksIn(range.from_t, range.to_t, most),
      };
    },
  };
}

function clampTime(t: number): number {
  return Math.min(Math.max(t, 0), MAX_TIME);
}
