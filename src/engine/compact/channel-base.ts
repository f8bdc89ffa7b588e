import type { ChannelBaseEvent } from "../../session/event";
import { isJsonObject } from "../../wire/json";
import type { LiveChannel } from "../live";

/**
 * The base that stands for who is present on a plain channel (session-format.md); null where nobody was heard of.
 * @param t the time of the last event that is folded into it, in milliseconds of the session
 */
export function channelBase(channel: LiveChannel, t: number): ChannelBaseEvent | null {
  const { socket, topic, join_ref, kind, presences } = channel;
  const presence = presences?.now().presence;
  if (kind !== "plain" || !isJsonObject(presence)) return null;
  return { type: "base", t, socket, topic, join_ref, presence };
}

/** What is left of a channel's base where a later one says who is present: that the channel was joined. */
export function emptyChannelBase(base: ChannelBaseEvent): ChannelBaseEvent {
  return { ...base, presence: null };
}
