/** Milliseconds with the three decimals that a session keeps. */
const DECIMALS = 1000;

/** A difference of two times of a session, without what floating point adds to it. */
export function toMilliseconds(difference: number): number {
  return Math.round(difference * DECIMALS) / DECIMALS;
}
