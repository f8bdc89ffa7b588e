import { batch } from "@preact/signals";
import type { View } from "../../bridge/view";
import type { Schedule } from "./schedule";

/** Keeps the newest view of each query until the next frame: what came in between was never seen. */
export type Mailbox = {
  readonly put: (id: number, view: View) => void;
  readonly drop: (id: number) => void;
  /** Keeps what there is and what comes until `flush`: views of one moment are seen together, or not yet. */
  readonly hold: () => void;
  /** Delivers everything at once, and lets `also` change what belongs to it before anybody reacts. */
  readonly flush: (also: () => void) => void;
};

export function createMailbox(
  schedule: Schedule,
  deliver: (id: number, view: View) => void,
  lifetime: AbortSignal,
): Mailbox {
  const waiting = new Map<number, View>();
  let cancel: (() => void) | null = null;
  let isHeld = false;

  function rest(): void {
    cancel?.();
    cancel = null;
  }

  function flush(also: () => void): void {
    rest();
    isHeld = false;
    const views = [...waiting];
    waiting.clear();
    batch(() => {
      for (const [id, view] of views) deliver(id, view);
      also();
    });
  }

  lifetime.addEventListener("abort", rest, { once: true });

  return {
    flush,
    put(id, view) {
      waiting.set(id, view);
      if (!isHeld) cancel ??= schedule(() => flush(() => {}));
    },
    drop: (id) => waiting.delete(id),
    hold() {
      isHeld = true;
      rest();
    },
  };
}
