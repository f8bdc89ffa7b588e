import type { Frame } from "../../wire/frame";
import type { Json } from "../../wire/json";
import { EVENT, TOPIC } from "../../wire/protocol";
import { type ChannelRecord, closeChannel, failChannel } from "./channel";
import type { FoldState } from "./fold-state";
import { findEndedInstance, findInstance } from "./instance";
import { foldLens } from "./lens";
import { onlyRoot } from "./mounting";
import { noteChannel, notePush } from "./note";
import { foldPatch } from "./patch-push";
import { foldPresence } from "./presence";
import { foldReply } from "./replying";
import { forgetClosed, type TransportRecord } from "./transport";

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
  const channel = frame.topic === TOPIC.phoenix ? null : findInstance(fold, transport, frame);
  // What an older instance still says is not for the new one (wire.md 2.2).
  const isHeard = channel !== null && !channel.is_superseded;
  if (isHeard) fold.channel = channel;
  if (!isHeard || !foldHeard(fold, transport, channel, frame)) notePush(fold, "in", frame, null);
}

/** Folds a push for the newest instance of its topic. Returns whether it is more than a message of the app's. */
function foldHeard(
  fold: FoldState,
  { connection }: TransportRecord,
  channel: ChannelRecord,
  frame: Frame,
): boolean {
  const { event, payload } = frame;
  if (event === EVENT.patch) return foldPatch(fold, connection, channel, frame);
  if (channel.kind === "plain") return foldPlain(fold, channel, event, payload);
  if (event !== EVENT.assigns || channel.kind === "upload") return false;
  foldLens(fold, connection, channel, frame);
  return true;
}

function foldPlain(fold: FoldState, channel: ChannelRecord, event: string, payload: Json): boolean {
  const { seq, size } = fold;
  if (!foldPresence(channel, event, payload, seq, size)) return false;
  const what = event === EVENT.presenceState ? "state" : "diff";
  fold.timeline.add({ seq, kind: "presence", what, channel });
  return true;
}

function foldEnd(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
  end: (channel: ChannelRecord) => void,
): void {
  const channel = findEndedInstance(transport, frame);
  if (channel !== null) {
    end(channel);
    forgetClosed(transport, channel);
    if (channel.kind === "root") fold.root = onlyRoot(channel) ?? null;
  }
  const what = frame.event === EVENT.close ? "close" : "error";
  noteChannel(fold, what, channel, { topic: frame.topic, root_key: fold.root?.key ?? null });
}
