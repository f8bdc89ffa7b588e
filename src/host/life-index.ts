import type { ChannelKey } from "../bridge/life-view";
import { type Column, createColumn } from "../engine/content/column";
import { createNumberColumn } from "../engine/content/number-column";
import type { Engine } from "../engine/engine";
import type { ChannelEntry, EntryOf, TimelineEntry } from "../engine/fold/timeline-entry";
import { createSocketOwners } from "./socket-owners";

/** Where in the timeline the life of each connection and channel stands. Each entry is looked at once. */
export type LifeIndex = {
  /** Looks at what came since the last call, at the most at so many entries. */
  readonly extend: (most: number) => void;
  /** Entries that were not looked at yet. */
  readonly left: () => number;
  readonly turnsOf: (connection: number) => List<Turn>;
  /** Places of the heartbeats that a connection's client sent. */
  readonly beatsOf: (connection: number) => List<number>;
  /** Places of a channel's joins. */
  readonly joinsOf: (channel: ChannelKey) => List<number>;
};

/** What became of one of a connection's transports, or the end of its page. */
export type Turn = EntryOf<"transport" | "page">;

export type List<Item> = Pick<Column<Item>, "at" | "length">;

const NOTHING: List<never> = { at: () => undefined, length: () => 0 };

const indexes = new WeakMap<Engine, LifeIndex>();

/** The index of an engine, the same one for all who ask. */
export function lifeIndexOf(engine: Engine): LifeIndex {
  return entryIn(indexes, engine, () => createLifeIndex(engine));
}

export function createLifeIndex({ timeline, connections }: Engine): LifeIndex {
  const owners = createSocketOwners(connections);
  const turns = new Map<number, Column<Turn>>();
  const beats = new Map<number, Column<number>>();
  const joins = new Map<number, Map<string, Column<number>>>();
  /** The connections of the page that is there. */
  let present = new Set<number>();
  let hasPage = false;
  let seen = 0;

  function add(entry: TimelineEntry, place: number): void {
    switch (entry.kind) {
      case "transport":
        if (entry.connection === null) return;
        present.add(entry.connection.id);
        entryIn(turns, entry.connection.id, createColumn<Turn>).push(entry);
        return;
      case "page":
        addPage(entry);
        return;
      case "heartbeat": {
        const owner = entry.way === "out" ? owners.ownerOf(entry.socket) : undefined;
        if (owner !== undefined) entryIn(beats, owner, createNumberColumn).push(place);
        return;
      }
      case "channel":
        if (entry.what === "join") addJoin(entry, place);
    }
  }

  // A page that loads ends the one before, which may have gone without a word.
  function addPage(entry: EntryOf<"page">): void {
    const { phase } = entry;
    const isEnd = phase === "unload" || (phase === "load" && hasPage);
    if (phase === "load") hasPage = true;
    if (phase === "unload") hasPage = false;
    if (!isEnd) return;
    for (const connection of present) turns.get(connection)?.push(entry);
    present = new Set();
  }

  function addJoin({ channel, topic }: ChannelEntry, place: number): void {
    const owner = channel === null ? undefined : owners.ownerOf(channel.socket);
    if (owner === undefined) return;
    const topics = entryIn(joins, owner, () => new Map<string, Column<number>>());
    entryIn(topics, topic, createNumberColumn).push(place);
  }

  return {
    extend(most) {
      seen = Math.max(seen, timeline.forgotten());
      const end = Math.min(timeline.length(), seen + most);
      if (seen < end) owners.extend();
      for (; seen < end; seen++) {
        const entry = timeline.at(seen);
        if (entry !== undefined) add(entry, seen);
      }
    },
    left: () => timeline.length() - seen,
    turnsOf: (connection) => turns.get(connection) ?? NOTHING,
    beatsOf: (connection) => beats.get(connection) ?? NOTHING,
    joinsOf: ({ connection, topic }) => joins.get(connection)?.get(topic) ?? NOTHING,
  };
}

/** What stands under a key of a map; made where there is nothing yet. */
function entryIn<Key, Value>(
  map: { readonly get: (key: Key) => Value | undefined; readonly set: (key: Key, value: Value) => unknown },
  key: Key,
  make: () => Value,
): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
