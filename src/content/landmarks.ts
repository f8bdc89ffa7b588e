import { memoryOf, type PageEvent } from "../bridge/page-event";

/**
 * What stays of the events that had to go: the life of the page and its sockets, and how channels were joined and left.
 * Without it nothing that comes after could be told whose it is.
 */
export type Landmarks = {
  /** Keeps the event if it is one; to be called in order. */
  readonly note: (seq: number, event: PageEvent) => void;
  /** Those behind number `seq`. */
  readonly after: (seq: number) => {
    readonly seqs: readonly number[];
    readonly events: readonly PageEvent[];
  };
  /** What all of them take of memory, in bytes. */
  readonly cost: () => number;
  readonly clear: () => void;
};

/** A longer frame is kept for no more than it is: an answer to a join may be all that a server has. */
const MAX_LANDMARK_CHARS = 16 * 1024;

/** In V2 a join, its answer, and the end of a channel have their ref for join_ref, and nothing else has (wire.md 1.2). */
const OWN_REF = /^\["([^"\\]+)","\1",/;
const V1_JOIN = /^\{.*"phx_join"/;

/** @param maxBytes beyond it the oldest go after all */
export function createLandmarks(maxBytes: number): Landmarks {
  let kept: { readonly seq: number; readonly event: PageEvent }[] = [];
  let cost = 0;

  return {
    note(seq, event) {
      if (!isLandmark(event)) return;
      kept.push({ seq, event });
      cost += memoryOf(event);
      for (let oldest = kept[0]; cost > maxBytes && oldest !== undefined; oldest = kept[0]) {
        cost -= memoryOf(oldest.event);
        kept.shift();
      }
    },
    after(seq) {
      const behind = kept.filter((one) => one.seq > seq);
      return { seqs: behind.map((one) => one.seq), events: behind.map(({ event }) => event) };
    },
    cost: () => cost,
    clear() {
      kept = [];
      cost = 0;
    },
  };
}

function isLandmark(event: PageEvent): boolean {
  switch (event.type) {
    case "page":
    case "socket":
    case "open":
    case "error":
    case "close":
      return true;
    case "in":
    case "out": {
      const { data } = event;
      if (typeof data !== "string" || data.length > MAX_LANDMARK_CHARS) return false;
      return OWN_REF.test(data) || V1_JOIN.test(data);
    }
    case "gap":
    case "base":
    case "broken":
      return false;
  }
}
