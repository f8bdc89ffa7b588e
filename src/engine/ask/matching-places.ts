import { countPassing } from "../content/count-passing";
import type { Engine } from "../engine";
import type { TimelineEntry } from "../fold/timeline-entry";
import type { TimelineFilter } from "./timeline-filter";

/** The places of the entries that match a filter, in order, as long as the timeline keeps them. */
export type MatchingPlaces = {
  /**
   * Looks at entries that it has not looked at, each once, and at no more than `most` of them: first at those that have
   * come since the last time, then at those before, from the newest on back. Returns how many match.
   */
  readonly extend: (most?: number) => number;
  /** How many entries it has yet to look at. */
  readonly left: () => number;
  /** Lets go of the places of which the timeline has let the entries go. */
  readonly forgetOld: () => void;
  readonly count: () => number;
  /** How many of the places stand before this one. */
  readonly rankOf: (place: number) => number;
  /** `count` of the places, from the one on that is number `from` among them, counted from 0. */
  readonly slice: (from: number, count: number) => readonly number[];
  /** The places from `from` on, up to but not with `to`; null where not all entries there have been looked at. */
  readonly within: (from: number, to: number) => readonly number[] | null;
};

/**
 * No places: `extend` finds them.
 * @param matches whether an entry passes, whenever it came
 * @param wider has all places that match, and others: where these are known no other entry has to be looked at
 */
export function createMatchingPlaces(
  timeline: Engine["timeline"],
  { from_seq = 0, to_seq = Number.POSITIVE_INFINITY }: Pick<TimelineFilter, "from_seq" | "to_seq">,
  matches: (entry: TimelineEntry) => boolean,
  wider: Pick<MatchingPlaces, "within"> | null = null,
): MatchingPlaces {
  let known = wider;
  // What was looked at is one stretch, from `oldest` to before `next`: what lies on both sides of it is left.
  let next = timeline.placeOf(to_seq + 1);
  let oldest = next;
  /** Found on the way back, the newest first. */
  const older: number[] = [];
  let newer: number[] = [];
  /** How many of `newer` have been let go. */
  let start = 0;

  const firstPlace = (): number => timeline.placeOf(from_seq);
  const endPlace = (): number => timeline.placeOf(to_seq + 1);
  const count = (): number => older.length + newer.length - start;

  function passes(place: number): boolean {
    const entry = timeline.at(place);
    return entry !== undefined && matches(entry);
  }

  /** In the order of the session, in which entries are cheapest to look at. */
  function look(from: number, to: number, found: number[]): void {
    const narrowed = known?.within(from, to) ?? null;
    if (narrowed !== null) {
      for (const place of narrowed) if (passes(place)) found.push(place);
    } else for (let place = from; place < to; place++) if (passes(place)) found.push(place);
  }

  /** Returns how many are looked at with that. */
  function lookAhead(most: number): number {
    const from = Math.max(next, firstPlace());
    next = Math.max(from, Math.min(endPlace(), from + most));
    look(from, next, newer);
    return next - from;
  }

  function lookBack(most: number): void {
    const first = firstPlace();
    const from = Math.max(first, oldest - most);
    const found: number[] = [];
    look(from, oldest, found);
    for (let nth = found.length - 1; nth >= 0; nth--) older.push(found[nth] ?? 0);
    oldest = Math.min(oldest, from);
    // Of what comes from now on it is not the first to hear.
    if (oldest <= first) known = null;
  }

  function forgetOld(): void {
    const forgotten = timeline.forgotten();
    while (older.length > 0 && (older.at(-1) ?? 0) < forgotten) older.pop();
    while (start < newer.length && (newer[start] ?? 0) < forgotten) start++;
    if (start * 2 < newer.length) return;
    newer = newer.slice(start);
    start = 0;
  }

  function slice(from: number, most: number): readonly number[] {
    const places: number[] = [];
    for (let nth = from; nth < Math.min(from + most, count()); nth++) places.push(at(nth) ?? 0);
    return places;
  }

  const rankOf = (place: number): number => countPassing(count(), (nth) => (at(nth) ?? 0) < place);
  const at = (nth: number): number | undefined =>
    nth < older.length ? older[older.length - 1 - nth] : newer[start + nth - older.length];

  return {
    extend(most = Number.POSITIVE_INFINITY) {
      lookBack(most - lookAhead(most));
      forgetOld();
      return count();
    },
    left() {
      const first = firstPlace();
      return Math.max(endPlace() - Math.max(next, first), 0) + Math.max(oldest - first, 0);
    },
    forgetOld,
    count,
    rankOf,
    slice,
    within(from, to) {
      if (from < oldest || to > next) return null;
      const rank = rankOf(from);
      return slice(rank, rankOf(to) - rank);
    },
  };
}
