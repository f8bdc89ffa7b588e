import type { Frame } from "../../wire/frame";
import { EVENT } from "../../wire/protocol";
import type { ChannelRecord } from "./channel";
import { channelOf, isOlderRef } from "./connection-channels";
import { type FoldState, report } from "./fold-state";
import { instanceKey, type TransportRecord } from "./transport";

/**
 * The channel instance that a frame belongs to, by socket, topic and join_ref; a frame without join_ref belongs to the
 * newest (wire.md 2.2). Null where none is known. A frame of an older instance is reported; what it says must not
 * touch the newest.
 */
export function findInstance(
  fold: FoldState,
  transport: TransportRecord,
  frame: Frame,
): ChannelRecord | null {
  const { topic, join_ref } = frame;
  const newest = channelOf(transport.connection, topic);
  if (newest === undefined) return null;
  const isNewest = newest.socket === transport.socket;
  if (join_ref === null) return isNewest ? newest : null;
  if (isNewest && join_ref === newest.join_ref) return newest;
  if (isOlderRef(transport.connection, topic, join_ref)) reportStale(fold, frame, newest);
  return transport.channels.get(instanceKey(topic, join_ref)) ?? null;
}

/** The instance that a `phx_close` or `phx_error` ends. V1 servers name it in the ref. One that is old is no problem. */
export function findEndedInstance(
  transport: TransportRecord,
  { topic, join_ref, ref }: Frame,
): ChannelRecord | null {
  const ended = join_ref ?? ref;
  const newest = channelOf(transport.connection, topic);
  if (ended === null) return newest?.socket === transport.socket ? newest : null;
  if (newest?.socket === transport.socket && newest.join_ref === ended) return newest;
  return transport.channels.get(instanceKey(topic, ended)) ?? null;
}

function reportStale(fold: FoldState, { topic, event, join_ref }: Frame, newest: ChannelRecord): void {
  const what = event === EVENT.leave ? "This leave" : `This ${event}`;
  report(
    fold,
    "stale_join_ref",
    `${what} on ${topic} has join_ref ${join_ref}, but the topic has been joined again with ` +
      `${newest.join_ref}. It does not reach the new channel.`,
  );
}
