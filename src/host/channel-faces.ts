import type { ChannelKey } from "../bridge/life-view";
import type { ChannelAt, ConnectionAt } from "../engine/fold/faces";

/** A channel as it stands at a moment, and the connection that has it. */
export type OwnedChannel = { readonly connection: ConnectionAt; readonly channel: ChannelAt };

/**
 * The channels whose topic has `text` in it, in whatever case: by connection, then in the order of their first joins.
 */
export function findChannels(faces: readonly ConnectionAt[], text: string): readonly OwnedChannel[] {
  const wanted = text.trim().toLowerCase();
  const isWanted = ({ topic }: ChannelAt): boolean => wanted === "" || topic.toLowerCase().includes(wanted);
  return faces.flatMap((connection) =>
    connection.channels.filter(isWanted).map((channel) => ({ connection, channel })),
  );
}

/** One channel; undefined where it is not there. */
export function findChannel(faces: readonly ConnectionAt[], key: ChannelKey): OwnedChannel | undefined {
  const connection = faces.find(({ id }) => id === key.connection);
  const channel = connection?.channels.find(({ topic }) => topic === key.topic);
  return connection && channel && { connection, channel };
}
