/** Time as the runtime sees it: passed in, so that a test can be its master. */
export type Timers = {
  /** Milliseconds since any fixed moment, with fractions; never goes back. */
  readonly now: () => number;
  /** Runs `run` once after `ms` milliseconds; returns the undo. */
  readonly after: (ms: number, run: () => void) => () => void;
};

export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
