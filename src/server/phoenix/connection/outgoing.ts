import type { Result } from "../../../wire/result";
import type { Log } from "../../log";
import type { OutgoingMessage } from "../message";
import type { Broadcast } from "../pubsub";
import type { Socket } from "../socket";
import { encodeBroadcast } from "./fastlane";

/** The way out to one client. While a join runs nothing but its answer passes (wire.md 1.4). */
export type Outgoing = {
  /** Sends a message of a channel, or keeps it while a join runs. Throws where its serializer has no form for it. */
  readonly send: (message: OutgoingMessage) => void;
  /** The same for a broadcast, which is encoded once for all clients of one serializer. */
  readonly fastlane: (broadcast: Broadcast) => void;
  /** Sends at once what the connection itself answers. Throws as `send` does. */
  readonly answer: (message: OutgoingMessage) => void;
  /** A join begins: keeps what channels send. */
  readonly hold: () => void;
  /** The join is answered: sends what was kept, in its order. */
  readonly release: () => void;
  /** Nothing is sent any more. */
  readonly end: () => void;
};

/** How much is kept while one join runs, in UTF-16 code units and bytes. More cuts the connection. */
const MAX_HELD_LENGTH = 16 * 1024 * 1024;

export function createOutgoing({ transport, serializer }: Socket, log: Log): Outgoing {
  let held: (string | Uint8Array)[] | null = null;
  let heldLength = 0;
  let isEnded = false;

  function sendNow(data: string | Uint8Array): void {
    if (!isEnded) transport.send(data);
  }

  function sendInTurn(data: string | Uint8Array): void {
    if (isEnded || held === null) {
      sendNow(data);
      return;
    }
    held.push(data);
    heldLength += data.length;
    if (heldLength <= MAX_HELD_LENGTH) return;
    log(`A join takes so long that ${heldLength} bytes wait behind it. Its connection is cut.`);
    end();
    transport.cut();
  }

  function end(): void {
    isEnded = true;
    held = null;
  }

  return {
    end,
    send: (message) => sendInTurn(orThrow(serializer.encode(message))),
    fastlane: (broadcast) => sendInTurn(orThrow(encodeBroadcast(broadcast, serializer))),
    answer: (message) => sendNow(orThrow(serializer.encode(message))),
    hold: () => {
      held = [];
      heldLength = 0;
    },
    release: () => {
      const waiting = held ?? [];
      held = null;
      for (const data of waiting) sendNow(data);
    },
  };
}

function orThrow<Value>(result: Result<Value, string>): Value {
  if (result.ok) return result.value;
  throw new Error(result.failure);
}
