import { callSafely } from "../../call-safely";
import type { StopReason } from "../channel-handle";

/** That a channel has ended, once, and who wants to be told. */
export type Exit = {
  /** Null while the channel runs. */
  readonly reason: () => StopReason | null;
  /** The channel has ended; true the first time, which alone counts. */
  readonly begin: (reason: StopReason) => boolean;
  /** Tells the listeners: the channel has cleaned up. */
  readonly tell: () => void;
  /** Is told when the channel has ended, at once if it has. Returns the undo. */
  readonly listen: (listener: (reason: StopReason) => void) => () => void;
};

/** @param failed gets what a listener throws, which keeps it from nobody else */
export function createExit(failed: (error: unknown) => void): Exit {
  const listeners = new Set<(reason: StopReason) => void>();
  let happened: StopReason | null = null;
  let isTold = false;

  return {
    reason: () => happened,
    begin: (reason) => {
      const isFirst = happened === null;
      happened ??= reason;
      return isFirst;
    },
    tell: () => {
      if (happened === null || isTold) return;
      isTold = true;
      const reason = happened;
      for (const listener of listeners) callSafely(() => listener(reason), failed);
      listeners.clear();
    },
    listen: (listener) => {
      const reason = happened;
      if (reason !== null && isTold) {
        callSafely(() => listener(reason), failed);
        return () => {};
      }
      // One function may listen twice; each time has its own undo.
      const entry = (told: StopReason) => listener(told);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}
