import { batch } from "@preact/signals";
import type { View } from "../../bridge/view";
import type { Schedule } from "./schedule";

/** Keeps the newest view of each query until the next frame: what came in between was never seen. */
export type Mailbox = {
  readonly put: (id: number, view: View) => void;
  readonly drop: (id: number) => void;
};

export function createMailbox(
  schedule: Schedule,
  deliver: (id: number, view: View) => void,
  lifetime: AbortSignal,
): Mailbox {
  const waiting = new Map<number, View>();
  let cancel: (() => void) | null = null;

  function flush(): void {
    cancel = null;
    const views = [...waiting];
    waiting.clear();
    batch(() => {
      for (const [id, view] of views) deliver(id, view);
    });
  }

  lifetime.addEventListener("abort", () => cancel?.(), { once: true });

  return {
    put(id, view) {
      waiting.set(id, view);
      cancel ??= schedule(flush);
    },
    drop: (id) => waiting.delete(id),
  };
}
