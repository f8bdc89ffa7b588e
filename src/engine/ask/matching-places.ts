import type { Engine } from "../engine";
import type { TimelineEntry } from "../fold/timeline-entry";
import type { TimelineFilter } from "./timeline-filter";

/** The places of the entries that match a filter, in order, as long as the timeline keeps them. */
type MatchingPlaces = {
  /** Looks at the entries that have come since the last time, each once. Returns how many match now. */
  readonly extend: () => number;
  /** Lets go of the places of which the timeline has let the entries go. */
  readonly forgetOld: () => void;
  readonly count: () => number;
  /** `count` of the places, from the one on that is number `from` among them, counted from 0. */
  readonly slice: (from: number, count: number) => readonly number[];
};

/** No places: `extend` finds them. @param matches whether an entry passes, whenever it came */
export function createMatchingPlaces(
  timeline: Engine["timeline"],
  { from_seq = 0, to_seq = Number.POSITIVE_INFINITY }: Pick<TimelineFilter, "from_seq" | "to_seq">,
  matches: (entry: TimelineEntry) => boolean,
): MatchingPlaces {
  let places: number[] = [];
  let start = 0;
  let next = timeline.placeOf(from_seq);

  function forgetOld(): void {
    const forgotten = timeline.forgotten();
    while (start < places.length && (places[start] ?? 0) < forgotten) start++;
    if (start * 2 < places.length) return;
    places = places.slice(start);
    start = 0;
  }

  return {
    extend() {
      next = Math.max(next, timeline.forgotten(), places.length === 0 ? timeline.placeOf(from_seq) : 0);
      for (const end = timeline.length(); next < end; next++) {
        const entry = timeline.at(next);
        if (entry === undefined || entry.seq > to_seq) break;
        if (matches(entry)) places.push(next);
      }
      forgetOld();
      return places.length - start;
    },
    forgetOld,
    count: () => places.length - start,
    slice: (from, count) => places.slice(start + from, start + from + count),
  };
}
