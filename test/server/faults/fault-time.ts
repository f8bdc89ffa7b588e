import type { Timers } from "../../../src/server/timers";

/** Time that stands still until a test lets it pass; what is due then runs at its own moment, the earliest first. */
export type FaultTime = { readonly timers: Timers; readonly pass: (ms: number) => void };

export function createFaultTime(): FaultTime {
  let now = 0;
  let timers: readonly { readonly at: number; readonly run: () => void }[] = [];

  function earliest(until: number) {
    return timers.reduce<(typeof timers)[number] | null>(
      (first, timer) => (timer.at <= until && (first === null || timer.at < first.at) ? timer : first),
      null,
    );
  }

  return {
    timers: {
      now: () => now,
      after: (ms, run) => {
        const timer = { at: now + ms, run };
        timers = [...timers, timer];
        return () => {
          timers = timers.filter((candidate) => candidate !== timer);
        };
      },
    },
    pass: (ms) => {
      const until = now + ms;
      for (let timer = earliest(until); timer !== null; timer = earliest(until)) {
        const due = timer;
        timers = timers.filter((candidate) => candidate !== due);
        now = Math.max(now, due.at);
        due.run();
      }
      now = until;
    },
  };
}
