import { nodeTimers, type PollTimers } from "./timers";

/** How a long poll is served. All times are milliseconds. */
export type LongPollOptions = {
  /** How long a poll waits for something to deliver before it is answered with 204. */
  readonly windowMs?: number;
  /** How long a session lives without a poll. */
  readonly expiryMs?: number;
  /** How long the handling of one posted frame may take before its post is answered with 408. */
  readonly dispatchMs?: number;
  /** How long a drain waits for clients to fetch what was sent to them. */
  readonly drainMs?: number;
  /** A larger post is answered with 413. */
  readonly maxBodyBytes?: number;
  /** A session whose client lets more than this wait for it ends. */
  readonly maxBufferedBytes?: number;
  /** More clients at once are answered as by a server that fails, and try again. */
  readonly maxSessions?: number;
  readonly timers?: PollTimers;
};

/** Where Phoenix has a value, it is this one (wire.md 1.6). */
const DEFAULTS: Required<LongPollOptions> = {
  windowMs: 10_000,
  expiryMs: 15_000,
  dispatchMs: 10_000,
  drainMs: 2_000,
  maxBodyBytes: 8_000_000,
  maxBufferedBytes: 16_000_000,
  maxSessions: 16_384,
  timers: nodeTimers,
};

export function withDefaults(options: LongPollOptions): Required<LongPollOptions> {
  return { ...DEFAULTS, ...options };
}
