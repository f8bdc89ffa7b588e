/** Time that stands still until a test lets it pass. */
export type Clock = {
  /** Runs at the next `frame`. */
  readonly schedule: (run: () => void) => () => void;
  /** Runs when `ms` milliseconds have passed. */
  readonly delay: (run: () => void, ms: number) => () => void;
  readonly now: () => number;
  readonly frame: () => void;
  readonly pass: (ms: number) => void;
};

export function createClock(): Clock {
  const frames = new Set<() => void>();
  const timers = new Map<() => void, number>();
  let now = 0;

  return {
    now: () => now,
    schedule(run) {
      frames.add(run);
      return () => frames.delete(run);
    },
    delay(run, ms) {
      timers.set(run, now + ms);
      return () => timers.delete(run);
    },
    frame() {
      const due = [...frames];
      frames.clear();
      for (const run of due) run();
    },
    pass(ms) {
      now += ms;
      for (const [run, at] of [...timers]) {
        if (at <= now && timers.delete(run)) run();
      }
    },
  };
}
