import type { ChannelRecord } from "./channel";
import type { ConnectionRecord } from "./connection";
import { createTimed } from "./timed";

/** The newest instance of a topic. */
export function channelOf(connection: ConnectionRecord, topic: string): ChannelRecord | undefined {
  const { recent_channel: recent } = connection;
  if (recent !== null && recent.topic === topic) return recent;
  const place = connection.places.get(topic);
  const channel = place === undefined ? undefined : connection.channels[place];
  connection.recent_channel = channel ?? null;
  return channel;
}

/** Makes `channel` the newest instance of its topic. */
export function addChannel(connection: ConnectionRecord, channel: ChannelRecord): void {
  const { topic } = channel;
  connection.joins++;
  connection.recent_channel = null;
  const place = connection.places.get(topic);
  if (place === undefined) {
    connection.places.set(topic, connection.channels.push(channel) - 1);
    connection.instances.push(createTimed(connection.clock, channel));
    return;
  }
  const before = connection.channels[place];
  const older = before?.join_ref ?? null;
  // The server that answers is of the same kind as the one before.
  channel.composes_ids = before?.composes_ids ?? false;
  channel.nth = (before?.nth ?? 0) + 1;
  if (before !== undefined) before.is_superseded = true;
  connection.channels[place] = channel;
  connection.instances[place]?.set(channel);
  const refs = connection.olderRefs.get(topic) ?? new Set();
  connection.olderRefs.set(topic, refs);
  if (older !== null) rememberRef(refs, older);
  // A client that starts anew counts from the beginning again.
  if (channel.join_ref !== null) refs.delete(channel.join_ref);
}

/** Join_refs of a topic's earlier instances that are known as such; of more, the oldest go. */
const MAX_OLDER_REFS = 1000;

function rememberRef(refs: Set<string>, join_ref: string): void {
  refs.add(join_ref);
  const [oldest] = refs;
  if (refs.size > MAX_OLDER_REFS && oldest !== undefined) refs.delete(oldest);
}

/** Whether `join_ref` is that of an earlier instance of the topic. */
export function isOlderRef(connection: ConnectionRecord, topic: string, join_ref: string): boolean {
  return connection.olderRefs.get(topic)?.has(join_ref) ?? false;
}
