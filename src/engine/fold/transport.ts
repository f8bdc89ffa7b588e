import type { SocketEvent } from "../../session/event";
import { type ChannelRecord, disconnectChannel } from "./channel";
import { loseCommand } from "./command";
import { awaitTransport, type ConnectionRecord, type TransportPhase, updateStatus } from "./connection";
import type { PendingPushes } from "./pending";

/** One WebSocket, or one long-poll session. Refs and join_refs count for it alone. */
export type TransportRecord = {
  readonly socket: number;
  readonly connection: ConnectionRecord;
  /** Whether its frames are those of the first serializer (wire.md 1.2). */
  readonly is_v1: boolean;
  phase: TransportPhase;
  readonly pending: PendingPushes;
  /** Its channel instances, by `instanceKey`; closed ones leave. */
  readonly channels: Map<string, ChannelRecord>;
};

export function createTransport(
  event: SocketEvent,
  vsn: string,
  connection: ConnectionRecord,
): TransportRecord {
  const phase: TransportPhase = { kind: "connecting" };
  const is_v1 = vsn.startsWith("1.");
  return { socket: event.socket, connection, is_v1, phase, pending: new Map(), channels: new Map() };
}

export function openTransport(transport: TransportRecord, t: number): void {
  if (transport.phase.kind === "closed") return;
  setPhase(transport, { kind: "open" }, t);
}

/** The transport is gone, and everything on it: channels, the roots on them, replies that were awaited. */
export function closeTransport(transport: TransportRecord, code: number | null, t: number): void {
  if (transport.phase.kind === "closed") return;
  for (const channel of transport.channels.values()) disconnectChannel(channel);
  for (const sameRef of transport.pending.values()) {
    for (const { purpose } of sameRef)
      if (purpose.kind === "command") loseCommand(purpose.command, transport.connection.clock.seq);
  }
  transport.channels.clear();
  transport.pending.clear();
  setPhase(transport, { kind: "closed", code }, t);
}

/** Two instances of a topic differ in their join_ref. The length keeps ref and topic apart, whatever is in them. */
export function instanceKey(topic: string, join_ref: string | null): string {
  return join_ref === null ? `-${topic}` : `${join_ref.length}:${join_ref}${topic}`;
}

function setPhase(transport: TransportRecord, phase: TransportPhase, t: number): void {
  transport.phase = phase;
  const { connection } = transport;
  if (connection.sockets.at(-1) !== transport.socket) return;
  updateStatus(connection, phase);
  if (phase.kind === "closed") awaitTransport(connection, t);
}
