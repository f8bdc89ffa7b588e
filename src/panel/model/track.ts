import type { RatesView } from "../../bridge/timeline-view";

/** The stretch of a session that a track shows, in milliseconds of the session. */
export type Span = { readonly from_t: number; readonly to_t: number };

export const MIN_BUCKETS = 40;
const MAX_TRACK_BUCKETS = 240;
/** The width of a bar of activity with the room beside it. CSS pixels. */
const BAR_WIDTH = 4;
/** A bar of one event can be seen beside one of a thousand. Of the whole height. */
const LOWEST_BAR = 0.15;

/** How many bars a track of this width has: in steps, so that resizing does not ask for each of them. */
export function bucketsFor(width: number): number {
  const bars = Math.ceil(width / BAR_WIDTH / MIN_BUCKETS) * MIN_BUCKETS;
  return Math.min(MAX_TRACK_BUCKETS, Math.max(MIN_BUCKETS, bars));
}

/** Where a time stands on a track, 0 being its beginning and 1 its end. A track of no length has only its end. */
export function placeOf({ from_t, to_t }: Span, t: number): number {
  if (to_t <= from_t) return 1;
  return Math.min(1, Math.max(0, (t - from_t) / (to_t - from_t)));
}

/** The time that stands at a place of a track. */
export function timeAt({ from_t, to_t }: Span, place: number): number {
  return from_t + (to_t - from_t) * Math.min(1, Math.max(0, place));
}

/**
 * How high each bar is, from 0 to 1: by the square root of the count, so that a burst does not flatten all the rest.
 */
export function barHeights(kinds: RatesView["kinds"]): readonly number[] {
  const [first] = kinds;
  const sums = (first?.counts ?? []).map((_, bucket) =>
    kinds.reduce((sum, { counts }) => sum + (counts[bucket] ?? 0), 0),
  );
  const most = sums.reduce((most, sum) => Math.max(most, sum), 0);
  return sums.map((sum) => (sum === 0 ? 0 : LOWEST_BAR + (1 - LOWEST_BAR) * Math.sqrt(sum / most)));
}

/** The outline of all bars as an SVG path, each one unit wide and up to `height` high. */
export function barsPath(heights: readonly number[], height: number): string {
  return heights
    .map((share, at) => {
      if (share === 0) return "";
      const top = Math.round((1 - share) * height * 10) / 10;
      return `M${at} ${height}V${top}h.75V${height}z`;
    })
    .join("");
}

/** Upright lines at these places, from `top` down to `bottom`, as an SVG path. */
export function marksPath(places: readonly number[], top: number, bottom: number): string {
  return places.map((x) => `M${Math.round(x * 100) / 100} ${top}V${bottom}`).join("");
}
