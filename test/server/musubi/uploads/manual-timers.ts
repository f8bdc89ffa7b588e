import type { Timers } from "../../../../src/server/timers";

/** Time that stands still until a test lets it pass. */
export type ManualTimers = Timers & {
  readonly pass: (ms: number) => void;
  /** How many wait. */
  readonly waiting: () => number;
};

export function createManualTimers(): ManualTimers {
  const due = new Map<() => void, number>();
  let now = 0;
  return {
    now: () => now,
    after: (ms, run) => {
      // A function of its own, so that one that waits twice is two.
      const timer = () => run();
      due.set(timer, now + ms);
      return () => due.delete(timer);
    },
    pass: (ms) => {
      now += ms;
      for (const [timer, at] of [...due].sort(([, a], [, b]) => a - b)) {
        if (at <= now && due.delete(timer)) timer();
      }
    },
    waiting: () => due.size,
  };
}
