import { assertNever } from "../../wire/assert-never";
import type { Frame } from "../../wire/frame";
import { REPLY_STATUS } from "../../wire/protocol";
import { classifyError } from "../../wire/refusal";
import { type Reply, readReply } from "../../wire/reply";
import { awaitEnvelope } from "./attribution";
import { type ChannelRecord, closeChannel, isEnded } from "./channel";
import type { JoinedKind } from "./channel-kind";
import { answerCommand, type CommandRecord } from "./command";
import { rootOf } from "./connection-roots";
import { type FoldState, report } from "./fold-state";
import { hasRoom } from "./full";
import { keepError, keepName } from "./kept-name";
import { answerMount, answerMountingJoin } from "./mounting";
import { noteChannel, noteMount } from "./note";
import { rootOfCommand } from "./outgoing";
import { type PendingPush, takePending } from "./pending";
import { unmountRoot } from "./root";
import { forgetClosed, type TransportRecord } from "./transport";
import { answerUpload } from "./upload-push";

/** Folds a reply: what it means depends on the push that it answers. */
export function foldReply(fold: FoldState, transport: TransportRecord, frame: Frame): void {
  const { ref, topic } = frame;
  const reply = readReply(frame.payload);
  const push = ref === null ? undefined : takePending(transport.pending, ref, topic);
  if (push === undefined || reply === null) {
    report(
      fold,
      "unmatched_reply",
      `The server replied on ${topic} to ref ${ref ?? "null"}, but no push with that ref awaits a reply on this socket.`,
    );
    noteReply(fold, topic, reply, null, null);
    return;
  }
  fold.answers = push.seq;
  push.exchange.reply_seq = fold.seq;
  answerPush(fold, transport, push, reply);
}

function answerPush(fold: FoldState, transport: TransportRecord, push: PendingPush, reply: Reply): void {
  const { channel, purpose, topic, exchange } = push;
  switch (purpose.kind) {
    case "join":
      answerJoin(fold, transport, push, purpose.mounts, reply);
      break;
    case "leave":
      answerLeave(fold, transport, push);
      break;
    case "mount":
      if (channel !== null && !isEnded(channel)) {
        fold.root = answerMount(fold, transport.connection, channel, purpose.request, reply);
      }
      noteAnswer(fold, push, reply, "mounted", "refused");
      break;
    case "unmount":
      answerUnmount(fold, transport, channel, purpose.root_id, reply);
      noteAnswer(fold, push, reply, "unmounted", "kept");
      break;
    case "command":
      answerCommandPush(fold, transport, channel, purpose.command, reply);
      noteReply(fold, topic, reply, push, purpose.command);
      break;
    case "upload":
      if (channel !== null) {
        answerUpload(fold, transport.connection, channel, purpose.upload, reply, exchange);
      }
      break;
    case "heartbeat":
      noteHeartbeat(fold, transport, push);
      break;
    case "other":
      noteReply(fold, topic, reply, push, null);
      break;
    default:
      assertNever(purpose);
  }
}

function answerJoin(
  fold: FoldState,
  { connection }: TransportRecord,
  push: PendingPush,
  mounts: JoinedKind["mounts"],
  reply: Reply,
): void {
  const { channel, topic, exchange } = push;
  const isOk = reply.status === REPLY_STATUS.ok;
  const refusal = keepError(classifyError(reply));
  if (channel !== null && !isEnded(channel)) {
    if (channel.state === "joining") {
      channel.state = isOk ? "joined" : "refused";
      channel.refusal = refusal;
    }
    if (channel.kind === "root" && mounts !== null) {
      fold.root = answerMountingJoin(fold, connection, channel, mounts, reply);
    }
  }
  const root_key = fold.root?.key ?? null;
  noteChannel(fold, isOk ? "joined" : "refused", channel, { topic, exchange, root_key, refusal });
  if (channel?.kind === "root") noteAnswer(fold, push, reply, "mounted", "refused");
}

function answerLeave(fold: FoldState, transport: TransportRecord, push: PendingPush): void {
  const { channel, topic, exchange } = push;
  if (channel !== null) {
    closeChannel(channel);
    forgetClosed(transport, channel);
  }
  noteChannel(fold, "left", channel, { topic, exchange });
}

function answerUnmount(
  fold: FoldState,
  { connection }: TransportRecord,
  channel: ChannelRecord | null,
  root_id: string | null,
  reply: Reply,
): void {
  if (channel === null || root_id === null) return;
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
  answerCommand(command, reply.status, hasRoom(fold) ? reply.response : null, fold.seq, fold.t);
  channel?.commands.delete(command);
  const root = rootOfCommand(transport, channel, command.topic, command.root_id);
  if (root === undefined) return;
  fold.root = root;
  awaitEnvelope(root.attribution, command, fold.seq, fold.t);
}

function noteHeartbeat({ seq, timeline }: FoldState, { socket }: TransportRecord, push: PendingPush): void {
  timeline.add({ seq, kind: "heartbeat", way: "in", socket, exchange: push.exchange });
}

/** Notes the answer to a mount or an unmount. */
function noteAnswer(
  fold: FoldState,
  { topic, exchange }: PendingPush,
  reply: Reply,
  accepted: "mounted" | "unmounted",
  refused: "refused" | "kept",
): void {
  const what = reply.status === REPLY_STATUS.ok ? accepted : refused;
  const refusal = keepError(classifyError(reply));
  noteMount(fold, what, { topic, exchange, root_key: fold.root?.key ?? null, refusal });
}

/** Notes a reply that is of no other kind; `push` is null where it answers none. */
function noteReply(
  fold: FoldState,
  topic: string,
  reply: Reply | null,
  push: PendingPush | null,
  command: CommandRecord | null,
): void {
  const { seq, root, names } = fold;
  const exchange = push?.exchange ?? null;
  const status = keepName(names, reply?.status ?? "");
  const error = reply === null ? null : keepError(classifyError(reply));
  fold.timeline.add({
    ...{ seq, kind: "reply", topic: keepName(names, topic), status },
    ...{ command, root, exchange, error },
  });
}
