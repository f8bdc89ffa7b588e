/** The passing of time: passed in, so that a test can be the one who lets it pass. */
export type Timers = {
  /** Milliseconds since any fixed moment, with fractions; never goes back. */
  readonly now: () => number;
  /** Runs `run` once after `ms` milliseconds; returns the undo. */
  readonly after: (ms: number, run: () => void) => () => void;
};

/** This process's own. */
export const systemTimers: Timers = createTimers(() => {});

/** The same, but what waits does not keep the process from ending. */
export const backgroundTimers: Timers = createTimers((timer) => timer.unref());

function createTimers(started: (timer: NodeJS.Timeout) => void): Timers {
  return {
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      started(timer);
      return () => clearTimeout(timer);
    },
  };
}
