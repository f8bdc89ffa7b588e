import type { LiveConnection } from "../live";
import type { ChannelRecord } from "./channel";
import type { RootRecord } from "./root";

/** A connection as it is folded: the chain of transports that one client opened to one endpoint. */
export type ConnectionRecord = {
  -readonly [Key in Exclude<keyof LiveConnection, "sockets" | "channels" | "roots">]: LiveConnection[Key];
} & {
  readonly sockets: number[];
  readonly channels: ChannelRecord[];
  readonly roots: RootRecord[];
  /** The newest transport's URL. */
  url: string;
  was_open: boolean;
  /** The page that it belongs to is gone. */
  ended: boolean;
  /** Where it waits, among its like, for the transport that continues it, while its newest one is closed. */
  readonly idle: ConnectionRecord[];
  /** Where a topic stands in `channels`. */
  readonly places: Map<string, number>;
  /** The join_refs of each topic's earlier instances. */
  readonly olderRefs: Map<string, Set<string>>;
  readonly rootsByTopic: Map<string, Map<string, RootRecord>>;
};

/** How a transport stands, of which a connection's status follows. */
export type TransportPhase =
  | { readonly kind: "connecting" | "open" }
  /** `code` is null where no close event came. */
  | { readonly kind: "closed"; readonly code: number | null };

/** After these close codes a client does not connect again by itself (wire.md 2.1). */
const FINAL_CODES: ReadonlySet<number | null> = new Set([1000, 1005]);

/** The status that follows from the newest transport's phase (session-format.md, Connections). */
export function updateStatus(connection: ConnectionRecord, phase: TransportPhase): void {
  if (phase.kind === "open") connection.was_open = true;
  connection.status = statusOf(connection, phase);
}

/** The newest transport has closed: another may continue the connection, unless its page is gone. */
export function awaitTransport(connection: ConnectionRecord): void {
  if (connection.ended) return;
  const { idle } = connection;
  // Nearly always the only one. Older ones have smaller ids.
  let at = idle.length;
  while (at > 0 && (idle[at - 1]?.id ?? 0) > connection.id) at--;
  idle.splice(at, 0, connection);
}

function statusOf(connection: ConnectionRecord, phase: TransportPhase): LiveConnection["status"] {
  if (connection.ended) return "closed";
  if (phase.kind === "open") return "connected";
  if (phase.kind === "closed" && FINAL_CODES.has(phase.code)) return "closed";
  return connection.was_open ? "reconnecting" : "connecting";
}

/** The newest instance of a topic. */
export function channelOf(connection: ConnectionRecord, topic: string): ChannelRecord | undefined {
  const place = connection.places.get(topic);
  return place === undefined ? undefined : connection.channels[place];
}

/** Makes `channel` the newest instance of its topic. */
export function addChannel(connection: ConnectionRecord, channel: ChannelRecord): void {
  const { topic } = channel;
  const place = connection.places.get(topic);
  if (place === undefined) {
    connection.places.set(topic, connection.channels.push(channel) - 1);
    return;
  }
  const before = connection.channels[place];
  const older = before?.join_ref ?? null;
  // The server that answers is of the same kind as the one before.
  channel.composes_ids = before?.composes_ids ?? false;
  connection.channels[place] = channel;
  const refs = connection.olderRefs.get(topic) ?? new Set();
  connection.olderRefs.set(topic, refs);
  if (older !== null) refs.add(older);
  // A client that starts anew counts from the beginning again.
  if (channel.join_ref !== null) refs.delete(channel.join_ref);
}

/** Whether `join_ref` is that of an earlier instance of the topic. */
export function isOlderRef(connection: ConnectionRecord, topic: string, join_ref: string): boolean {
  return connection.olderRefs.get(topic)?.has(join_ref) ?? false;
}

export function rootOf(connection: ConnectionRecord, topic: string, root_id: string): RootRecord | undefined {
  return connection.rootsByTopic.get(topic)?.get(root_id);
}

/** Takes a root out that turned out to be none. */
export function removeRoot(connection: ConnectionRecord, root: RootRecord): void {
  connection.rootsByTopic.get(root.topic)?.delete(root.root_id);
  const at = connection.roots.indexOf(root);
  if (at !== -1) connection.roots.splice(at, 1);
}

/** Adds a root that is not there yet, behind the others. */
export function addRoot(connection: ConnectionRecord, root: RootRecord): void {
  const roots = connection.rootsByTopic.get(root.topic) ?? new Map();
  connection.rootsByTopic.set(root.topic, roots.set(root.root_id, root));
  connection.roots.push(root);
}
