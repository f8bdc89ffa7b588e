import { systemTimers, type Timers } from "../../timers";

/** The passing of time as long poll needs it. Each returns its undo. */
export type PollTimers = Pick<Timers, "after"> & {
  /** Once what is being done now is done: frames that are made in one go travel in one answer. */
  readonly soon: (run: () => void) => () => void;
};

/** Node's own timers. */
export const nodeTimers: PollTimers = {
  after: systemTimers.after,
  soon: (run) => {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  },
};
