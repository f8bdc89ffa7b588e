/** The passing of time, so that a test can be the one who lets it pass. Each returns its undo. */
export type Timers = {
  readonly after: (ms: number, run: () => void) => () => void;
  /** Once what is being done now is done: frames that are made in one go travel in one answer. */
  readonly soon: (run: () => void) => () => void;
};

/** Node's own timers. */
export const nodeTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  soon: (run) => {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  },
};
