import type { Awaitable } from "./awaitable";

/** Runs jobs one after another, in the order in which they were given. */
export type Queue = {
  /** Resolves with what the job gives. A job that fails rejects its own promise; the ones after it still run. */
  readonly run: <Value>(job: () => Awaitable<Value>) => Promise<Value>;
};

export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run: (job) => {
      const result = tail.then(job);
      tail = result.catch(() => undefined);
      return result;
    },
  };
}
