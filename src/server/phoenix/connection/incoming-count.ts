import type { Transport } from "../transport";

/** What of one client waits to be handled. A client that sends faster than it is served has to wait. */
export type IncomingCount = {
  /** A frame has come. Returns what is to be called, once, when it is handled. */
  readonly add: (data: string | Uint8Array) => () => void;
  readonly count: () => number;
};

/** More than this pauses the client, until half of it is handled: frames, and their UTF-16 code units and bytes. */
const MAX_PENDING_FRAMES = 1_000;
const MAX_PENDING_LENGTH = 32 * 1024 * 1024;

export function createIncomingCount(transport: Transport): IncomingCount {
  let frames = 0;
  let length = 0;
  let isPaused = false;

  function remove(data: string | Uint8Array): void {
    frames -= 1;
    length -= data.length;
    if (!isPaused || frames > MAX_PENDING_FRAMES / 2 || length > MAX_PENDING_LENGTH / 2) return;
    isPaused = false;
    transport.resume?.();
  }

  return {
    count: () => frames,
    add: (data) => {
      frames += 1;
      length += data.length;
      if (!isPaused && (frames > MAX_PENDING_FRAMES || length > MAX_PENDING_LENGTH)) {
        isPaused = true;
        transport.pause?.();
      }
      return () => remove(data);
    },
  };
}
