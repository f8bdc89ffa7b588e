import type { BaseEvent, RootBaseEvent } from "../../session/event";
import type { Json } from "../../wire/json";
import { forgetAttachments } from "../content/attachments";
import { readBaseAssigns, readBaseStreams, readBaseUploads } from "../content/base-attachments";
import type { Area } from "../content/draft";
import { makeChange } from "../content/edit";
import type { ChannelKind } from "../inspection";
import { type ChannelRecord, createChannel } from "./channel";
import type { ConnectionRecord } from "./connection";
import { addRoot, rootKeyOf, rootOf } from "./connection-roots";
import { type FoldState, report } from "./fold-state";
import { isFull } from "./full";
import { keepName } from "./kept-name";
import { awaitStores, pruneAssigns } from "./lens";
import { restorePresence } from "./presence";
import { createRoot, type RootRecord } from "./root";
import { addInstance, instanceKey, type TransportRecord } from "./transport";

/** Folds a base: earlier history of a root or a channel that was folded into one event (session-format.md). */
export function foldBase(fold: FoldState, event: BaseEvent): void {
  const transport = fold.transports.get(event.socket);
  if (transport === undefined) {
    report(
      fold,
      "unknown_socket",
      `The folded history of ${event.topic} belongs to socket ${event.socket}, whose opening was not seen. ` +
        "It was passed over.",
    );
    noteBase(fold, event, null);
    return;
  }
  if ("root_id" in event) {
    const kind: ChannelKind = event.wire === "multiplexed" ? "connection" : "root";
    const channel = findChannel(fold, transport, event, kind);
    fold.root = channel === null ? null : foldRootBase(fold, transport.connection, channel, event);
    noteBase(fold, event, fold.root);
  } else {
    const channel = findChannel(fold, transport, event, "plain");
    fold.channel = channel;
    if (channel !== null) restorePresence(channel, event.presence, fold.seq);
    noteBase(fold, event, null);
  }
}

function noteBase({ seq, names, timeline }: FoldState, { topic }: BaseEvent, root: RootRecord | null): void {
  timeline.add({ seq, kind: "base", topic: keepName(names, topic), root });
}

/**
 * The instance that the base belongs to, which may have ended. Where its join was cut off, it is taken for joined. Null:
 * there are too many.
 */
function findChannel(
  fold: FoldState,
  transport: TransportRecord,
  event: BaseEvent,
  kind: ChannelKind,
): ChannelRecord | null {
  const { topic, join_ref, socket } = event;
  const key = instanceKey(topic, join_ref);
  const known = transport.channels.get(key) ?? transport.instances.get(key);
  if (known !== undefined) {
    if (known.kind !== "plain" || kind === "plain") return known;
    known.kind = kind;
    fold.is_lasting = true;
    return known;
  }
  const { clock, archive, told, joins } = transport.connection;
  if (isFull(fold, told, "channels", joins)) return null;
  const channel = createChannel(clock, { socket, topic, join_ref, state: "joined", kind }, archive.create);
  addInstance(transport, channel);
  fold.is_lasting = true;
  return channel;
}

function foldRootBase(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  event: RootBaseEvent,
): RootRecord | null {
  const { topic, root_id, module, id, wire, status, epoch, version } = event;
  // Only the fields that an event must have were checked when it came.
  const params: Json | undefined = event.params;
  const mount = { module, id, params: params === undefined ? {} : params };
  const { clock, archive } = connection;
  const known = rootOf(connection, topic, root_id);
  if (known === undefined && isFull(fold, connection.told, "roots", connection.stays.length)) return null;
  const key = rootKeyOf(connection, topic, root_id);
  const root = known ?? createRoot(clock, archive.create(), { key, wire }, mount);
  if (known === undefined) {
    addRoot(connection, root);
    fold.is_lasting = true;
  }
  root.mount.set(mount);
  root.past.mountedAt.set(clock.seq);
  Object.assign(root, { wire, status, epoch, version });
  restoreContent(root, event);
  // Each mount brought its first envelope, but for the one that still waits for it.
  root.first_envelopes = status === "mounting" ? epoch - 1 : epoch;
  root.client.has_let_go = status === "unmounted" || status === "refused";
  if (status === "refused") return root;
  root.refusal = null;
  if (!isOn(root, channel)) root.channel = channel;
  // The only root of a channel is the first that came there.
  if (channel.kind === "root" && !channel.roots.has(root)) fold.is_lasting = true;
  channel.roots.add(root);
  return root;
}

/** Two instances may have been joined with one join_ref: a root stays on the one that it is on. */
function isOn({ channel }: RootRecord, { socket, join_ref }: ChannelRecord): boolean {
  return channel !== null && channel.socket === socket && channel.join_ref === join_ref;
}

function restoreContent(root: RootRecord, event: RootBaseEvent): void {
  const { state, streams, uploads, assigns, epoch, version } = event;
  const { draft, log, append } = root.history;
  const replace = (area: Area, entered: Json): void =>
    makeChange(draft, { area, op: "replace", path: "", left: draft.areas[area], entered }, log);
  replace("state", state);
  replace("streams", readBaseStreams(streams ?? []));
  replace("uploads", readBaseUploads(uploads ?? []));
  forgetAttachments(root.attachments);
  root.index.reset(state);
  root.early.clear();
  if (assigns !== undefined) {
    replace("assigns", readBaseAssigns(assigns));
    awaitStores(root);
  }
  pruneAssigns(root);
  append({
    seq: root.clock.seq,
    kind: "base",
    epoch,
    version,
    size: JSON.stringify([state, streams, uploads, assigns]).length,
  });
}
