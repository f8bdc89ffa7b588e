import { readCommandRequest } from "../../wire/command";
import type { Frame } from "../../wire/frame";
import { fieldIn, type Json } from "../../wire/json";
import { readMountRequest } from "../../wire/mount";
import { EVENT, TOPIC } from "../../wire/protocol";
import { awaitReply } from "./await-reply";
import { type ChannelRecord, leaveChannel } from "./channel";
import { isMusubiTopic } from "./channel-kind";
import type { CommandRecord } from "./command";
import { channelOf } from "./connection-channels";
import { rootOf } from "./connection-roots";
import type { FoldState } from "./fold-state";
import { hasRoom, isFull } from "./full";
import { findInstance } from "./instance";
import { foldJoin } from "./joining";
import { becomeConnection, onlyRoot } from "./mounting";
import { noteChannel, noteMount } from "./note";
import { noteOutgoing } from "./note-outgoing";
import type { Purpose } from "./pending";
import type { RootRecord } from "./root";
import { instanceKey, type TransportRecord } from "./transport";
import { readUploadPush } from "./upload-push";

const OTHER: Purpose = { kind: "other" };
const HEARTBEAT: Purpose = { kind: "heartbeat" };

/** Folds a frame that the page, or DevTools in its name, sent. */
export function foldOutgoing(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
  by: CommandRecord["by"],
): void {
  if (frame.topic === TOPIC.phoenix) {
    const purpose = frame.event === EVENT.heartbeat ? HEARTBEAT : OTHER;
    const exchange = awaitReply(fold, transport, frame, null, purpose);
    noteOutgoing(fold, transport, frame, null, purpose, exchange);
  } else if (frame.event === EVENT.join) foldJoin(fold, transport, frame);
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
  else if (isFollowedCommand(fold, transport, frame, channel))
    foldCommand(fold, transport, frame, channel, by);
  else {
    const purpose = channel === null ? OTHER : purposeOf(fold, transport, channel, frame);
    const exchange = awaitReply(fold, transport, frame, channel, purpose);
    noteOutgoing(fold, transport, frame, channel, purpose, exchange);
  }
}

function isFollowedCommand(
  fold: FoldState,
  transport: TransportRecord,
  { event, topic }: Frame,
  channel: ChannelRecord | null,
): boolean {
  if (event !== EVENT.command || !carriesRoots(transport, topic, channel)) return false;
  return !isFull(fold, fold.told, "commands", fold.commands.length) && hasRoom(fold);
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
  fold: FoldState,
  transport: TransportRecord,
  channel: ChannelRecord,
  frame: Frame,
): Purpose {
  const { topic, event, payload } = frame;
  if (event === EVENT.mount && isMusubiTopic(topic)) {
    becomeConnection(fold, transport.connection, channel);
    if (channel.kind === "connection") return { kind: "mount", request: readMountRequest(payload) };
  }
  if (event === EVENT.unmount && channel.kind === "connection") {
    const root_id = fieldIn(payload, "root_id");
    return { kind: "unmount", root_id: typeof root_id === "string" ? root_id : null };
  }
  const upload = readUploadPush(transport.connection, channel, frame);
  return upload === null ? OTHER : { kind: "upload", upload };
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
  const { topic } = frame;
  const exchange = awaitReply(fold, transport, frame, channel, { kind: "leave" });
  const root_key = fold.root?.key ?? null;
  noteChannel(fold, "leave", channel, { topic, exchange, root_key });
  if (root_key !== null) noteMount(fold, "unmount", { topic, exchange, root_key });
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
  const exchange = awaitReply(fold, transport, frame, channel, { kind: "command", command });
  fold.timeline.add({ seq, kind: "command", command, root: fold.root, exchange });
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
