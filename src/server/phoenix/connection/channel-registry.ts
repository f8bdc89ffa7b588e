import type { RunningChannel } from "./running-channel";

/** The active channels of one connection, by topic. */
type ChannelRegistry = {
  /** Registers a joined channel; one of the same topic must have been removed. */
  readonly register: (channel: RunningChannel) => void;
  /** Null where the topic is not joined. */
  readonly lookUp: (topic: string) => RunningChannel | null;
  /** Removes this very channel: one that took its topic since stays. */
  readonly remove: (channel: RunningChannel) => void;
  /** In the order in which they were joined. */
  readonly list: () => readonly RunningChannel[];
  readonly size: () => number;
};

export function createChannelRegistry(): ChannelRegistry {
  const channels = new Map<string, RunningChannel>();
  return {
    register: (channel) => {
      if (channels.has(channel.topic)) throw new Error(`The topic "${channel.topic}" is registered twice.`);
      channels.set(channel.topic, channel);
    },
    lookUp: (topic) => channels.get(topic) ?? null,
    remove: (channel) => {
      if (channels.get(channel.topic) === channel) channels.delete(channel.topic);
    },
    list: () => [...channels.values()],
    size: () => channels.size,
  };
}
