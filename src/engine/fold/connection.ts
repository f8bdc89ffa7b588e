import type { Archive } from "../content/history";
import type { ConnectionStatus } from "../inspection";
import type { Attempt, LiveConnection, UploadOwner } from "../live";
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

type RootStay = { readonly root: RootRecord; removed_seq: number | null };

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
    ...createNothingYet(),
  };
}

type Given = "id" | "frame" | "idle" | "clock" | "archive" | "newest" | "statusAt" | "status";
type Shown = "endpoint" | "transport" | "serializer";

/** What a connection holds on which nothing has happened yet. */
function createNothingYet(): Omit<ConnectionRecord, Given | Shown> {
  return {
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
