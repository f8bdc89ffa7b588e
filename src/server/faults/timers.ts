/** The passing of time, so that a test can be the one who lets it pass. */
export type FaultTimers = {
  /** In ms, from any beginning; never goes back. */
  readonly now: () => number;
  /** Returns the undo. */
  readonly after: (ms: number, run: () => void) => () => void;
};

/** This process's own. A fault that waits does not keep the process from ending. */
export const processTimers: FaultTimers = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
