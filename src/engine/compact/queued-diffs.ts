import type { LiveChannel } from "../live";

/** The presence diffs that wait for their state (wire.md 1.7), by channel instance: until it comes they say something. */
export type QueuedDiffs = {
  /** Event `seq` is a diff. Where it waits it is held, and those that the channel no longer waits with are let go. */
  readonly add: (channel: LiveChannel, seq: number) => void;
  /** Something else was heard of the presence on a channel: lets go of what waits no longer. */
  readonly trim: (channel: LiveChannel) => void;
};

/** @param letGo told of each event that says nothing any more */
export function createQueuedDiffs(letGo: (seq: number) => void): QueuedDiffs {
  const seqs = new Map<LiveChannel, number[]>();

  /** The oldest go first, as they do where they wait. */
  function cut(channel: LiveChannel, left: number): void {
    const own = seqs.get(channel) ?? [];
    for (const old of own.splice(0, own.length - left)) letGo(old);
    if (own.length === 0) seqs.delete(channel);
  }

  return {
    add(channel, seq) {
      // Nobody listens to an older instance any more.
      if (!seqs.has(channel)) for (const known of seqs.keys()) if (known.is_superseded) cut(known, 0);
      const own = seqs.get(channel) ?? [];
      seqs.set(channel, own);
      own.push(seq);
      cut(channel, channel.queued_diffs.length);
    },
    trim: (channel) => cut(channel, channel.queued_diffs.length),
  };
}
