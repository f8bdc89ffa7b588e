import { takeSnapshot } from "../content/snapshot";
import { storeIds } from "../content/store-tree";
import { copyTree, isTreeObject } from "../content/tree";
import type { ChannelDocument, ConnectionDocument, Inspection, RootDocument } from "../inspection";
import type { ChannelRecord } from "./channel";
import type { ConnectionRecord } from "./connection";
import type { FoldState } from "./fold-state";
import type { RootRecord } from "./root";

/** The inspection document of everything that was folded (session-format.md). It shares nothing with the fold. */
export function inspectFold(fold: FoldState): Inspection {
  return {
    format: "musubi-devtools-inspection",
    version: 1,
    at: { seq: fold.seq, t: fold.t },
    connections: fold.connections.map(inspectConnection),
    commands: fold.commands.map(({ t: _, ...command }) => ({
      ...command,
      root_id: copyTree(command.root_id),
      store_id: copyTree(command.store_id),
      name: copyTree(command.name),
      payload: copyTree(command.payload),
      reply: copyTree(command.reply),
      patch_seqs: [...command.patch_seqs],
    })),
    events: fold.events.map((event) => ({
      ...event,
      store_id: [...event.store_id],
      payload: copyTree(event.payload),
    })),
    problems: fold.problems.map((problem) => ({ ...problem })),
  };
}

function inspectConnection(connection: ConnectionRecord): ConnectionDocument {
  const { id, endpoint, transport, serializer, status } = connection;
  return {
    id,
    endpoint,
    transport,
    serializer,
    status,
    sockets: [...connection.sockets],
    channels: connection.channels.map(inspectChannel),
    roots: connection.roots.map(inspectRoot),
  };
}

function inspectChannel({ topic, join_ref, state, kind, presence }: ChannelRecord): ChannelDocument {
  const copy = copyTree(presence);
  return { topic, join_ref, state, kind, presence: isTreeObject(copy) ? copy : null };
}

function inspectRoot(root: RootRecord): RootDocument {
  const { topic, root_id, module, caller_id, wire, status, epoch, version } = root;
  return {
    topic,
    root_id,
    module,
    caller_id,
    params: copyTree(root.params),
    wire,
    status,
    epoch,
    version,
    store_ids: storeIds(root.state),
    state: copyTree(root.state),
    snapshot: takeSnapshot(root.state, root.attachments),
  };
}
