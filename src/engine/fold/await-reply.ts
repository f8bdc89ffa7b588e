import type { Frame } from "../../wire/frame";
import type { ChannelRecord } from "./channel";
import { type FoldState, report } from "./fold-state";
import { isFull } from "./full";
import { addPending, dropOldestPending, type Purpose } from "./pending";
import type { Exchange } from "./timeline-entry";
import type { TransportRecord } from "./transport";

/** A push was sent: its reply will find it. Null where it has no ref, so that none can come. */
export function awaitReply(
  fold: FoldState,
  transport: TransportRecord,
  { ref, topic, event }: Frame,
  channel: ChannelRecord | null,
  purpose: Purpose,
): Exchange | null {
  if (ref === null) return null;
  const { pending, told } = transport;
  if (!pending.has(ref) && isFull(fold, told, "pending_pushes", pending.size)) dropOldestPending(pending);
  const { seq } = fold;
  const exchange: Exchange = { push_seq: seq, reply_seq: null };
  const isReused = addPending(pending, ref, { seq, topic, channel, purpose, exchange });
  if (isReused) reportReused(fold, ref, topic, event);
  return exchange;
}

function reportReused(fold: FoldState, ref: string, topic: string, event: string): void {
  report(
    fold,
    "duplicate_ref",
    `The page sent ${event} on ${topic} with ref ${ref}, which still awaits the reply to an earlier push. ` +
      "Their replies are taken in the order of the pushes.",
  );
}
