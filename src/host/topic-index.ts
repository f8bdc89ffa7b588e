import type { ChannelKey } from "../bridge/life-view";
import { countPassing } from "../engine/content/count-passing";
import { createNumberColumn } from "../engine/content/number-column";
import { base64Length } from "../wire/codec-binary";
import { TOPIC } from "../wire/protocol";
import { utf8Length } from "../wire/utf8-length";
import { isFrameEvent } from "./entry-list";
import type { Journal } from "./journal";
import { createSocketOwners } from "./socket-owners";

/** The frames of each topic on each connection, by number, at any moment. Each event is looked at once. */
export type TopicIndex = {
  /** Looks at what came since the last call, at the most at so many events. */
  readonly extend: (most: number) => void;
  /** Events that were not looked at yet. */
  readonly left: () => number;
  /** What had gone over a channel after event `at`. */
  readonly countAt: (channel: ChannelKey, at: number) => Traffic;
  /** The newest frames of a channel that came by event `at`, newest first, by `seq`. */
  readonly newestAt: (channel: ChannelKey, at: number, most: number) => readonly number[];
  /** Events that memory had let go before they could be counted. */
  readonly uncounted: () => number;
};

/** `last` is the `seq` of the newest frame. */
export type Traffic = {
  readonly received: number;
  readonly sent: number;
  readonly bytes: number;
  readonly last: number | null;
};

const NOTHING: Traffic = { received: 0, sent: 0, bytes: 0, last: null };

const indexes = new WeakMap<Journal, TopicIndex>();

/** The index of a journal, the same one for all who ask. */
export function topicIndexOf(journal: Journal): TopicIndex {
  const index = indexes.get(journal) ?? createTopicIndex(journal);
  indexes.set(journal, index);
  return index;
}

export function createTopicIndex(journal: Journal): TopicIndex {
  const owners = createSocketOwners(journal.engine.connections);
  const topics = new Map<number, Map<string, Columns>>();
  let seen = 0;
  let uncounted = 0;

  function add(seq: number): void {
    const entry = journal.entry(seq);
    if (entry === undefined) return;
    if (!journal.isKept(seq)) uncounted++;
    const { event, topic } = entry;
    if (!isFrameEvent(event) || topic === null || topic === TOPIC.phoenix) return;
    const connection = owners.ownerOf(event.socket);
    if (connection === undefined) return;
    const bytes = "text" in event ? utf8Length(event.text) : base64Length(event.base64);
    columnsOf({ connection, topic }).add(seq, event.type === "in", bytes);
  }

  function columnsOf({ connection, topic }: ChannelKey): Columns {
    const known = topics.get(connection) ?? new Map<string, Columns>();
    topics.set(connection, known);
    const columns = known.get(topic) ?? createColumns();
    known.set(topic, columns);
    return columns;
  }

  const find = ({ connection, topic }: ChannelKey): Columns | undefined => topics.get(connection)?.get(topic);

  return {
    extend(most) {
      const end = Math.min(journal.length(), seen + most);
      if (seen < end) owners.extend();
      while (seen < end) add(++seen);
    },
    left: () => journal.length() - seen,
    countAt: (channel, at) => find(channel)?.countAt(at) ?? NOTHING,
    newestAt: (channel, at, most) => find(channel)?.newestAt(at, most) ?? [],
    uncounted: () => uncounted,
  };
}

type Columns = ReturnType<typeof createColumns>;

/** The frames of one topic. What stands beside a `seq` is of all frames up to it. */
function createColumns() {
  const seqs = createNumberColumn();
  const received = createNumberColumn();
  const bytes = createNumberColumn();

  const placeAfter = (at: number): number => countPassing(seqs.length(), (nth) => (seqs.at(nth) ?? 0) <= at);

  return {
    add(seq: number, isReceived: boolean, size: number): void {
      const before = seqs.length() - 1;
      seqs.push(seq);
      received.push((received.at(before) ?? 0) + (isReceived ? 1 : 0));
      bytes.push((bytes.at(before) ?? 0) + size);
    },
    countAt(at: number): Traffic {
      const count = placeAfter(at);
      if (count === 0) return NOTHING;
      const [came, size] = [received.at(count - 1) ?? 0, bytes.at(count - 1) ?? 0];
      return { received: came, sent: count - came, bytes: size, last: seqs.at(count - 1) ?? null };
    },
    newestAt(at: number, most: number): readonly number[] {
      const count = placeAfter(at);
      return Array.from({ length: Math.min(most, count) }, (_, nth) => seqs.at(count - 1 - nth) ?? 0);
    },
  };
}
