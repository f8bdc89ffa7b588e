import type { JournalStore, StoreWrite } from "./journal-store";

/** Writes to the store what there is to be written: soon, one write at a time, and again where it could not be. */
export type Keeper = {
  /** There is something to be written. @param pending about how many characters of events */
  readonly touch: (pending: number) => void;
  /** Writes all there is now. Resolves when that is done, or has failed once. */
  readonly flush: () => Promise<void>;
  /** What is in the store is of no use: it is let go before the next write. */
  readonly startOver: () => void;
  /** A sentence for a person while the last write has failed; null else. */
  readonly trouble: () => string | null;
  /** Nothing is written any more. Resolves when nothing is under way. */
  readonly stop: () => Promise<void>;
};

/** What a write consists of, and what is to be done once it is stored. */
export type Draft = { readonly write: StoreWrite; readonly stored: () => void };

/** Events wait this long for others to be written with them, or until there are so many characters of them. */
export const WRITE_MS = 200;
export const MAX_WAITING_CHARS = 256 * 1024;

/** The first pause after a write that failed; each one more doubles it, up to the longest. */
export const FIRST_RETRY_MS = 1_000;
export const LONGEST_RETRY_MS = 60_000;

/**
 * @param draft gives all that is not stored yet
 * @param schedule calls its argument once, after about this many milliseconds
 * @param changed is called when `trouble` has something else to say
 */
export function createKeeper(
  store: JournalStore,
  draft: () => Draft,
  schedule: (run: () => void, ms: number) => void,
  changed: () => void,
): Keeper {
  let isDirty = false;
  let isScheduled = false;
  let isStopped = false;
  let mustClear = false;
  let underWay: Promise<void> | null = null;
  let failures = 0;
  let trouble: string | null = null;

  function setTrouble(next: string | null): void {
    if (next === trouble) return;
    trouble = next;
    changed();
  }

  async function write(): Promise<void> {
    isDirty = false;
    try {
      const { write, stored } = draft();
      if (mustClear) await store.clear();
      mustClear = false;
      await store.write(write);
      failures = 0;
      stored();
      setTrouble(null);
    } catch (error) {
      failures++;
      isDirty = true;
      setTrouble(describe(error));
    }
    underWay = null;
    if (isDirty) plan(0);
  }

  function start(): void {
    if (!isDirty || isStopped || underWay !== null) return;
    underWay = write();
  }

  function plan(pending: number): void {
    if (isStopped || underWay !== null) return;
    if (failures === 0 && pending >= MAX_WAITING_CHARS) start();
    else if (!isScheduled) {
      isScheduled = true;
      const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
      schedule(
        () => {
          isScheduled = false;
          start();
        },
        failures === 0 ? WRITE_MS : pause,
      );
    }
  }

  return {
    touch(pending) {
      isDirty = true;
      plan(pending);
    },
    async flush() {
      await underWay;
      start();
      await underWay;
    },
    startOver() {
      mustClear = true;
    },
    trouble: () => trouble,
    async stop() {
      isStopped = true;
      await underWay;
    },
  };
}

function describe(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `The session cannot be kept on disk at the moment, and is held in memory only: ${why}`;
}
