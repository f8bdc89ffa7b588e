import type { TapEvent, TapMessage } from "../bridge/tap-message";
import { bufferLength } from "./native";

/** A batch leaves when it has waited, or as soon as it holds this much (design.md, Contexts that need care). */
export const MAX_BATCH_BYTES = 256 * 1024;

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
   * Puts the event into its place. If the place was given up meanwhile, the event comes behind the others; if its
   * stand-in was handed over, that stands.
   */
  readonly fill: (event: TapEvent) => void;
  /** Gives the place up: later events wait no longer. */
  readonly release: () => void;
};

/** What the tap has seen and the port has not taken yet, in order, numbered from 1. */
export type Outbox = {
  readonly add: (event: TapEvent) => void;
  /** @param standIn is handed over instead of the event if that has not been read when the page goes */
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

/** A place in the order. Without an event it is waiting for one, or was given up. */
type Slot = { event: TapEvent | null; readonly standIn: TapEvent | null; isWaiting: boolean };

/**
 * Calls no function of the page's realm, which the page may have replaced.
 *
 * @param post takes one batch
 * @param schedule calls its argument once, when the events have waited for others
 */
export function createOutbox(
  post: (message: TapMessage) => void,
  schedule: (run: () => void) => void,
): Outbox {
  // What was posted and not taken; the first of it has the number `first`.
  let held: TapEvent[] = [];
  let first = 1;
  let heldBytes = 0;
  let queue: Slot[] = [];
  let queuedBytes = 0;
  let isScheduled = false;

  function add(event: TapEvent): void {
    queue[queue.length] = { event, standIn: null, isWaiting: false };
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
    const batch: TapEvent[] = [];
    const rest: Slot[] = [];
    for (let at = 0, slot = queue[at]; slot !== undefined; slot = queue[++at]) {
      if (isEnd && slot.isWaiting) settle(slot, slot.standIn);
      if (rest.length > 0 || slot.isWaiting) rest[rest.length] = slot;
      else if (slot.event !== null) batch[batch.length] = slot.event;
    }
    queue = rest;
    heldBytes += queuedBytes + batch.length * EVENT_OVERHEAD_BYTES;
    queuedBytes = 0;
    if (heldBytes > MAX_HELD_BYTES) letGo(held.length);
    append(held, batch, 0);
    return batch;
  }

  function letGo(count: number): void {
    const rest: TapEvent[] = [];
    append(rest, held, count);
    first += held.length - rest.length;
    held = rest;
    heldBytes = 0;
  }

  function place(standIn: TapEvent | null): Place {
    const slot: Slot = { event: null, standIn, isWaiting: true };
    queue[queue.length] = slot;
    return {
      fill(event) {
        if (!slot.isWaiting) return slot.event === null ? add(event) : undefined;
        settle(slot, event);
        queuedBytes += sizeOf(event);
        wake();
      },
      release() {
        if (slot.isWaiting) settle(slot, null);
        wake();
      },
    };
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
      held = [];
      queue = [];
    },
  };
}

function settle(slot: Slot, event: TapEvent | null): void {
  slot.event = event;
  slot.isWaiting = false;
}

/** Bytes that the event carries, a character counting as one. */
function sizeOf(event: TapEvent): number {
  const carried =
    "data" in event ? event.data : "body" in event ? event.body : "text" in event ? event.text : null;
  if (carried === null) return 0;
  return typeof carried === "string" ? carried.length : bufferLength(carried);
}

/** Puts everything from `start` on behind what is there already. */
function append<Item>(to: Item[], from: readonly Item[], start: number): void {
  let at = start;
  for (let item = from[at]; item !== undefined; item = from[++at]) to[to.length] = item;
}
