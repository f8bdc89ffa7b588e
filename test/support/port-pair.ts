import { createListeners } from "../../src/bridge/listeners";
import type { Port } from "../../src/bridge/port";

/**
 * Two ports that deliver to each other at once, as copies: what an extension port carries is cloned.
 * Closing either end tells the other.
 */
export function createPortPair(): readonly [Port, Port] {
  const ends = [createEnd(), createEnd()] as const;
  let open = true;
  const [one, other] = ends;
  const port = (mine: End, theirs: End): Port => ({
    post(message) {
      if (open) theirs.message.call(structuredClone(message));
    },
    onMessage: mine.message.add,
    onClose: mine.close.add,
    close() {
      if (!open) return;
      open = false;
      theirs.close.call();
    },
  });
  return [port(one, other), port(other, one)];
}

type End = ReturnType<typeof createEnd>;

function createEnd() {
  return { message: createListeners<[unknown]>(), close: createListeners<[]>() };
}
