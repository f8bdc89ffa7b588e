/**
 * What carries the frames of one client. A socket knows nothing else about it, so that another way
 * (long poll, a test's pair of arrays) fits in with these three functions.
 */
export type Transport = {
  readonly name: string;
  /** Hands over one encoded frame, or any other bytes: what is no frame is the sender's affair. */
  readonly send: (data: string | Uint8Array) => void;
  /** Ends the connection in an orderly way. The client sees this code (wire.md 1.4). */
  readonly close: (code: number) => void;
  /** Ends the connection as a broken network would: the client sees 1006. */
  readonly cut: () => void;
};

export const CLOSE_CODE = { internalError: 1011, restart: 1012 } as const;
