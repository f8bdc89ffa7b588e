/** How often a ticker looks what is due. */
const PERIOD_MS = 10;

export type Ticker = {
  /** Ends it, and gives how often it has ticked. */
  readonly stop: () => number;
};

/** Calls `tick` with 0, 1, 2 and so on, `perSecond` times a second on average: what was late is made up for. */
export function startTicker(perSecond: number, tick: (n: number) => void): Ticker {
  const start = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1_000) * perSecond);
    while (done < due) {
      tick(done);
      done += 1;
    }
  }, PERIOD_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return done;
    },
  };
}
