import { type Chunk, eventAt, eventsOf } from "../bridge/chunk";
import { memoryOf, type PageEvent } from "../bridge/page-event";

/**
 * What stays of the events that had to go: the life of the page and its sockets, and how channels were joined and left.
 * Without it nothing that comes after could be told whose it is.
 */
export type Landmarks = {
  /** Keeps those that are among the events from number `first` on; to be called in order. */
  readonly note: (first: number, chunk: Chunk) => void;
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

  /** Half of the room is free then, so that not every further one moves all others. */
  function dropOldest(): void {
    const left = kept.findIndex(({ event }) => {
      cost -= memoryOf(event);
      return cost <= maxBytes / 2;
    });
    kept = kept.slice(left + 1);
  }

  return {
    note(first, chunk) {
      for (const [offset, event] of eventsOf(chunk).entries()) {
        if (!isLandmark(event)) continue;
        const own = eventAt(chunk, offset);
        kept.push({ seq: first + offset, event: own });
        cost += memoryOf(own);
        if (cost > maxBytes) dropOldest();
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
