import type { Archive } from "../content/history";
import type { ConnectionStatus } from "../inspection";
import type { Attempt, LiveConnection, RootKey, UploadOwner } from "../live";
import type { ChannelRecord } from "./channel";
import type { IdleConnections } from "./idle-connections";
import type { Limited } from "./limits";
import type { RootRecord } from "./root";
import { type Clock, createTimed, type Timed } from "./timed";

/** A connection as it is folded: the chain of transports that one client opened to one endpoint. */
export type ConnectionRecord = LiveConnection & {
  status: ConnectionStatus;
  opened: number;
  has_auth_token: boolean;
  last_close: LiveConnection["last_close"];
  /** How many transports there were since it was last open. */
  attempts_since: number;
  readonly clock: Clock;
  /** Where the histories of its roots and channels are made. */
  readonly archive: Archive;
  readonly statusAt: (seq: number) => ConnectionStatus | undefined;
  readonly sockets: number[];
  readonly attempts: Attempt[];
  readonly channels: ChannelRecord[];
  readonly roots: RootRecord[];
  /** The newest transport, and what it was after any event. */
  readonly newest: Timed<TransportFace>;
  /** The newest instance of each topic after any event, at the place of the topic in `channels`. */
  readonly instances: Timed<ChannelRecord>[];
  /** Every root that there was, in order, and the event that showed it to be none. */
  readonly stays: RootStay[];
  /** The page that it belongs to is gone. */
  ended: boolean;
  /** When its newest transport closed; null while it has not. */
  closed_at: number | null;
  /** Where it waits, among its like, for the transport that continues it, while its newest one is closed. */
  readonly idle: IdleConnections<ConnectionRecord>;
  /** Where a topic stands in `channels`. */
  readonly places: Map<string, number>;
  /** The join_refs of each topic's earlier instances. */
  readonly olderRefs: Map<string, Set<string>>;
  readonly rootsByTopic: Map<string, Map<string, RootRecord>>;
  /** What was asked for last: nearly every envelope comes on the channel, and for the root, of the one before. */
  recent_channel: ChannelRecord | null;
  recent_root: RootRecord | null;
  /** How many channel instances there were. */
  joins: number;
  /** Of what there is too much has been reported. */
  readonly told: Set<Limited>;
  /** It has been reported that no server speaks the serializer it asks for. */
  has_bad_vsn: boolean;
  /** Whose an upload's own channel is, by the entry_ref in its topic. */
  readonly upload_owners: Map<string, UploadOwner>;
};

/** What a connection shows of its newest transport. */
export type TransportFace = {
  readonly url: string;
  readonly endpoint: string;
  readonly transport: "websocket" | "longpoll";
  readonly serializer: string;
  /** How many sockets the connection had with it. */
  readonly sockets: number;
};

export type RootStay = { readonly root: RootRecord; removed_seq: number | null };

/** How a transport stands, of which a connection's status follows. */
export type TransportPhase =
  | { readonly kind: "connecting" | "open" }
  /** `code` is null where no close event came. */
  | { readonly kind: "closed"; readonly code: number | null };

/** After these close codes a client does not connect again by itself (wire.md 2.1). */
const FINAL_CODES: ReadonlySet<number | null> = new Set([1000, 1005]);

/** A connection that begins with this transport. */
export function createConnection(
  clock: Clock,
  archive: Archive,
  first: TransportFace,
  own: Pick<ConnectionRecord, "id" | "frame" | "idle">,
): ConnectionRecord {
  const newest = createTimed(clock, first);
  const status = createTimed<ConnectionStatus>(clock, "connecting");
  return {
    ...own,
    clock,
    archive,
    newest,
    statusAt: status.at,
    get status() {
      return status.now();
    },
    set status(next) {
      status.set(next);
    },
    get endpoint() {
      return newest.now().endpoint;
    },
    get transport() {
      return newest.now().transport;
    },
    get serializer() {
      return newest.now().serializer;
    },
    opened: 0,
    has_auth_token: false,
    last_close: null,
    attempts_since: 0,
    sockets: [],
    attempts: [],
    channels: [],
    instances: [],
    roots: [],
    stays: [],
    ended: false,
    closed_at: null,
    places: new Map(),
    olderRefs: new Map(),
    rootsByTopic: new Map(),
    recent_channel: null,
    recent_root: null,
    joins: 0,
    told: new Set(),
    has_bad_vsn: false,
    upload_owners: new Map(),
  };
}

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

/** The newest instance of a topic. */
export function channelOf(connection: ConnectionRecord, topic: string): ChannelRecord | undefined {
  const { recent_channel: recent } = connection;
  if (recent !== null && recent.topic === topic) return recent;
  const place = connection.places.get(topic);
  const channel = place === undefined ? undefined : connection.channels[place];
  connection.recent_channel = channel ?? null;
  return channel;
}

/** Makes `channel` the newest instance of its topic. */
export function addChannel(connection: ConnectionRecord, channel: ChannelRecord): void {
  const { topic } = channel;
  connection.joins++;
  connection.recent_channel = null;
  const place = connection.places.get(topic);
  if (place === undefined) {
    connection.places.set(topic, connection.channels.push(channel) - 1);
    connection.instances.push(createTimed(connection.clock, channel));
    return;
  }
  const before = connection.channels[place];
  const older = before?.join_ref ?? null;
  // The server that answers is of the same kind as the one before.
  channel.composes_ids = before?.composes_ids ?? false;
  channel.nth = (before?.nth ?? 0) + 1;
  if (before !== undefined) before.is_superseded = true;
  connection.channels[place] = channel;
  connection.instances[place]?.set(channel);
  const refs = connection.olderRefs.get(topic) ?? new Set();
  connection.olderRefs.set(topic, refs);
  if (older !== null) rememberRef(refs, older);
  // A client that starts anew counts from the beginning again.
  if (channel.join_ref !== null) refs.delete(channel.join_ref);
}

/** Join_refs of a topic's earlier instances that are known as such; of more, the oldest go. */
export const MAX_OLDER_REFS = 1000;

function rememberRef(refs: Set<string>, join_ref: string): void {
  refs.add(join_ref);
  const [oldest] = refs;
  if (refs.size > MAX_OLDER_REFS && oldest !== undefined) refs.delete(oldest);
}

/** Whether `join_ref` is that of an earlier instance of the topic. */
export function isOlderRef(connection: ConnectionRecord, topic: string, join_ref: string): boolean {
  return connection.olderRefs.get(topic)?.has(join_ref) ?? false;
}

export function rootOf(connection: ConnectionRecord, topic: string, root_id: string): RootRecord | undefined {
  const { recent_root: recent } = connection;
  if (recent !== null && recent.root_id === root_id && recent.topic === topic) return recent;
  const root = connection.rootsByTopic.get(topic)?.get(root_id);
  connection.recent_root = root ?? null;
  return root;
}

/** What tells a root on this connection from every other. */
export function rootKeyOf(connection: ConnectionRecord, topic: string, root_id: string): RootKey {
  return rootOf(connection, topic, root_id)?.key ?? { connection: connection.id, topic, root_id };
}

/** Takes a root out that turned out to be none. */
export function removeRoot(connection: ConnectionRecord, root: RootRecord): void {
  connection.rootsByTopic.get(root.topic)?.delete(root.root_id);
  connection.recent_root = null;
  const at = connection.roots.indexOf(root);
  if (at !== -1) connection.roots.splice(at, 1);
  const stay = connection.stays.find((one) => one.root === root);
  if (stay !== undefined) stay.removed_seq = connection.clock.seq;
}

/** Adds a root that is not there yet, behind the others. */
export function addRoot(connection: ConnectionRecord, root: RootRecord): void {
  const roots = connection.rootsByTopic.get(root.topic) ?? new Map();
  connection.rootsByTopic.set(root.topic, roots.set(root.root_id, root));
  connection.roots.push(root);
  connection.stays.push({ root, removed_seq: null });
}
