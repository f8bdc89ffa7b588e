/** A part of a session, in milliseconds of it. */
export type TimeRange = { readonly from: number; readonly to: number };

/** Nearer than this nothing more is to be seen. */
export const MIN_SPAN_MS = 10;

/** As much of `range` as is within `bounds`, moved there rather than cut where it can be; never less than the smallest. */
export function clampRange(range: TimeRange, bounds: TimeRange): TimeRange {
  const room = Math.max(bounds.to - bounds.from, MIN_SPAN_MS);
  const span = Math.min(Math.max(range.to - range.from, MIN_SPAN_MS), room);
  const from = Math.min(Math.max(range.from, bounds.from), bounds.from + room - span);
  return { from, to: from + span };
}

/**
 * Makes a range longer or shorter.
 * @param factor below 1 it shows less, and larger
 * @param at what stays where it is, as a share of the range from its beginning
 */
export function zoomRange(range: TimeRange, bounds: TimeRange, factor: number, at: number): TimeRange {
  const span = range.to - range.from;
  const longer = Math.max(span * factor, MIN_SPAN_MS);
  const from = range.from + (span - longer) * at;
  return clampRange({ from, to: from + longer }, bounds);
}

/** Moves a range by a share of its length. */
export function panRange(range: TimeRange, bounds: TimeRange, share: number): TimeRange {
  const by = (range.to - range.from) * share;
  return clampRange({ from: range.from + by, to: range.to + by }, bounds);
}

/** Which share of the range is over at `t`: from 0 to 1 inside of it. */
export function shareAt({ from, to }: TimeRange, t: number): number {
  return to > from ? (t - from) / (to - from) : 0;
}

export function timeAt({ from, to }: TimeRange, share: number): number {
  return from + (to - from) * share;
}

/** Whole seconds, tenths, minutes: lengths of time between two lines of an axis that a person can add up. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 6, 12, 24].map((hours) => hours * 3_600_000),
];

/** The times at which an axis of at most `most` lines has one. */
export function ticksOf({ from, to }: TimeRange, most: number): readonly number[] {
  const least = (to - from) / Math.max(most, 1);
  const step = STEPS_MS.find((ms) => ms >= least) ?? least;
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, nth) => (first + nth) * step);
}
