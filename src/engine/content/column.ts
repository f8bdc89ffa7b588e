/**
 * A list that only grows at its end, in blocks that are made at once: with a plain array that is grown step by step,
 * growing costs ten times what writing does, and what is copied has to be collected.
 */
export type Column<Value> = {
  readonly push: (value: Value) => void;
  /** The value at this place, counted from 0; undefined outside of what is there. */
  readonly at: (place: number) => Value | undefined;
  readonly length: () => number;
  /** Forgets the newest, down to this many. */
  readonly cut: (length: number) => void;
  /** Forgets this many of the oldest, and counts the places anew. */
  readonly forget: (count: number) => void;
};

/** A power of two, so that a place is told apart into block and slot by its bits. */
const BLOCK = 1024;
const SLOT_BITS = BLOCK - 1;
const BLOCK_SHIFT = 10;

export function createColumn<Value>(): Column<Value> {
  let blocks: Value[][] = [];
  let newest: Value[] = [];
  /** Places in the first block that are forgotten. */
  let start = 0;
  /** One behind the last place, with those. */
  let end = 0;

  return {
    push(value) {
      const slot = end & SLOT_BITS;
      // Most lists stay short: only what outgrows its first block is given the next ones whole.
      if (slot === 0) newest = blocks[end >> BLOCK_SHIFT] = end < BLOCK ? [] : new Array<Value>(BLOCK);
      newest[slot] = value;
      end++;
    },
    at(place) {
      const at = start + place;
      return place < 0 || at >= end ? undefined : blocks[at >> BLOCK_SHIFT]?.[at & SLOT_BITS];
    },
    length: () => end - start,
    cut(length) {
      end = start + length;
      newest = blocks[end >> BLOCK_SHIFT] ?? [];
    },
    forget(count) {
      start += count;
      const whole = start >> BLOCK_SHIFT;
      if (whole === 0) return;
      blocks = blocks.slice(whole);
      start -= whole * BLOCK;
      end -= whole * BLOCK;
    },
  };
}
