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
export type TimelineView = {
  /**
   * Looks at entries that it has not looked at, each once, and at no more than `most` of them: first at those that have
   * come since the last time, then at those before, from the newest on back. Returns how many match of all those that
   * were looked at.
   */
  readonly extend: (most?: number) => number;
  /** How many entries it has yet to look at. */
  readonly left: () => number;
  /** Where an event's first entry stands among those that match, counted from 0; null where none of its entries does. */
  readonly rowOf: (seq: number) => number | null;
  readonly window: (window: TimelineWindow) => TimelinePage;
  /** The places that match from one on up to another; null where not all entries there have been looked at. */
  readonly within: (from: number, to: number) => readonly number[] | null;
};

type Source = Pick<Engine, "timeline" | "timeOf" | "sizeOf">;

/** Rows that one window may have. */
export const MAX_WINDOW_ROWS = 1000;

/**
 * A view on which no entry has been looked at yet.
 * @param activities where it is looked up which stores an envelope changed
 * @param wider a view that has all entries which match here, and others: what it has left out is not looked at again
 */
export function createTimelineView(
  engine: Source,
  filter: TimelineFilter,
  textOf: TextOf,
  activities?: Activities,
  wider?: Pick<TimelineView, "within">,
): Result<TimelineView, TimelineFault> {
  const matcher = createMatcher(filter, textOf, activities);
  if (!matcher.ok) return matcher;
  const { timeline } = engine;
  const matches = createMatchingPlaces(timeline, filter, matcher.value, wider);
  return success({
    extend: matches.extend,
    left: matches.left,
    within: matches.within,
    rowOf(seq) {
      matches.forgetOld();
      const row = matches.rankOf(timeline.placeOf(seq));
      const [place] = matches.slice(row, 1);
      return place !== undefined && timeline.seqAt(place) === seq ? row : null;
    },
    window(window) {
      matches.forgetOld();
      const total = matches.count();
      const count = Math.min(Math.max(Math.floor(window.count), 0), MAX_WINDOW_ROWS);
      const last = Math.max(total - count, 0);
      const from = window.from === "end" ? last : Math.min(Math.max(Math.floor(window.from), 0), total);
      const entries = rowsAt(engine, matches.slice(from, count));
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

/** All entries of one event, in order, whatever a filter asks for; at most `most`. */
export function rowsOfEvent(engine: Source, seq: number, most: number): readonly TimelineRow[] {
  const { timeline } = engine;
  const places: number[] = [];
  for (let place = timeline.placeOf(seq); timeline.seqAt(place) === seq; place++) {
    if (places.length >= most) break;
    places.push(place);
  }
  return rowsAt(engine, places);
}

function rowsAt(engine: Source, places: readonly number[]): readonly TimelineRow[] {
  return places.flatMap((place) => {
    const entry = engine.timeline.at(place);
    return entry === undefined ? [] : [toRow(engine, place, entry)];
  });
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
