import { isJsonObject } from "../../wire/json";
import { createCursor } from "../content/cursor";
import type { Content } from "../content/draft";
import { takeSnapshot } from "../content/snapshot";
import { storeIds } from "../content/store-tree";
import type { ChannelDocument, ConnectionDocument, Inspection, RootDocument } from "../inspection";
import type { ChannelRecord } from "./channel";
import { commandAt } from "./command";
import type { ConnectionRecord } from "./connection";
import type { FoldState } from "./fold-state";
import type { RootRecord } from "./root";

/**
 * The inspection document after event `seq` (session-format.md). Nothing in it ever changes. `"truncated"` where the
 * history that it needs has been let go.
 */
export function inspectFold(fold: FoldState, seq: number, t: number): Inspection | "truncated" {
  const connections: ConnectionDocument[] = [];
  for (const connection of fold.connections) {
    const document = inspectConnection(connection, seq);
    if (document === "truncated") return document;
    if (document !== null) connections.push(document);
  }
  return {
    format: "musubi-devtools-inspection",
    version: 1,
    at: { seq, t },
    connections,
    commands: fold.commands.flatMap((command) => commandAt(command, seq) ?? []),
    events: upTo(fold.events, seq),
    problems: upTo(fold.problems, seq),
  };
}

function upTo<Item extends { readonly seq: number }>(items: readonly Item[], seq: number): readonly Item[] {
  return items.filter((item) => item.seq <= seq);
}

function inspectConnection(
  connection: ConnectionRecord,
  seq: number,
): ConnectionDocument | "truncated" | null {
  const face = connection.newest.at(seq);
  const status = connection.statusAt(seq);
  if (face === undefined || status === undefined) return null;
  const channels: ChannelDocument[] = [];
  for (const instance of connection.instances) {
    const channel = instance.at(seq);
    const document = channel === undefined ? null : inspectChannel(channel, seq);
    if (document === "truncated") return document;
    if (document !== null) channels.push(document);
  }
  const roots: RootDocument[] = [];
  for (const { root, removed_seq } of connection.stays) {
    if (root.seq > seq || (removed_seq !== null && removed_seq <= seq)) continue;
    const document = inspectRoot(root, seq);
    if (document === "truncated") return document;
    roots.push(document);
  }
  const { endpoint, transport, serializer } = face;
  const sockets = connection.sockets.slice(0, face.sockets);
  return { id: connection.id, endpoint, transport, serializer, status, sockets, channels, roots };
}

function inspectChannel(channel: ChannelRecord, seq: number): ChannelDocument | "truncated" {
  const { topic, join_ref } = channel;
  const [state, kind] = [channel.stateAt(seq), channel.kindAt(seq)];
  if (state === undefined || kind === undefined) throw new Error(`${topic} has no state at event ${seq}.`);
  const presence = kind === "plain" ? presenceAt(channel, seq) : null;
  return presence === "truncated" ? presence : { topic, join_ref, state, kind, presence };
}

function presenceAt({ presences }: ChannelRecord, seq: number): ChannelDocument["presence"] | "truncated" {
  if (presences === null) return null;
  const content = createCursor(presences).seek(seq);
  if (content === "truncated") return content;
  const { presence } = content;
  return isJsonObject(presence) ? presence : null;
}

function inspectRoot(root: RootRecord, seq: number): RootDocument | "truncated" {
  const content = createCursor(root.history).seek(seq);
  const past = pastOf(root, seq);
  if (content === "truncated") return content;
  return { ...past, ...showContent(content) };
}

function showContent(content: Content): Pick<RootDocument, "store_ids" | "state" | "snapshot"> {
  const { state } = content;
  return { store_ids: storeIds(state), state, snapshot: takeSnapshot(content) };
}

function pastOf(root: RootRecord, seq: number): Omit<RootDocument, "store_ids" | "state" | "snapshot"> {
  const { topic, root_id, past } = root;
  const mount = root.mount.at(seq);
  const [status, wire, epoch] = [past.statusAt(seq), past.wireAt(seq), past.epochAt(seq)];
  if (mount === undefined || status === undefined || wire === undefined || epoch === undefined) {
    throw new Error(`Root ${root_id} was not there at event ${seq}.`);
  }
  const { module, id, params } = mount;
  const version = versionAt(root, seq);
  return { topic, root_id, module, caller_id: id, params, wire, status, epoch, version };
}

/** The version that a root held after event `seq`: that of its last revision since the mount of then, or 0. */
function versionAt({ history, past, clock, version }: RootRecord, seq: number): number {
  if (seq >= clock.seq) return version;
  const last = history.headTo(history.countAt(seq));
  return last === undefined || last.seq < (past.mountedAt.at(seq) ?? 0) ? 0 : last.version;
}
