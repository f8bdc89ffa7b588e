import { inspect } from "node:util";

const MAX_CHARS = 300;

/** A value of any type, in a sentence: short, and on one line. */
export function showValue(value: unknown): string {
  const shown = inspect(value, { depth: 1, maxStringLength: MAX_CHARS }).replace(/\s+/g, " ");
  return shown.length <= MAX_CHARS ? shown : `${shown.slice(0, MAX_CHARS)} ...`;
}
