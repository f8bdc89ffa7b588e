/** A source of numbers from 0 up to, but without, 1. */
export type Random = () => number;

const STEP = 0x6d2b79f5;
const RANGE = 2 ** 32;

/** A source that gives the same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + STEP) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / RANGE;
  };
}

/** A whole number from 0 up to, but without, `limit`. */
export function pickBelow(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** The items in another order than theirs, where there are two. */
export function reorderItems<Item>(items: readonly Item[], random: Random): readonly Item[] {
  const rest = [...items];
  const reordered: Item[] = [];
  while (rest.length > 0) reordered.push(...rest.splice(pickBelow(random, rest.length), 1));
  const isSame = reordered.every((item, at) => item === items[at]);
  return isSame ? [...items.slice(1), ...items.slice(0, 1)] : reordered;
}
