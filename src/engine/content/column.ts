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
export const BLOCK = 1024;
export const SLOT_BITS = BLOCK - 1;
export const BLOCK_SHIFT = 10;
/** The first block begins with so many slots and doubles: most lists stay short. */
export const FIRST_SLOTS = 16;

/** A column of anything. Numbers have one of their own (number-column.ts), because mixed arrays are slow. */
export function createColumn<Value>(): Column<Value> {
  let blocks: (Value | undefined)[][] = [];
  let newest: (Value | undefined)[] = [];
  /** How many slots `newest` has. */
  let room = 0;
  /** Places in the first block that are forgotten. */
  let start = 0;
  /** One behind the last place, with those. */
  let end = 0;

  function makeRoom(slot: number): void {
    const isNew = slot === 0;
    room = end >= BLOCK ? BLOCK : isNew ? FIRST_SLOTS : room * 2;
    // Filled, so that all blocks are of one kind to the compiler, whatever comes into them.
    const grown = new Array<Value | undefined>(room).fill(undefined);
    for (let at = 0; at < slot; at++) grown[at] = newest[at];
    newest = grown;
    blocks[end >> BLOCK_SHIFT] = grown;
  }

  return {
    push(value) {
      const slot = end & SLOT_BITS;
      if (slot === 0 || slot === room) makeRoom(slot);
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
      newest = blocks[end >> BLOCK_SHIFT] ?? newest;
      room = newest.length;
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
