import { isJsonObject, ownField } from "../../wire/json";
import { composeRootId, isNamedMount, type MountRequest, type NamedMount } from "../../wire/mount";
import { REPLY_STATUS } from "../../wire/protocol";
import { classifyError } from "../../wire/refusal";
import type { Reply } from "../../wire/reply";
import type { Wire } from "../inspection";
import type { ChannelRecord } from "./channel";
import type { JoinedKind } from "./channel-kind";
import { endClient } from "./client-side";
import type { ConnectionRecord } from "./connection";
import { addRoot, removeRoot, rootKeyOf, rootOf } from "./connection-roots";
import type { FoldState } from "./fold-state";
import { isFull } from "./full";
import { keepError } from "./kept-name";
import { acceptMount, createRoot, isComposedId, type RootRecord, unmountRoot } from "./root";

/** The join of a root's own channel was answered (wire.md 5). Returns the root that it concerns. */
export function answerMountingJoin(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  { mount, wire }: NonNullable<JoinedKind["mounts"]>,
  reply: Reply,
): RootRecord | null {
  const composed = composeRootId(mount.module, mount.id);
  if (reply.status !== REPLY_STATUS.ok)
    return refuse(fold, connection, channel.topic, composed, mount, wire, reply);
  const named = rootIdIn(reply);
  // The adapter names no root, so that a server which does speaks the wire of one channel a root.
  const root = accept(
    fold,
    connection,
    channel,
    named ?? composed,
    mount,
    named === null ? wire : "per_root",
  );
  if (named !== null) channel.is_tentative = false;
  if (root !== null && channel.state === "leaving") unmountRoot(root);
  return root;
}

/** A `mount` push was answered (wire.md 4). Returns the root that it concerns; null where it names none. */
export function answerMount(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  request: MountRequest | null,
  reply: Reply,
): RootRecord | null {
  if (request === null || typeof request.id !== "string") return null;
  const mount: NamedMount = isNamedMount(request) ? request : { ...request, module: "", id: request.id };
  const named = rootIdIn(reply);
  if (reply.status === REPLY_STATUS.ok) {
    const root_id = named ?? mount.id;
    if (!channel.composes_ids && isComposedId(root_id, mount)) {
      channel.composes_ids = true;
      fold.is_lasting = true;
    }
    return accept(fold, connection, channel, root_id, mount, "multiplexed");
  }
  // Only newer servers name the root in a refusal; what they would have composed is known once they did it.
  const expected = channel.composes_ids ? composeRootId(mount.module, mount.id) : mount.id;
  return refuse(fold, connection, channel.topic, named ?? expected, mount, "multiplexed", reply);
}

/**
 * A `mount` push, or an envelope for a root of another id, proves that a `musubi:*` channel carries many roots, unless
 * its join proved the contrary (wire.md 3). What was taken for the adapter's only root was none then.
 */
export function becomeConnection(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
): void {
  const isRoot = channel.kind === "root" && channel.is_tentative;
  if (!isRoot && channel.kind !== "plain") return;
  fold.is_lasting = true;
  channel.kind = "connection";
  if (!isRoot) return;
  channel.is_tentative = false;
  for (const root of channel.roots) removeRoot(connection, root);
  channel.roots.clear();
}

/** The root of a channel that carries one root; undefined before its mount was accepted. */
export function onlyRoot(channel: ChannelRecord): RootRecord | undefined {
  const [root] = channel.roots;
  return root;
}

function accept(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  root_id: string,
  mount: NamedMount,
  wire: Wire,
): RootRecord | null {
  const root =
    rootOf(connection, channel.topic, root_id) ??
    newRoot(fold, connection, channel.topic, root_id, mount, wire);
  if (root === null) return null;
  root.wire = wire;
  acceptMount(root, channel, mount);
  channel.roots.add(root);
  return root;
}

/** A refused mount shows as a root only where there is none yet, and an id to call it by. */
function refuse(
  fold: FoldState,
  connection: ConnectionRecord,
  topic: string,
  root_id: string,
  mount: NamedMount,
  wire: Wire,
  reply: Reply,
): RootRecord | null {
  const known = rootOf(connection, topic, root_id);
  if (known === undefined && mount.id === "") return null;
  const root = known ?? newRoot(fold, connection, topic, root_id, mount, wire);
  if (root === null) return null;
  root.refusal = keepError(classifyError(reply));
  // Its client gives the root up; but for one that is mounted, which was asked for twice.
  if (root.status === "lost") endClient(root.client, fold.seq);
  return root;
}

/** Adds a root; null where there are too many. */
function newRoot(
  fold: FoldState,
  connection: ConnectionRecord,
  topic: string,
  root_id: string,
  mount: NamedMount,
  wire: Wire,
): RootRecord | null {
  if (isFull(fold, connection.told, "roots", connection.stays.length)) return null;
  const key = rootKeyOf(connection, topic, root_id);
  const root = createRoot(connection.clock, connection.archive.create(), { key, wire }, mount);
  addRoot(connection, root);
  fold.is_lasting = true;
  return root;
}

function rootIdIn({ response }: Reply): string | null {
  const root_id = isJsonObject(response) ? ownField(response, "root_id") : undefined;
  return typeof root_id === "string" ? root_id : null;
}
