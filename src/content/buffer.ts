import { accountedBytes, memoryOf, type PageEvent } from "../bridge/page-event";

/** What a document keeps of its recent past at the most (design.md, Memory and time). */
export const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** A run of numbered events. */
export type Run = { readonly first: number; readonly events: readonly PageEvent[] };

/**
 * The recent events of one document, numbered from 1. When they outgrow `maxBytes` the oldest go, and whoever asks
 * for them is told how many they were.
 */
export type Buffer = {
  readonly add: (event: PageEvent) => void;
  /** The number of the newest event; 0 before the first. */
  readonly last: () => number;
  /**
   * Up to about `maxBytes` of the events after number `after`, of which the asker holds `held` frame bytes. Where the
   * next ones are gone, the run is one `gap` that stands for them, numbered as the last of them.
   */
  readonly after: (after: number, held: number, maxBytes: number) => Run;
};

export function createBuffer(maxBytes: number): Buffer {
  let kept: PageEvent[] = [];
  // Where the oldest kept event stands in `kept`: shifting a long array once an event would cost its length.
  let start = 0;
  let last = 0;
  let cost = 0;
  let goneBytes = 0;
  let goneAt = 0;

  const oldest = (): number => last - (kept.length - start) + 1;

  function evict(): void {
    while (cost > maxBytes && start < kept.length - 1) {
      const event = kept[start];
      if (event === undefined) throw new Error("the buffer lost count of its events");
      cost -= memoryOf(event);
      goneBytes += accountedBytes(event);
      goneAt = event.at;
      start++;
    }
    if (start > 1024 && start * 2 > kept.length) {
      kept = kept.slice(start);
      start = 0;
    }
  }

  return {
    add(event) {
      kept.push(event);
      last++;
      cost += memoryOf(event);
      evict();
    },
    last: () => last,
    after(after, held, maxRunBytes) {
      const first = after + 1;
      if (first < oldest()) {
        const events = oldest() - first;
        const bytes = Math.max(0, goneBytes - held);
        return {
          first: oldest() - 1,
          events: [{ type: "gap", at: goneAt, events, bytes, why: WHY_GONE }],
        };
      }
      const run: PageEvent[] = [];
      let bytes = 0;
      for (let index = start + first - oldest(); index < kept.length && bytes < maxRunBytes; index++) {
        const event = kept[index];
        if (event === undefined) break;
        run.push(event);
        bytes += memoryOf(event);
      }
      return { first, events: run };
    },
  };
}

const WHY_GONE = "More happened on the page before DevTools looked than could be kept of it.";
