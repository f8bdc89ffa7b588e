import type { Assigns } from "../phoenix/assigns";
import { addEffect } from "./effect";
import { encodeJson } from "./page/encode-json";
import type { MusubiSocket } from "./socket";

/**
 * Tells the clients of this root something that is no state: a toast, a sound (wire.md 10). The payload is any value
 * that the wire can hold; what it cannot throws.
 *
 *     pushEvent(socket, "toast", { text: "added" })
 */
export function pushEvent<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  payload: unknown,
): MusubiSocket<Own> {
  const encoded = encodeJson(payload, `The event "${name}" of ${socket.module}`);
  return addEffect(socket, { kind: "push_event", name, payload: encoded });
}
