import { isJsonObject } from "../../wire/json";
import { createCursor } from "../content/cursor";
import type { Content } from "../content/draft";
import { takeSnapshot } from "../content/snapshot";
import { storeIds } from "../content/store-tree";
import type { ChannelDocument, ConnectionDocument, Inspection, RootDocument } from "../inspection";
import type { LiveChannel } from "../live";
import { commandAt } from "./command";
import { type ChannelAt, type ConnectionAt, facesAt, type RootAt } from "./faces";
import type { FoldState } from "./fold-state";

/**
 * The inspection document after event `seq` (session-format.md). Nothing in it ever changes. `"truncated"` where the
 * history that it needs has been let go.
 */
export function inspectFold(fold: FoldState, seq: number, t: number): Inspection | "truncated" {
  const faces = facesAt(fold.connections, seq);
  if (faces === "truncated") return faces;
  const connections: ConnectionDocument[] = [];
  for (const face of faces) {
    const document = inspectConnection(face, seq);
    if (document === "truncated") return document;
    connections.push(document);
  }
  return {
    format: "musubi-devtools-inspection",
    version: 1,
    at: { seq, t },
    connections,
    commands: fold.commands.flatMap((command) => commandAt(command, seq) ?? []),
    events: upTo(fold.events, seq),
    problems: upTo(fold.problems, seq).map(({ seq, code, message }) => ({ seq, code, message })),
  };
}

function upTo<Item extends { readonly seq: number }>(items: readonly Item[], seq: number): readonly Item[] {
  return items.filter((item) => item.seq <= seq);
}

function inspectConnection(face: ConnectionAt, seq: number): ConnectionDocument | "truncated" {
  const channels: ChannelDocument[] = [];
  for (const channel of face.channels) {
    const document = inspectChannel(channel, seq);
    if (document === "truncated") return document;
    channels.push(document);
  }
  const roots: RootDocument[] = [];
  for (const root of face.roots) {
    const document = inspectRoot(root, seq);
    if (document === "truncated") return document;
    roots.push(document);
  }
  const { id, endpoint, transport, serializer, status, sockets } = face;
  return { id, endpoint, transport, serializer, status, sockets, channels, roots };
}

function inspectChannel(face: ChannelAt, seq: number): ChannelDocument | "truncated" {
  const { topic, join_ref, state, kind, live } = face;
  const presence = kind === "plain" ? presenceAt(live, seq) : null;
  return presence === "truncated" ? presence : { topic, join_ref, state, kind, presence };
}

function presenceAt({ presences }: LiveChannel, seq: number): ChannelDocument["presence"] | "truncated" {
  if (presences === null) return null;
  const content = createCursor(presences).seek(seq);
  if (content === "truncated") return content;
  const { presence } = content;
  return isJsonObject(presence) ? presence : null;
}

function inspectRoot(face: RootAt, seq: number): RootDocument | "truncated" {
  const content = createCursor(face.live.history).seek(seq);
  if (content === "truncated") return content;
  const { topic, root_id, module, caller_id, params, wire, status, epoch, version } = face;
  const past = { topic, root_id, module, caller_id, params, wire, status, epoch, version };
  return { ...past, ...showContent(content) };
}

function showContent(content: Content): Pick<RootDocument, "store_ids" | "state" | "snapshot"> {
  const { state } = content;
  return { store_ids: storeIds(state), state, snapshot: takeSnapshot(content) };
}
