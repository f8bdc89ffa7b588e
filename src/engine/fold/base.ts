import type { BaseEvent, RootBaseEvent } from "../../session/event";
import { restoreAttachments } from "../content/base-attachments";
import { copyTree, isTreeObject } from "../content/tree";
import type { ChannelKind } from "../inspection";
import { type ChannelRecord, createChannel } from "./channel";
import { addChannel, addRoot, type ConnectionRecord, rootOf } from "./connection";
import { type FoldState, report } from "./fold-state";
import { createRoot } from "./root";
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
    const presence = event.presence === null ? null : copyTree(event.presence);
    findChannel(transport, event, "plain").presence = isTreeObject(presence) ? presence : null;
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
  const channel = createChannel(socket, { topic, join_ref, state: "joined", kind });
  transport.channels.set(key, channel);
  addChannel(transport.connection, channel);
  return channel;
}

function foldRootBase(connection: ConnectionRecord, channel: ChannelRecord, event: RootBaseEvent): void {
  const { topic, root_id, module, id, wire, status, epoch, version } = event;
  const params = event.params ?? {};
  const known = rootOf(connection, topic, root_id);
  const root = known ?? createRoot(topic, root_id, { module, id, params }, wire);
  if (known === undefined) addRoot(connection, root);
  Object.assign(root, { module, caller_id: id, params, wire, status, epoch, version });
  root.state = copyTree(event.state);
  root.index.reset(root.state);
  restoreAttachments(root.attachments, event.streams ?? [], event.uploads ?? []);
  // Each mount brought its first envelope, but for the one that still waits for it.
  root.first_envelopes = status === "mounting" ? epoch - 1 : epoch;
  if (status === "refused") return;
  root.channel = channel;
  channel.roots.add(root);
}
