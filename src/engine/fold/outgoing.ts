import { readCommandRequest } from "../../wire/command";
import type { Frame } from "../../wire/frame";
import { isJsonObject, type Json, ownField } from "../../wire/json";
import { readMountRequest } from "../../wire/mount";
import { EVENT, TOPIC } from "../../wire/protocol";
import { type ChannelRecord, createChannel, leaveChannel } from "./channel";
import { isMusubiTopic, kindOfJoin } from "./channel-kind";
import type { CommandRecord } from "./command";
import { addChannel, channelOf, rootOf } from "./connection";
import { type FoldState, report } from "./fold-state";
import { findInstance } from "./instance";
import { becomeConnection, onlyRoot } from "./mounting";
import { addPending, type Purpose } from "./pending";
import type { RootRecord } from "./root";
import { instanceKey, type TransportRecord } from "./transport";

const OTHER: Purpose = { kind: "other" };

/** Folds a frame that the page, or DevTools in its name, sent. */
export function foldOutgoing(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
  by: CommandRecord["by"],
): void {
  if (frame.topic === TOPIC.phoenix) awaitReply(fold, transport, frame, null, OTHER);
  else if (frame.event === EVENT.join) foldJoin(fold, transport, frame);
  else foldPush(fold, transport, frame, findInstance(fold, transport, frame), by);
}

function foldPush(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
  channel: ChannelRecord | null,
  by: CommandRecord["by"],
): void {
  if (frame.event === EVENT.leave) foldLeave(fold, transport, frame, channel);
  else if (frame.event === EVENT.command && carriesRoots(transport, frame.topic, channel)) {
    foldCommand(fold, transport, frame, channel, by);
  } else {
    const purpose = channel === null ? OTHER : purposeOf(transport, channel, frame);
    awaitReply(fold, transport, frame, channel, purpose);
  }
}

/** A page may send before it has joined again: what it sends is of the kind that the topic was. */
function carriesRoots(
  { connection }: TransportRecord,
  topic: string,
  channel: ChannelRecord | null,
): boolean {
  const kind = (channel ?? channelOf(connection, topic))?.kind;
  return kind === "connection" || kind === "root";
}

function purposeOf(
  transport: TransportRecord,
  channel: ChannelRecord,
  { topic, event, payload }: Frame,
): Purpose {
  if (event === EVENT.mount && isMusubiTopic(topic)) {
    becomeConnection(transport.connection, channel);
    if (channel.kind === "connection") return { kind: "mount", request: readMountRequest(payload) };
  }
  if (event === EVENT.unmount && channel.kind === "connection") {
    const root_id = isJsonObject(payload) ? ownField(payload, "root_id") : null;
    return { kind: "unmount", root_id: typeof root_id === "string" ? root_id : null };
  }
  return OTHER;
}

function foldJoin(fold: FoldState, transport: TransportRecord, frame: Frame): void {
  const { topic, payload } = frame;
  const { connection } = transport;
  const { kind, mounts } = kindOfJoin(topic, payload, channelOf(connection, topic)?.kind);
  // V1 clients may leave the join_ref out; the ref of the join stands for it.
  const join_ref = frame.join_ref ?? frame.ref;
  const { socket } = transport;
  const channel = createChannel(
    fold,
    { socket, topic, join_ref, state: "joining", kind },
    connection.archive.create,
  );
  channel.is_tentative = mounts?.wire === "adapter";
  transport.channels.set(instanceKey(topic, channel.join_ref), channel);
  addChannel(connection, channel);
  awaitReply(fold, transport, frame, channel, { kind: "join", mounts });
}

function foldLeave(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
  channel: ChannelRecord | null,
): void {
  if (channel !== null) {
    leaveChannel(channel);
    transport.channels.set(instanceKey(channel.topic, channel.join_ref), channel);
    fold.root = channel.kind === "root" ? (onlyRoot(channel) ?? null) : null;
  }
  awaitReply(fold, transport, frame, channel, { kind: "leave" });
}

function foldCommand(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
  channel: ChannelRecord | null,
  by: CommandRecord["by"],
): void {
  const { seq, t } = fold;
  const { topic, ref } = frame;
  const request = readCommandRequest(frame.payload);
  const answer = { status: "pending", reply: null, rtt_ms: null, patch_seqs: [] };
  const command: CommandRecord = {
    ...{ seq, t, socket: transport.socket, topic, ref, ...request, by, ...answer },
    ...{ ended_seq: null, confidence: null },
  };
  fold.commands.push(command);
  channel?.commands.add(command);
  fold.root = rootOfCommand(transport, channel, command.topic, command.root_id) ?? null;
  awaitReply(fold, transport, frame, channel, { kind: "command", command });
}

/** The root that a command was sent to; undefined where there is none. */
export function rootOfCommand(
  transport: TransportRecord,
  channel: ChannelRecord | null,
  topic: string,
  root_id: Json,
): RootRecord | undefined {
  if (channel?.kind === "root") return onlyRoot(channel);
  return typeof root_id === "string" ? rootOf(transport.connection, topic, root_id) : undefined;
}

function awaitReply(
  fold: FoldState,
  transport: TransportRecord,
  { ref, topic, event }: Frame,
  channel: ChannelRecord | null,
  purpose: Purpose,
): void {
  if (ref === null) return;
  const isReused = addPending(transport.pending, ref, { seq: fold.seq, topic, channel, purpose });
  if (!isReused) return;
  report(
    fold,
    "duplicate_ref",
    `The page sent ${event} on ${topic} with ref ${ref}, which still awaits the reply to an earlier push. ` +
      "Their replies are taken in the order of the pushes.",
  );
}
