import { assertNever } from "../../wire/assert-never";
import type { Frame } from "../../wire/frame";
import { EVENT, REPLY_STATUS, TOPIC } from "../../wire/protocol";
import { type Reply, readReply } from "../../wire/reply";
import { awaitEnvelope } from "./attribution";
import { type ChannelRecord, closeChannel, failChannel, isEnded } from "./channel";
import type { JoinedKind } from "./channel-kind";
import { answerCommand, type CommandRecord } from "./command";
import { rootOf } from "./connection";
import { type FoldState, report } from "./fold-state";
import { findEndedInstance, findInstance } from "./instance";
import { answerMount, answerMountingJoin, onlyRoot } from "./mounting";
import { rootOfCommand } from "./outgoing";
import { foldPatch } from "./patch-push";
import { type PendingPush, takePending } from "./pending";
import { foldPresence } from "./presence";
import { unmountRoot } from "./root";
import { instanceKey, type TransportRecord } from "./transport";

/** Folds a frame that the server sent. */
export function foldIncoming(fold: FoldState, transport: TransportRecord, frame: Frame): void {
  switch (frame.event) {
    case EVENT.reply:
      foldReply(fold, transport, frame);
      break;
    case EVENT.close:
      foldEnd(fold, transport, frame, closeChannel);
      break;
    case EVENT.error:
      foldEnd(fold, transport, frame, failChannel);
      break;
    default:
      foldServerPush(fold, transport, frame);
  }
}

function foldServerPush(fold: FoldState, transport: TransportRecord, frame: Frame): void {
  if (frame.topic === TOPIC.phoenix) return;
  const channel = findInstance(fold, transport, frame);
  // What an older instance still says is not for the new one (wire.md 2.2).
  if (channel === null || channel.is_superseded) return;
  if (frame.event === EVENT.patch) foldPatch(fold, transport.connection, channel, frame);
  else if (channel.kind === "plain") foldPresence(channel, frame.event, frame.payload, fold.seq, fold.size);
}

function foldEnd(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
  end: (channel: ChannelRecord) => void,
): void {
  const channel = findEndedInstance(transport, frame);
  if (channel === null) return;
  end(channel);
  forgetClosed(transport, channel);
  if (channel.kind === "root") fold.root = onlyRoot(channel) ?? null;
}

function forgetClosed(transport: TransportRecord, channel: ChannelRecord): void {
  if (channel.state !== "closed") return;
  const key = instanceKey(channel.topic, channel.join_ref);
  if (transport.channels.get(key) === channel) transport.channels.delete(key);
}

function foldReply(fold: FoldState, transport: TransportRecord, frame: Frame): void {
  const { ref, topic } = frame;
  const reply = readReply(frame.payload);
  const push = ref === null ? undefined : takePending(transport.pending, ref, topic);
  if (push === undefined || reply === null) {
    report(
      fold,
      "unmatched_reply",
      `The server replied on ${topic} to ref ${ref ?? "null"}, but no push with that ref awaits a reply on this socket.`,
    );
    return;
  }
  fold.answers = push.seq;
  answerPush(fold, transport, push, reply);
}

function answerPush(fold: FoldState, transport: TransportRecord, push: PendingPush, reply: Reply): void {
  const { channel, purpose } = push;
  if (purpose.kind === "command") answerCommandPush(fold, transport, channel, purpose.command, reply);
  if (channel === null) return;
  switch (purpose.kind) {
    case "join":
      answerJoin(fold, transport, channel, purpose.mounts, reply);
      break;
    case "leave":
      closeChannel(channel);
      forgetClosed(transport, channel);
      break;
    case "mount":
      if (!isEnded(channel)) fold.root = answerMount(transport.connection, channel, purpose.request, reply);
      break;
    case "unmount":
      if (purpose.root_id !== null) answerUnmount(fold, transport, channel, purpose.root_id, reply);
      break;
    case "command":
    case "other":
      break;
    default:
      assertNever(purpose);
  }
}

function answerJoin(
  fold: FoldState,
  { connection }: TransportRecord,
  channel: ChannelRecord,
  mounts: JoinedKind["mounts"],
  reply: Reply,
): void {
  if (isEnded(channel)) return;
  if (channel.state === "joining") channel.state = reply.status === REPLY_STATUS.ok ? "joined" : "refused";
  if (channel.kind !== "root" || mounts === null) return;
  fold.root = answerMountingJoin(connection, channel, mounts, reply);
}

function answerUnmount(
  fold: FoldState,
  { connection }: TransportRecord,
  channel: ChannelRecord,
  root_id: string,
  reply: Reply,
): void {
  const root = rootOf(connection, channel.topic, root_id);
  if (root === undefined) return;
  fold.root = root;
  if (reply.status === REPLY_STATUS.ok && root.channel === channel) unmountRoot(root);
}

function answerCommandPush(
  fold: FoldState,
  transport: TransportRecord,
  channel: ChannelRecord | null,
  command: CommandRecord,
  reply: Reply,
): void {
  answerCommand(command, reply.status, reply.response, fold.seq, fold.t);
  channel?.commands.delete(command);
  const root = rootOfCommand(transport, channel, command.topic, command.root_id);
  if (root === undefined) return;
  fold.root = root;
  awaitEnvelope(root.attribution, command, fold.seq, fold.t);
}
