import type { PageEvent } from "../bridge/page-event";
import { frameSize } from "../bridge/page-event";

/** A batch leaves after this long, or as soon as it holds this much (design.md, Contexts that need care). */
export const BATCH_MS = 16;
export const MAX_BATCH_BYTES = 256 * 1024;

/** What the tap has seen and the port has not taken yet, in order. */
export type Outbox = {
  readonly add: (event: PageEvent) => void;
  /**
   * Keeps a place in the order for an event whose bytes are still being read (a `Blob`): later events wait for it.
   */
  readonly addLater: (event: Promise<PageEvent>) => void;
};

type Slot = { event: PageEvent | null };

/**
 * @param post takes one batch; `first` numbers its first event, from 1
 * @param schedule calls its argument once after `BATCH_MS`
 */
export function createOutbox(
  post: (first: number, events: readonly PageEvent[]) => void,
  schedule: (run: () => void) => void,
): Outbox {
  let slots: Slot[] = [];
  let bytes = 0;
  let posted = 0;
  let scheduled = false;

  function flush(): void {
    const pending = slots.findIndex((slot) => slot.event === null);
    const ready = pending < 0 ? slots : slots.slice(0, pending);
    if (ready.length === 0) return;
    slots = pending < 0 ? [] : slots.slice(pending);
    bytes = 0;
    const events = ready.flatMap((slot) => slot.event ?? []);
    const first = posted + 1;
    posted += events.length;
    post(first, events);
  }

  function fill(slot: Slot, event: PageEvent): void {
    slot.event = event;
    bytes += frameSize(event);
    if (bytes >= MAX_BATCH_BYTES) flush();
    else if (!scheduled) {
      scheduled = true;
      schedule(() => {
        scheduled = false;
        flush();
      });
    }
  }

  function place(): Slot {
    const slot: Slot = { event: null };
    slots.push(slot);
    return slot;
  }

  return {
    add: (event) => fill(place(), event),
    addLater(event) {
      const slot = place();
      void event.then((ready) => fill(slot, ready));
    },
  };
}
