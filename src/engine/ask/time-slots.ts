/**
 * What came when, counted by name in slots of time that are all of one width: a power of two, in milliseconds. Where
 * there are too many slots the width doubles, so that a session of any length takes the same little memory.
 */
export type TimeSlots<Name extends string> = {
  /** @param t milliseconds of the session; what came before it began counts as its beginning */
  readonly add: (name: Name, t: number) => void;
  readonly width: () => number;
  /** The names of which there is something, in the order in which they came. */
  readonly names: () => readonly Name[];
  /** `buckets` counts of a name, of `step` slots each, from slot `first` on. */
  readonly sum: (name: Name, first: number, step: number, buckets: number) => readonly number[];
};

/** Two bytes' worth: an hour is told apart by 64 ms, and each name takes 256 KiB. */
export const MAX_SLOTS = 65_536;

/** The first slots of a name: most sessions are short. */
const FIRST_SLOTS = 1_024;

/** Slots in which nothing has been counted, at first of one millisecond. @param maxSlots an even number */
export function createTimeSlots<Name extends string>(maxSlots: number = MAX_SLOTS): TimeSlots<Name> {
  const counts = new Map<Name, Uint32Array>();
  let width = 1;

  function widen(): void {
    width *= 2;
    for (const slots of counts.values()) {
      for (let at = 0; at < slots.length; at++) {
        const from = at * 2;
        slots[at] = (slots[from] ?? 0) + (slots[from + 1] ?? 0);
      }
    }
  }

  function roomFor(name: Name, slot: number): Uint32Array {
    const known = counts.get(name);
    if (known !== undefined && slot < known.length) return known;
    let length = known?.length ?? Math.min(FIRST_SLOTS, maxSlots);
    while (length <= slot) length = Math.min(length * 2, maxSlots);
    const slots = new Uint32Array(length);
    if (known !== undefined) slots.set(known);
    counts.set(name, slots);
    return slots;
  }

  return {
    add(name, t) {
      const at = Math.max(t, 0);
      while (at / width >= maxSlots) widen();
      const slot = Math.floor(at / width);
      const slots = roomFor(name, slot);
      slots[slot] = (slots[slot] ?? 0) + 1;
    },
    width: () => width,
    names: () => [...counts.keys()],
    sum(name, first, step, buckets) {
      const slots = counts.get(name);
      const sums = new Array<number>(buckets).fill(0);
      const end = Math.min(first + step * buckets, slots?.length ?? 0);
      for (let slot = first; slot < end; slot++) {
        const bucket = Math.floor((slot - first) / step);
        sums[bucket] = (sums[bucket] ?? 0) + (slots?.[slot] ?? 0);
      }
      return sums;
    },
  };
}
