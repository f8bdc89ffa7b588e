import { memoryOf, type PageEvent } from "../bridge/page-event";

/** The newest events of a document as they came, numbered without a hole; events are taken away in front only. */
export type RecentEvents = {
  readonly add: (event: PageEvent) => void;
  /** The number of the oldest; one more than `last` where there is none. */
  readonly oldest: () => number;
  readonly last: () => number;
  /** What all of them take of memory, in bytes. */
  readonly cost: () => number;
  /** Takes away the oldest. */
  readonly shift: () => PageEvent;
  /** The events from number `seq` on, up to about `maxBytes` of memory, but one at least. */
  readonly from: (seq: number, maxBytes: number) => readonly PageEvent[];
};

/** Gone places in front are cleared away when they are this many, and half of all. */
const MIN_CLEARED = 1024;

export function createRecentEvents(): RecentEvents {
  let kept: (PageEvent | null)[] = [];
  // Where the oldest stands in `kept`: shifting a long array once an event would cost its length.
  let start = 0;
  let last = 0;
  let cost = 0;

  const oldest = (): number => last - (kept.length - start) + 1;

  function at(index: number): PageEvent {
    const event = kept[index];
    if (event === undefined || event === null) throw new Error("the buffer lost count of its events");
    return event;
  }

  return {
    add(event) {
      kept.push(event);
      last++;
      cost += memoryOf(event);
    },
    oldest,
    last: () => last,
    cost: () => cost,
    shift() {
      const event = at(start);
      cost -= memoryOf(event);
      // What is gone must not be held by its place.
      kept[start++] = null;
      if (start >= MIN_CLEARED && start * 2 > kept.length) {
        kept = kept.slice(start);
        start = 0;
      }
      return event;
    },
    from(seq, maxBytes) {
      const run: PageEvent[] = [];
      let bytes = 0;
      for (let index = start + seq - oldest(); index < kept.length; index++) {
        const event = at(index);
        bytes += memoryOf(event);
        if (run.length > 0 && bytes > maxBytes) break;
        run.push(event);
      }
      return run;
    },
  };
}
