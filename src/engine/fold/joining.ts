import type { Frame } from "../../wire/frame";
import { composeRootId } from "../../wire/mount";
import { awaitReply } from "./await-reply";
import { createChannel } from "./channel";
import { kindOfJoin } from "./channel-kind";
import { channelOf } from "./connection-channels";
import { rootKeyOf } from "./connection-roots";
import type { FoldState } from "./fold-state";
import { isFull } from "./full";
import { noteChannel, noteMount } from "./note";
import { addInstance, type TransportRecord } from "./transport";
import { ownerOf } from "./upload-push";

/** Folds a join: a new instance of its topic, which may mount a root (wire.md 3, 5). */
export function foldJoin(fold: FoldState, transport: TransportRecord, frame: Frame): void {
  const { topic, payload } = frame;
  const { connection } = transport;
  const { kind, mounts } = kindOfJoin(topic, payload, channelOf(connection, topic)?.kind);
  // V1 clients may leave the join_ref out; the ref of the join stands for it.
  const join_ref = frame.join_ref ?? frame.ref;
  const { socket } = transport;
  const root_key =
    mounts === null
      ? null
      : rootKeyOf(connection, topic, composeRootId(mounts.mount.module, mounts.mount.id));
  if (isFull(fold, connection.told, "channels", connection.joins)) {
    const exchange = awaitReply(fold, transport, frame, null, { kind: "other" });
    noteChannel(fold, "join", null, { topic, exchange });
    return;
  }
  const channel = createChannel(
    fold,
    { socket, topic, join_ref, state: "joining", kind },
    connection.archive.create,
  );
  if (channel.upload !== null) channel.upload.of = ownerOf(connection, topic);
  channel.is_tentative = mounts?.wire === "adapter";
  addInstance(transport, channel);
  const exchange = awaitReply(fold, transport, frame, channel, { kind: "join", mounts });
  noteChannel(fold, "join", channel, { topic, exchange, root_key });
  if (root_key !== null) noteMount(fold, "mount", { topic, exchange, root_key });
}
