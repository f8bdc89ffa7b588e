import { type Chunk, countOf, memoryOfChunk, withoutFirst } from "../bridge/chunk";

/** The newest events of a document as they came, numbered without a hole; they are taken away in front only. */
export type RecentEvents = {
  readonly add: (chunk: Chunk) => void;
  /** The number of the oldest; one more than `last` where there is none. */
  readonly oldest: () => number;
  readonly last: () => number;
  /** The number of the last event that goes with the oldest one. */
  readonly oldestUpTo: () => number;
  /** What all of them take of memory, in bytes. */
  readonly cost: () => number;
  /** Takes away the oldest chunk. */
  readonly shift: () => Chunk;
  /** The events from number `seq` on, up to about `maxBytes` of memory, but one chunk at least. */
  readonly from: (seq: number, maxBytes: number) => readonly Chunk[];
};

type Place = { readonly first: number; readonly chunk: Chunk };

/** Gone places in front are cleared away when they are this many, and half of all. */
const MIN_CLEARED = 1024;

export function createRecentEvents(): RecentEvents {
  let kept: (Place | null)[] = [];
  // Where the oldest stands in `kept`: shifting a long array once an event would cost its length.
  let start = 0;
  let last = 0;
  let cost = 0;

  const oldest = (): number => kept[start]?.first ?? last + 1;

  function at(index: number): Place {
    const place = kept[index];
    if (place === undefined || place === null) throw new Error("the buffer lost count of its events");
    return place;
  }

  /** Where the chunk stands that has the event `seq`. */
  function indexOf(seq: number): number {
    let [low, high] = [start, kept.length];
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (at(middle).first <= seq) low = middle;
      else high = middle;
    }
    return low;
  }

  return {
    add(chunk) {
      kept.push({ first: last + 1, chunk });
      last += countOf(chunk);
      cost += memoryOfChunk(chunk);
    },
    oldest,
    last: () => last,
    oldestUpTo: () => (kept[start + 1]?.first ?? last + 1) - 1,
    cost: () => cost,
    shift() {
      const { chunk } = at(start);
      cost -= memoryOfChunk(chunk);
      // What is gone must not be held by its place.
      kept[start++] = null;
      if (start >= MIN_CLEARED && start * 2 > kept.length) {
        kept = kept.slice(start);
        start = 0;
      }
      return chunk;
    },
    from(seq, maxBytes) {
      const run: Chunk[] = [];
      let bytes = 0;
      for (let index = indexOf(seq); index < kept.length; index++) {
        const { first, chunk } = at(index);
        bytes += memoryOfChunk(chunk);
        if (run.length > 0 && bytes > maxBytes) break;
        run.push(withoutFirst(chunk, Math.max(0, seq - first)));
      }
      return run;
    },
  };
}
