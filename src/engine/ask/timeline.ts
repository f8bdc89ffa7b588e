import { type Result, success } from "../../wire/result";
import type { Engine } from "../engine";
import type { Confidence } from "../fold/command";
import type { TimelineEntry, TimelineKind } from "../fold/timeline-entry";
import type { RootKey } from "../live";
import type { Activities } from "./activities";
import { createMatchingPlaces } from "./matching-places";
import { createMatcher, type TextOf, type TimelineFault, type TimelineFilter } from "./timeline-filter";
import { summarizeEntry } from "./timeline-summary";
import { exchangeOf, rootKeyOf, storeKeyOf } from "./timeline-words";

/** One line of the timeline. */
export type TimelineRow = {
  /** The entry's place among all entries of the session: no other has it, and it stays. */
  readonly place: number;
  readonly seq: number;
  /** Milliseconds of the session. */
  readonly t: number;
  readonly kind: TimelineKind;
  readonly root: RootKey | null;
  /** The key of the one store that it concerns. */
  readonly store: string | null;
  readonly summary: string;
  /** Characters of the frame. */
  readonly size: number;
  /** Of a reply: the event of its push. Of a push: the event of its reply. */
  readonly answers: number | null;
  readonly answered: number | null;
  /** The command that an envelope is attributed to, and how sure that is. */
  readonly command: number | null;
  readonly confidence: Confidence | null;
};

/** Which of the entries that match are wanted, counted from 0; `"end"`: the last ones. */
type TimelineWindow = { readonly from: number | "end"; readonly count: number };

export type TimelinePage = {
  /** How many entries match. */
  readonly total: number;
  /** The place of the first of these among them. */
  readonly from: number;
  readonly entries: readonly TimelineRow[];
  /** How many of the oldest entries of the session have been let go, so that they cannot match. */
  readonly forgotten: number;
};

/** The entries that match a filter, kept up with the session. */
type TimelineView = {
  /** Looks at the entries that have come since the last time, each once. Returns how many match now. */
  readonly extend: () => number;
  readonly window: (window: TimelineWindow) => TimelinePage;
};

type Source = Pick<Engine, "timeline" | "timeOf" | "sizeOf">;

/** Rows that one window may have. */
export const MAX_WINDOW_ROWS = 1000;

/**
 * A view on which no entry has been looked at yet.
 * @param activities where it is looked up which stores an envelope changed
 */
export function createTimelineView(
  engine: Source,
  filter: TimelineFilter,
  textOf: TextOf,
  activities?: Activities,
): Result<TimelineView, TimelineFault> {
  const matcher = createMatcher(filter, textOf, activities);
  if (!matcher.ok) return matcher;
  const { timeline } = engine;
  const matches = createMatchingPlaces(timeline, filter, matcher.value);
  return success({
    extend: matches.extend,
    window(window) {
      matches.forgetOld();
      const total = matches.count();
      const count = Math.min(Math.max(Math.floor(window.count), 0), MAX_WINDOW_ROWS);
      const last = Math.max(total - count, 0);
      const from = window.from === "end" ? last : Math.min(Math.max(Math.floor(window.from), 0), total);
      const entries = matches.slice(from, count).flatMap((place) => {
        const entry = timeline.at(place);
        return entry === undefined ? [] : [toRow(engine, place, entry)];
      });
      return { total, from, entries, forgotten: timeline.forgotten() };
    },
  });
}

/** The entries in a window among those that match a filter, all of them looked at anew. */
export function queryTimeline(
  engine: Source,
  filter: TimelineFilter,
  window: TimelineWindow,
  textOf: TextOf,
  activities?: Activities,
): Result<TimelinePage, TimelineFault> {
  const view = createTimelineView(engine, filter, textOf, activities);
  if (!view.ok) return view;
  view.value.extend();
  return success(view.value.window(window));
}

function toRow(engine: Source, place: number, entry: TimelineEntry): TimelineRow {
  const { seq, kind } = entry;
  const exchange = exchangeOf(entry);
  const isReply = exchange?.reply_seq === seq;
  const cause = kind === "envelope" ? entry.command : null;
  return {
    ...{ place, seq, kind, t: engine.timeOf(seq), size: engine.sizeOf(seq) },
    root: rootKeyOf(entry),
    store: storeKeyOf(entry),
    summary: summarizeEntry(entry),
    answers: isReply ? exchange.push_seq : null,
    answered: isReply ? null : (exchange?.reply_seq ?? null),
    command: cause?.seq ?? null,
    confidence: cause?.confidence ?? null,
  };
}
