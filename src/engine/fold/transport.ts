import type { SocketEvent } from "../../session/event";
import { VSN } from "../../wire/protocol";
import { serializerOf } from "../../wire/socket-url";
import type { Attempt } from "../live";
import { type ChannelRecord, disconnectChannel } from "./channel";
import { loseCommand } from "./command";
import type { ConnectionRecord } from "./connection";
import { addChannel } from "./connection-channels";
import { awaitTransport, type TransportPhase, updateStatus } from "./connection-status";
import type { Limited } from "./limits";
import type { PendingPushes } from "./pending";

/** One WebSocket, or one long-poll session. Refs and join_refs count for it alone. */
export type TransportRecord = {
  readonly socket: number;
  readonly connection: ConnectionRecord;
  /** Whether its frames are those of the first serializer (wire.md 1.2). */
  readonly is_v1: boolean;
  /** The try to connect that it is. */
  readonly attempt: Attempt;
  phase: TransportPhase;
  readonly pending: PendingPushes;
  /** Its channel instances, by `instanceKey`; closed ones leave. */
  readonly channels: Map<string, ChannelRecord>;
  /** Every instance that it has had, closed ones too, likewise; of several under one key the last. */
  readonly instances: Map<string, ChannelRecord>;
  /** Of what there is too much has been reported. */
  readonly told: Set<Limited>;
};

/** A transport that connects. @param vsn the serializer that its URL asks for */
export function createTransport(
  event: SocketEvent,
  vsn: string,
  connection: ConnectionRecord,
  attempt: Attempt,
): TransportRecord {
  const phase: TransportPhase = { kind: "connecting" };
  // One that no server speaks is read as the newer.
  const is_v1 = serializerOf(vsn) === VSN.v1;
  const { socket } = event;
  const [pending, channels, instances] = [new Map(), new Map(), new Map()];
  const told = new Set<Limited>();
  return { socket, connection, is_v1, attempt, phase, pending, channels, instances, told };
}

/** The transport opened, at `t` milliseconds of the session. One that has closed stays closed. */
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
  const { connection, socket } = transport;
  if (code !== null) connection.last_close = { seq: connection.clock.seq, socket, code };
  setPhase(transport, { kind: "closed", code }, t);
}

/** One more instance of a channel, which is the newest of its topic. */
export function addInstance(transport: TransportRecord, channel: ChannelRecord): void {
  const key = instanceKey(channel.topic, channel.join_ref);
  transport.channels.set(key, channel);
  transport.instances.set(key, channel);
  addChannel(transport.connection, channel);
}

/** Nothing more is said of an instance that has closed. */
export function forgetClosed(transport: TransportRecord, channel: ChannelRecord): void {
  if (channel.state !== "closed") return;
  const key = instanceKey(channel.topic, channel.join_ref);
  if (transport.channels.get(key) === channel) transport.channels.delete(key);
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
