/** What the clients of the load have seen. */
export type Tally = {
  /** One more envelope that follows the one before it. `sentAt` is on the clock of `now`. */
  readonly envelope: (bytes: number, sentAt: number | null) => void;
  readonly bare: (bytes: number) => void;
  /** An envelope that does not follow the one before it. */
  readonly fault: () => void;
  /** The server has ended a client of the load. */
  readonly closed: () => void;
  /** What was counted since the last call. */
  readonly take: () => Counts;
};

export type Counts = {
  readonly envelopes: number;
  readonly bareMessages: number;
  readonly faults: number;
  readonly closes: number;
  readonly bytes: number;
  /** From a change in a store to its envelope at the client. */
  readonly latencies: readonly number[];
};

/** Milliseconds on a clock that all processes of a machine share. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

export function createTally(): Tally {
  let counts = nothing();
  return {
    envelope: (bytes, sentAt) => {
      counts.envelopes += 1;
      counts.bytes += bytes;
      if (sentAt !== null) counts.latencies.push(now() - sentAt);
    },
    bare: (bytes) => {
      counts.bareMessages += 1;
      counts.bytes += bytes;
    },
    fault: () => {
      counts.faults += 1;
    },
    closed: () => {
      counts.closes += 1;
    },
    take: () => {
      const taken = counts;
      counts = nothing();
      return taken;
    },
  };
}

function nothing() {
  const latencies: number[] = [];
  return { envelopes: 0, bareMessages: 0, faults: 0, closes: 0, bytes: 0, latencies };
}
