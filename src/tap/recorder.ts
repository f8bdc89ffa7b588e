import { type TapEvent, type TapMessage, UNWATCHED_WAIT_MS } from "../bridge/tap-message";
import { apply } from "./native";
import { createOutbox, type Place } from "./outbox";

/** After so many errors of its own the tap of a page turns itself off. */
export const MAX_TAP_ERRORS = 3;

/** What the tap needs of the platform, taken before the page runs. */
export type TapEnvironment = {
  readonly post: (message: TapMessage) => void;
  readonly schedule: (run: () => void, ms: number) => void;
  /** Milliseconds since 1970, with fractions. */
  readonly now: () => number;
};

/** Where everything goes that the tap sees. An error of the tap's ends here, and so does the tap after the third. */
export type Recorder = {
  /** Not after too many errors, nor when nobody listens any more: then all that is wrapped only passes on. */
  readonly isOn: () => boolean;
  readonly now: () => number;
  readonly schedule: (run: () => void, ms: number) => void;
  /** The next number for a socket or a request of this document, from 1. */
  readonly nextId: () => number;
  readonly add: (event: TapEvent) => void;
  readonly place: (standIn: TapEvent | null) => Place;
  /** The page has made a WebSocket that cannot be Phoenix's. Told once. */
  readonly noteOtherSocket: () => void;
  /**
   * `record` as something that a page's call may run: it never throws, and does nothing once the tap is off. Then it
   * gives undefined.
   */
  readonly guard: <Args extends readonly unknown[], Result>(
    record: (...args: Args) => Result,
  ) => (...args: Args) => Result | undefined;
  /** Everything up to `upTo` has arrived; from now on events wait `ms` milliseconds for others to go with. */
  readonly taken: (upTo: number, ms: number) => void;
  readonly flush: () => TapMessage | null;
  /** Records nothing more, and lets go of what was not taken. */
  readonly stop: () => void;
};

// Taken now: a page may replace it later.
const NativeError = Error;

export function createRecorder({ post, schedule, now }: TapEnvironment): Recorder {
  const outbox = createOutbox(post, (run) => schedule(guard(run), wait));
  let wait = UNWATCHED_WAIT_MS;
  let isOn = true;
  let errors = 0;
  let ids = 0;
  let hasOtherSocket = false;

  function fail(error: unknown): void {
    errors++;
    if (errors < MAX_TAP_ERRORS || !isOn) return;
    isOn = false;
    try {
      outbox.send();
      post({ kind: "off", why: describe(error) });
    } catch {
      // The way out is what has failed.
    }
  }

  function guard<Args extends readonly unknown[], Result>(record: (...args: Args) => Result) {
    return (...args: Args): Result | undefined => {
      if (!isOn) return undefined;
      try {
        return apply(record, undefined, args);
      } catch (error) {
        fail(error);
        return undefined;
      }
    };
  }

  function noteOtherSocket(): void {
    if (hasOtherSocket) return;
    hasOtherSocket = true;
    post({ kind: "other_socket" });
  }

  function flush(): TapMessage | null {
    try {
      return outbox.flush();
    } catch (error) {
      fail(error);
      return null;
    }
  }

  function taken(upTo: number, ms: number): void {
    outbox.taken(upTo);
    wait = ms;
  }

  function stop(): void {
    isOn = false;
    outbox.clear();
  }

  return {
    isOn: () => isOn,
    now,
    schedule,
    nextId: () => ++ids,
    add: outbox.add,
    place: outbox.place,
    noteOtherSocket,
    guard,
    taken,
    flush,
    stop,
  };
}

/** What is no `Error` was thrown by the page's own code, and is not asked what it is. */
function describe(error: unknown): string {
  return error instanceof NativeError ? `${error.message}` : "an error without a message";
}
