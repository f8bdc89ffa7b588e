import type { ConnectionStatus } from "../inspection";
import type { ConnectionRecord } from "./connection";

/** How a transport stands, of which a connection's status follows. */
export type TransportPhase =
  | { readonly kind: "connecting" | "open" }
  /** `code` is null where no close event came. */
  | { readonly kind: "closed"; readonly code: number | null };

/** After these close codes a client does not connect again by itself (wire.md 2.1). */
const FINAL_CODES: ReadonlySet<number | null> = new Set([1000, 1005]);

/** The status that follows from the newest transport's phase (session-format.md, Connections). */
export function updateStatus(connection: ConnectionRecord, phase: TransportPhase): void {
  if (phase.kind === "open") {
    connection.opened++;
    connection.attempts_since = 0;
  }
  connection.status = statusOf(connection, phase);
}

/** The newest transport has closed: another may continue the connection, unless its page is gone. */
export function awaitTransport(connection: ConnectionRecord, t: number): void {
  connection.closed_at = t;
  if (connection.ended) return;
  connection.idle.add(connection, connection.newest.now().url);
}

function statusOf(connection: ConnectionRecord, phase: TransportPhase): ConnectionStatus {
  if (connection.ended) return "closed";
  if (phase.kind === "open") return "connected";
  if (phase.kind === "closed" && FINAL_CODES.has(phase.code)) return "closed";
  return connection.opened > 0 ? "reconnecting" : "connecting";
}
