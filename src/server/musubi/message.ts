import type { Assigns } from "../phoenix/assigns";
import { addEffect } from "./effect";
import type { MusubiSocket, StoreId } from "./socket";

/** `message` reaches this store's `handleInfo` after everything that already waits for its root. */
export function sendSelf<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  message: unknown,
): MusubiSocket<Own> {
  return addEffect(socket, { kind: "send", message, afterMs: null });
}

/** As `sendSelf`, after `ms` milliseconds; not at all if the store is gone by then. */
export function sendAfter<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  ms: number,
  message: unknown,
): MusubiSocket<Own> {
  return addEffect(socket, { kind: "send", message, afterMs: ms });
}

/**
 * Gives `assigns` to the `update` of another store of the same root, after everything that already waits for that: a store
 * that the running callback has mounted is there by then. Where there is none of that id, only telemetry is told
 * (`musubi.send_update.no_target`).
 *
 *     sendUpdate(socket, ["lines", "l1"], { qty: 2 })
 */
export function sendUpdate<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  storeId: StoreId,
  assigns: Assigns,
): MusubiSocket<Own> {
  return addEffect(socket, { kind: "send_update", storeId, assigns });
}
