import type { SessionEvent } from "../session/event";
import type { Recording } from "./recording";
import type { Scene } from "./scene";

/** An event that memory has let go: what had to be fetched once is held as long as it is looked at. */
export type Recalled = (scene: Pick<Scene, "recording" | "recall">) => SessionEvent | null;

/** @param seq the event of whichever session is looked at */
export function createRecalled(seq: number): Recalled {
  let found: { readonly recording: Recording; readonly event: SessionEvent } | null = null;
  return ({ recording, recall }) => {
    if (found?.recording === recording) return found.event;
    const event = recall(seq);
    if (event !== null) found = { recording, event };
    return event;
  };
}
