import type { BaseEvent, RootBaseEvent } from "../../session/event";
import type { Json } from "../../wire/json";
import { forgetAttachments } from "../content/attachments";
import { readBaseStreams, readBaseUploads } from "../content/base-attachments";
import { makeChange } from "../content/change";
import type { Area } from "../content/draft";
import type { ChannelKind } from "../inspection";
import { type ChannelRecord, createChannel } from "./channel";
import { addChannel, addRoot, type ConnectionRecord, rootOf } from "./connection";
import { type FoldState, report } from "./fold-state";
import { restorePresence } from "./presence";
import { createRoot, type RootRecord } from "./root";
import { instanceKey, type TransportRecord } from "./transport";

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
    return;
  }
  if ("root_id" in event) {
    const kind: ChannelKind = event.wire === "multiplexed" ? "connection" : "root";
    foldRootBase(transport.connection, findChannel(transport, event, kind), event);
  } else {
    restorePresence(findChannel(transport, event, "plain"), event.presence, fold.seq);
  }
}

/** The instance that the base belongs to. Where its join was cut off, it is taken for joined. */
function findChannel(transport: TransportRecord, event: BaseEvent, kind: ChannelKind): ChannelRecord {
  const { topic, join_ref, socket } = event;
  const key = instanceKey(topic, join_ref);
  const known = transport.channels.get(key);
  if (known !== undefined) {
    if (known.kind === "plain") known.kind = kind;
    return known;
  }
  const { clock, archive } = transport.connection;
  const channel = createChannel(clock, { socket, topic, join_ref, state: "joined", kind }, archive.create);
  transport.channels.set(key, channel);
  addChannel(transport.connection, channel);
  return channel;
}

function foldRootBase(connection: ConnectionRecord, channel: ChannelRecord, event: RootBaseEvent): void {
  const { topic, root_id, module, id, wire, status, epoch, version } = event;
  const mount = { module, id, params: event.params ?? {} };
  const { clock, archive } = connection;
  const known = rootOf(connection, topic, root_id);
  const root = known ?? createRoot(clock, archive.create(), { topic, root_id, wire }, mount);
  if (known === undefined) addRoot(connection, root);
  root.mount.set(mount);
  root.past.mountedAt.set(clock.seq);
  Object.assign(root, { wire, status, epoch, version });
  restoreContent(root, event);
  // Each mount brought its first envelope, but for the one that still waits for it.
  root.first_envelopes = status === "mounting" ? epoch - 1 : epoch;
  if (status === "refused") return;
  root.channel = channel;
  channel.roots.add(root);
}

function restoreContent(root: RootRecord, { state, streams, uploads, epoch, version }: RootBaseEvent): void {
  const { draft, log, append } = root.history;
  const replace = (area: Area, entered: Json): void =>
    makeChange(draft, { area, op: "replace", path: "", left: draft.areas[area], entered }, log);
  replace("state", state);
  replace("streams", readBaseStreams(streams ?? []));
  replace("uploads", readBaseUploads(uploads ?? []));
  forgetAttachments(root.attachments);
  root.index.reset(state);
  append({ seq: root.clock.seq, kind: "base", epoch, version, size: 0 });
}
