import type { NumberedEvents } from "../bridge/page-message";
import type { Buffer } from "./buffer";

/** After a fold that came to nothing the next one waits this long; a fold that is not answered by then has. */
export const RETRY_MS = 30_000;

/** Has the oldest part of a buffer folded elsewhere, when the page's thread is idle and room is wanted. */
export type Folding = {
  /** To be called when something was added. */
  readonly check: () => void;
  readonly stop: () => void;
};

type Environment = {
  readonly buffer: Buffer;
  /** Folds the events; whatever it is answered with is checked. It may reject. */
  readonly fold: (part: NumberedEvents) => Promise<unknown>;
  readonly whenIdle: (run: () => void) => void;
  /** Calls `run` once after `ms` milliseconds, unless the returned function is called before. */
  readonly delay: (run: () => void, ms: number) => () => void;
};

export function createFolding({ buffer, fold, whenIdle, delay }: Environment): Folding {
  // Waiting covers everything from the wish for idle time to the end of the pause after a failure.
  let isWaiting = false;
  let stopped = false;
  let cancelPause = (): void => {};

  function check(): void {
    if (isWaiting || stopped || !buffer.isCrowded()) return;
    isWaiting = true;
    whenIdle(start);
  }

  function start(): void {
    const part = stopped ? null : buffer.startFolding();
    if (part === null) {
      isWaiting = false;
      return;
    }
    // What is answered when the pause is over comes too late: the part is not being folded any more.
    const end = (answer: unknown): void => {
      if (!stopped && buffer.finishFolding(part, answer)) again();
    };
    cancelPause = delay(() => {
      end(null);
      again();
    }, RETRY_MS);
    const { seqs, events } = part;
    fold({ seqs, events }).then(end, () => end(null));
  }

  function again(): void {
    cancelPause();
    isWaiting = false;
    check();
  }

  return {
    check,
    stop() {
      stopped = true;
      cancelPause();
    },
  };
}
