import { bare } from "../bridge/bare";
import type { TapEvent, TapMessage } from "../bridge/tap-message";
import { addEvent, addText, type Batch, createBatch, MAX_BATCH_BYTES } from "./batch";

/**
 * The most that is kept of what was posted. When so much was posted since anything was taken, nobody is there to take
 * it.
 */
export const MAX_HELD_BYTES = 32 * 1024 * 1024;

/** A longer text goes by itself: to put it behind others costs more than an object of its own. */
const MAX_JOINED_CHARS = 4 * 1024;

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
  /** Adds a text frame. */
  readonly addText: (at: number, socket: number, sent: boolean, text: string) => void;
  /** @param standIn takes the place of an event that has not been read when the page goes; null: nothing does */
  readonly place: (standIn: TapEvent | null) => Place;
  /** Everything up to this number has arrived. What was posted together goes together. */
  readonly taken: (upTo: number) => void;
  /** Posts what is ready, without waiting for the batch to fill. */
  readonly send: () => void;
  /**
   * All that is not known to have arrived, to be handed over synchronously. Some of it may be on its way already, under
   * the same numbers.
   */
  readonly flush: () => readonly TapMessage[];
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
  // What was posted and not taken, batch by batch.
  let held: Batch[] = bare([]);
  let heldBytes = 0;
  let batch = createBatch(1);
  // From the first event that is still being read on.
  let queue: Slot[] = bare([]);
  let isScheduled = false;

  function add(event: TapEvent): void {
    if (queue.length > 0) queue[queue.length] = { event, isWaiting: false };
    else addEvent(batch, event);
    added();
  }

  function added(): void {
    if (batch.bytes >= MAX_BATCH_BYTES) send();
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
    const ready = hold(false);
    if (ready !== null) post(ready);
  }

  /** Moves what is ready to what is held, and returns it; null: nothing is. At the end of the page nothing waits longer. */
  function hold(isEnd: boolean): Batch | null {
    const rest: Slot[] = bare([]);
    for (let at = 0, slot = queue[at]; slot !== undefined; slot = queue[++at]) {
      if (isEnd) slot.isWaiting = false;
      if (rest.length > 0 || slot.isWaiting) rest[rest.length] = slot;
      else if (slot.event !== null) addEvent(batch, slot.event);
    }
    queue = rest;
    if (batch.count === 0) return null;
    const ready = batch;
    ready.run = null;
    batch = createBatch(ready.first + ready.count);
    if (heldBytes + ready.bytes > MAX_HELD_BYTES) letGo(ready.first - 1);
    heldBytes += ready.bytes;
    held[held.length] = ready;
    return ready;
  }

  function letGo(upTo: number): void {
    const rest: Batch[] = bare([]);
    heldBytes = 0;
    for (let at = 0, one = held[at]; one !== undefined; one = held[++at]) {
      if (one.first + one.count - 1 <= upTo) continue;
      rest[rest.length] = one;
      heldBytes += one.bytes;
    }
    held = rest;
  }

  function place(standIn: TapEvent | null): Place {
    const slot: Slot = { event: standIn, isWaiting: true };
    queue[queue.length] = slot;
    return {
      fill(event) {
        if (slot.isWaiting) {
          slot.event = event;
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
    addText(at, socket, sent, text) {
      if (queue.length > 0 || text.length > MAX_JOINED_CHARS) {
        add({ type: sent ? "out" : "in", at, socket, data: text });
      } else {
        addText(batch, at, socket, sent, text);
        added();
      }
    },
    place,
    taken: letGo,
    send,
    flush() {
      hold(true);
      const all = held;
      letGo(batch.first - 1);
      return all;
    },
    clear() {
      held = bare([]);
      queue = bare([]);
      batch = createBatch(batch.first);
    },
  };
}
