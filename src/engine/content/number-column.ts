import { BLOCK, BLOCK_SHIFT, type Column, FIRST_SLOTS, SLOT_BITS } from "./column";

/** A column of numbers. They stand outside of the memory that is collected: nothing has to look through them. */
export function createNumberColumn(): Column<number> {
  let blocks: Float64Array[] = [];
  let newest: Float64Array = new Float64Array(0);
  let start = 0;
  let end = 0;

  function makeRoom(slot: number): void {
    const room = end >= BLOCK ? BLOCK : slot === 0 ? FIRST_SLOTS : newest.length * 2;
    const grown = new Float64Array(room);
    if (slot > 0) grown.set(newest);
    newest = grown;
    blocks[end >> BLOCK_SHIFT] = grown;
  }

  return {
    push(value) {
      const slot = end & SLOT_BITS;
      if (slot === 0 || slot === newest.length) makeRoom(slot);
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
