import { bare } from "../bridge/bare";
import type { TapEvent, TapMessage } from "../bridge/tap-message";
import { bufferLength, uncurry } from "./native";

// Taken now: a page may replace them later. They ask a list what to make their own list of: one that is bare has no say.
const concat = uncurry<TapEvent[], [readonly TapEvent[]], TapEvent[]>(Array.prototype.concat);
const slice = uncurry<TapEvent[], [number], TapEvent[]>(Array.prototype.slice);

/**
 * A batch leaves when it has waited, or as soon as it holds this much. What waits longer outlives the collector's
 * youngest generation, which costs a page more than the further batches do.
 */
export const MAX_BATCH_BYTES = 32 * 1024;

/**
 * The most that is kept of what was posted. When so much was posted since anything was taken, nobody is there to take
 * it.
 */
export const MAX_HELD_BYTES = 32 * 1024 * 1024;

/** What an event costs beside what it carries. */
const EVENT_OVERHEAD_BYTES = 128;

/** A place in the order for an event that is still being read. Later events wait for it. */
export type Place = {
  /**
   * Puts the event into its place. If the stand-in has taken that meanwhile, it stands; if there was none, the event
   * comes behind the others.
   */
  readonly fill: (event: TapEvent) => void;
  /** Later events wait no longer: the stand-in takes the place. */
  readonly giveUp: () => void;
};

/** What the tap has seen and the port has not taken yet, in order, numbered from 1. */
export type Outbox = {
  readonly add: (event: TapEvent) => void;
  /** @param standIn takes the place of an event that has not been read when the page goes; null: nothing does */
  readonly place: (standIn: TapEvent | null) => Place;
  /** Everything up to this number has arrived. */
  readonly taken: (upTo: number) => void;
  /** Posts what is ready, without waiting for the batch to fill. */
  readonly send: () => void;
  /**
   * All that is not known to have arrived, to be handed over synchronously; null where there is nothing. Some of it may
   * be on its way already, under the same numbers.
   */
  readonly flush: () => TapMessage | null;
  /** Lets go of everything. */
  readonly clear: () => void;
};

/** A place in the order. While it is waiting for its event it has the stand-in, if there is one. */
type Slot = { event: TapEvent | null; isWaiting: boolean };

/**
 * Calls no function of the page's realm, which the page may have replaced, and its lists inherit no items from there.
 *
 * @param post takes one batch
 * @param schedule calls its argument once, when the events have waited for others
 */
export function createOutbox(
  post: (message: TapMessage) => void,
  schedule: (run: () => void) => void,
): Outbox {
  // What was posted and not taken; the first of it has the number `first`.
  let held: TapEvent[] = bare([]);
  let first = 1;
  let heldBytes = 0;
  let queue: Slot[] = bare([]);
  let queuedBytes = 0;
  let isScheduled = false;

  function add(event: TapEvent): void {
    queue[queue.length] = { event, isWaiting: false };
    queuedBytes += sizeOf(event);
    if (queuedBytes >= MAX_BATCH_BYTES) send();
    else wake();
  }

  function wake(): void {
    if (isScheduled) return;
    isScheduled = true;
    schedule(() => {
      isScheduled = false;
      send();
    });
  }

  function send(): void {
    const events = hold(false);
    if (events.length > 0) post({ kind: "events", first: first + held.length - events.length, events });
  }

  /** Moves what is ready from the queue to what is held, and returns it. At the end of the page nothing waits longer. */
  function hold(isEnd: boolean): readonly TapEvent[] {
    const batch: TapEvent[] = bare([]);
    const rest: Slot[] = bare([]);
    for (let at = 0, slot = queue[at]; slot !== undefined; slot = queue[++at]) {
      if (isEnd) slot.isWaiting = false;
      if (rest.length > 0 || slot.isWaiting) rest[rest.length] = slot;
      else if (slot.event !== null) batch[batch.length] = slot.event;
    }
    queue = rest;
    heldBytes += queuedBytes + batch.length * EVENT_OVERHEAD_BYTES;
    queuedBytes = 0;
    if (heldBytes > MAX_HELD_BYTES) letGo(held.length);
    held = bare(concat(held, batch));
    return batch;
  }

  function letGo(count: number): void {
    const before = held.length;
    held = bare(slice(held, count));
    first += before - held.length;
    heldBytes = 0;
  }

  function place(standIn: TapEvent | null): Place {
    const slot: Slot = { event: standIn, isWaiting: true };
    queue[queue.length] = slot;
    return {
      fill(event) {
        if (slot.isWaiting) {
          slot.event = event;
          queuedBytes += sizeOf(event);
          giveUp();
        } else if (slot.event === null) add(event);
      },
      giveUp,
    };

    function giveUp(): void {
      slot.isWaiting = false;
      wake();
    }
  }

  return {
    add,
    place,
    taken(upTo) {
      if (upTo >= first) letGo(upTo - first + 1);
    },
    send,
    flush() {
      hold(true);
      if (held.length === 0) return null;
      const message: TapMessage = { kind: "events", first, events: held };
      letGo(held.length);
      return message;
    },
    clear() {
      held = bare([]);
      queue = bare([]);
    },
  };
}

/** Bytes that the event carries, a character counting as one. */
function sizeOf(event: TapEvent): number {
  const carried = carriedBy(event);
  if (carried === null) return 0;
  return typeof carried === "string" ? carried.length : bufferLength(carried);
}

/** By its type: whether a field is there is asked of `Object.prototype` as well, to which the page may have added it. */
function carriedBy(event: TapEvent): string | ArrayBuffer | null {
  switch (event.type) {
    case "in":
    case "out":
      return event.data;
    case "poll":
      return event.body;
    case "polled":
      return event.text;
    default:
      return null;
  }
}
