import { createColumn } from "../content/column";
import { countPassing } from "../content/count-passing";
import type { TimelineEntry } from "./timeline-entry";

/** The entries of a session in the order of its events. A place is the number of entries before it, since the start. */
export type Timeline = {
  /** How many there have been. */
  readonly length: () => number;
  /** How many of them, the oldest, have been let go. */
  readonly forgotten: () => number;
  /** The entry at a place; undefined where there is none, or none any more. */
  readonly at: (place: number) => TimelineEntry | undefined;
  /** The place of the first entry that is not from before event `seq`. */
  readonly placeOf: (seq: number) => number;
};

export type OwnTimeline = Timeline & { readonly add: (entry: TimelineEntry) => void };

/** The oldest go this many at once where there are a million: letting go of each alone would cost more. */
const SHARE_LET_GO = 1 / 1024;

/** @param maxEntries of more, the oldest go */
export function createTimeline(maxEntries: number): OwnTimeline {
  const kept = createColumn<TimelineEntry>();
  const share = Math.max(1, Math.floor(maxEntries * SHARE_LET_GO));
  let forgotten = 0;

  return {
    length: () => forgotten + kept.length(),
    forgotten: () => forgotten,
    at: (place) => kept.at(place - forgotten),
    placeOf: (seq) => forgotten + countPassing(kept.length(), (nth) => (kept.at(nth)?.seq ?? 0) < seq),
    add(entry) {
      kept.push(entry);
      if (kept.length() <= maxEntries) return;
      kept.forget(share);
      forgotten += share;
    },
  };
}
