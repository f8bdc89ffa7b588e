import {
  type ContentToTapMessage,
  type TapEvent,
  type TapMessage,
  UNWATCHED_WAIT_MS,
} from "../bridge/tap-message";
import { NativeError, whenSettled } from "./native";
import { createOutbox } from "./outbox";

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
  /** The next number for a socket or a request of this document, from 1. */
  readonly nextId: () => number;
  readonly add: (event: TapEvent) => void;
  /** Records a text frame, now. */
  readonly addText: (socket: number, sent: boolean, text: string) => void;
  /**
   * Records what is still being read, in the place that it has now.
   *
   * @param standIn is told if nothing has been read when the page goes, or after `patience`; null: nothing is
   * @param patience in milliseconds; without it whatever comes next waits for as long as it takes
   */
  readonly addRead: <Value>(
    promise: Promise<Value>,
    read: (value: Value) => TapEvent,
    failed: () => TapEvent,
    standIn: TapEvent | null,
    patience?: number,
  ) => void;
  /** The page has made a WebSocket that cannot be Phoenix's. Told once. */
  readonly noteOtherSocket: () => void;
  /**
   * `record` as something that a page's call may run: it never throws, and does nothing once the tap is off. Then it
   * gives undefined. Its arguments have places: a list of them would have to be made for each frame.
   */
  readonly guard: <One, Two, Three, Result>(
    record: (one: One, two: Two, three: Three) => Result,
  ) => (one?: One, two?: Two, three?: Three) => Result | undefined;
  /** Does what the content script says. */
  readonly obey: (message: ContentToTapMessage) => void;
  readonly flush: () => readonly TapMessage[];
  /** Records nothing more, and lets go of what was not taken. */
  readonly stop: () => void;
};

export function createRecorder({ post, schedule, now }: TapEnvironment): Recorder {
  const outbox = createOutbox(post, (run) => schedule(guard(run), wait));
  let wait = UNWATCHED_WAIT_MS;
  let isOn = true;
  let errors = 0;
  let ids = 0;
  let hasOtherSocket = false;

  function fail(error: unknown): void {
    if (++errors !== MAX_TAP_ERRORS) return;
    isOn = false;
    try {
      outbox.send();
      // What is no `Error` was thrown by the page's own code, and is not asked what it is.
      post({ kind: "off", why: error instanceof NativeError ? `${error.message}` : "unknown error" });
    } catch {
      // The way out is what has failed.
    }
  }

  function guard<One, Two, Three, Result>(record: (one: One, two: Two, three: Three) => Result) {
    return (one?: One, two?: Two, three?: Three): Result | undefined => {
      if (!isOn) return undefined;
      try {
        return record(one as One, two as Two, three as Three);
      } catch (error) {
        fail(error);
        return undefined;
      }
    };
  }

  const addRead: Recorder["addRead"] = (promise, read, failed, standIn, patience) => {
    const { fill, giveUp } = outbox.place(standIn);
    whenSettled(
      promise,
      guard((value) => fill(read(value))),
      guard(() => fill(failed())),
    );
    if (patience !== undefined) schedule(guard(giveUp), patience);
  };

  function noteOtherSocket(): void {
    if (hasOtherSocket) return;
    hasOtherSocket = true;
    post({ kind: "other_socket" });
  }

  function flush(): readonly TapMessage[] {
    try {
      return outbox.flush();
    } catch (error) {
      fail(error);
      return [];
    }
  }

  function obey(message: ContentToTapMessage): void {
    if (message.kind === "taken") {
      outbox.taken(message.upTo);
      wait = message.wait;
    } else stop();
  }

  function stop(): void {
    isOn = false;
    outbox.clear();
  }

  return {
    isOn: () => isOn,
    now,
    nextId: () => ++ids,
    add: outbox.add,
    addText: (socket, sent, text) => outbox.addText(now(), socket, sent, text),
    addRead,
    noteOtherSocket,
    guard,
    obey,
    flush,
    stop,
  };
}
