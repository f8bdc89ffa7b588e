import type { Assigns } from "../phoenix/assigns";
import { addEffect } from "./effect";
import type { MusubiSocket } from "./socket";

/**
 * Everything published on `topic` from now on reaches this store's `handleInfo`; once, however often it subscribes.
 *
 *     mount: (_params, socket) => subscribe(socket, "prices")
 */
export function subscribe<Own extends Assigns>(socket: MusubiSocket<Own>, topic: string): MusubiSocket<Own> {
  return addEffect(socket, { kind: "subscribe", topic });
}

/** Nothing more of `topic` reaches this store. */
export function unsubscribe<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  topic: string,
): MusubiSocket<Own> {
  return addEffect(socket, { kind: "unsubscribe", topic });
}

/**
 * Publishes `message`, any value, to every store that has subscribed to `topic`, this one included.
 *
 *     broadcast(socket, "prices", { sku: "x", price: 3 })
 */
export function broadcast<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  topic: string,
  message: unknown,
): MusubiSocket<Own> {
  return addEffect(socket, { kind: "broadcast", topic, message });
}
