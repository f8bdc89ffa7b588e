import { createListeners } from "../bridge/listeners";
import type { Port } from "../bridge/port";

/** A port whose messages, and whose end, wait until its listeners are there. */
export type HeldPort = {
  /** To listen on. Nothing is heard before `release`. */
  readonly port: Port;
  /** Hands on what has waited, in order, and from then on everything as it comes. */
  readonly release: () => void;
};

/** Both ends wait for an answer after a few messages: what sends more than this is none of ours. */
export const MAX_HELD_MESSAGES = 1_000;

export function holdPort(port: Port): HeldPort {
  const messages = createListeners<[unknown]>();
  const closes = createListeners<[]>();
  let waiting: unknown[] | null = [];
  let isClosed = false;

  port.onMessage((message) => {
    if (waiting === null) messages.call(message);
    else if (waiting.push(message) > MAX_HELD_MESSAGES) port.close();
  });
  port.onClose(() => {
    isClosed = true;
    if (waiting === null) closes.call();
  });

  return {
    port: { post: port.post, close: port.close, onMessage: messages.add, onClose: closes.add },
    release() {
      if (waiting === null) return;
      const held = waiting;
      waiting = null;
      for (const message of held) messages.call(message);
      if (isClosed) closes.call();
    },
  };
}
