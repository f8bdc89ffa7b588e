import type { ChannelDocument, ConnectionDocument, RootDocument } from "../inspection";
import type { LiveChannel, LiveConnection, LiveRoot } from "../live";
import type { ChannelRecord } from "./channel";
import type { ConnectionRecord } from "./connection";
import type { RootRecord } from "./root";

/**
 * A connection as it stood after some event, without what its roots and channels held then. `live` is the record as it
 * goes on: nothing that changes may be read from it in its stead.
 */
export type ConnectionAt = Omit<ConnectionDocument, "channels" | "roots"> &
  Pick<LiveConnection, "frame"> & {
    readonly channels: readonly ChannelAt[];
    readonly roots: readonly RootAt[];
    readonly live: LiveConnection;
  };

/** The newest instance of a topic by then. */
export type ChannelAt = Omit<ChannelDocument, "presence"> & { readonly live: LiveChannel };

/** A root as it stood then; what it held is in the history of `live`. */
export type RootAt = Omit<RootDocument, "store_ids" | "state" | "snapshot"> &
  Pick<LiveRoot, "last_envelope" | "kept"> & { readonly live: LiveRoot };

/**
 * All connections as they stood after event `seq`, in order; those that were not there yet are not among them.
 * `"truncated"` where a root was there whose history of then has been let go.
 */
export function facesAt(
  connections: readonly ConnectionRecord[],
  seq: number,
): readonly ConnectionAt[] | "truncated" {
  const faces: ConnectionAt[] = [];
  for (const connection of connections) {
    const face = connectionAt(connection, seq);
    if (face === "truncated") return face;
    if (face !== null) faces.push(face);
  }
  return faces;
}

function connectionAt(connection: ConnectionRecord, seq: number): ConnectionAt | "truncated" | null {
  const face = connection.newest.at(seq);
  const status = connection.statusAt(seq);
  if (face === undefined || status === undefined) return null;
  const roots: RootAt[] = [];
  for (const { root, removed_seq } of connection.stays) {
    if (root.seq > seq || (removed_seq !== null && removed_seq <= seq)) continue;
    if (seq < root.history.forgottenSeq()) return "truncated";
    roots.push(rootAt(root, seq));
  }
  const { endpoint, transport, serializer } = face;
  const { id, frame } = connection;
  const sockets = connection.sockets.slice(0, face.sockets);
  const channels = connection.instances.flatMap((instance) => {
    const channel = instance.at(seq);
    return channel === undefined ? [] : [channelAt(channel, seq)];
  });
  return {
    ...{ id, frame, endpoint, transport, serializer, status, sockets, channels, roots },
    live: connection,
  };
}

function channelAt(channel: ChannelRecord, seq: number): ChannelAt {
  const { topic, join_ref } = channel;
  const [state, kind] = [channel.stateAt(seq), channel.kindAt(seq)];
  if (state === undefined || kind === undefined) throw new Error(`${topic} has no state at event ${seq}.`);
  return { topic, join_ref, state, kind, live: channel };
}

function rootAt(root: RootRecord, seq: number): RootAt {
  const { topic, root_id, past } = root;
  const mount = root.mount.at(seq);
  const [status, wire, epoch] = [past.statusAt(seq), past.wireAt(seq), past.epochAt(seq)];
  const kept = past.keptAt(seq);
  if (
    mount === undefined ||
    status === undefined ||
    wire === undefined ||
    epoch === undefined ||
    kept === undefined
  ) {
    throw new Error(`Root ${root_id} was not there at event ${seq}.`);
  }
  const { module, id, params } = mount;
  return {
    ...{ topic, root_id, module, caller_id: id, params, wire, status, epoch, kept },
    version: versionAt(root, seq),
    last_envelope: lastEnvelopeAt(root, seq),
    live: root,
  };
}

/** The version that a root held after event `seq`: that of its last revision since the mount of then, or 0. */
function versionAt({ history, past, clock, version }: RootRecord, seq: number): number {
  if (seq >= clock.seq) return version;
  const last = history.headTo(history.countAt(seq));
  return last === undefined || last.seq < (past.mountedAt.at(seq) ?? 0) ? 0 : last.version;
}

/** The last envelope that was applied by event `seq`; null where there was none. */
function lastEnvelopeAt(
  { history, causes, last_envelope }: RootRecord,
  seq: number,
): RootAt["last_envelope"] {
  if (last_envelope === null || last_envelope.seq <= seq) return last_envelope;
  const last = history.envelopeTo(history.countAt(seq));
  return last === null ? null : { seq: last, command: causes.get(last)?.seq ?? null };
}
