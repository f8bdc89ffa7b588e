/**
 * One end of a channel between two contexts, whatever carries it: an extension port, a `MessagePort`, a worker, a
 * pair in a test. What arrives is `unknown` until a guard has looked at it.
 */
export type Port = {
  readonly post: (message: unknown) => void;
  /** Calls `listener` for each message until the returned function is called. */
  readonly onMessage: (listener: (message: unknown) => void) => () => void;
  /** Calls `listener` once, when the other end is gone. */
  readonly onClose: (listener: () => void) => () => void;
  readonly close: () => void;
};
