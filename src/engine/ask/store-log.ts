import { isStrings, type Json } from "../../wire/json";
import { storeKey } from "../content/store-tree";
import type { Engine, LiveRoot } from "../engine";
import type { CommandRecord } from "../fold/command";
import type { TimelineEntry, TimelineKind } from "../fold/timeline-entry";
import type { PushEventDocument } from "../inspection";

/**
 * The commands that were sent to each store of a session, and its push events, each in the order in which they came.
 * It is kept up with the timeline: each entry is looked at once.
 */
export type StoreLog = {
  /** Looks at the entries that have come since the last time. */
  readonly extend: () => void;
  /** Those of one store, by its key. They grow with `extend`. */
  readonly commandsOf: (root: LiveRoot, store: string) => readonly Readonly<CommandRecord>[];
  readonly eventsOf: (root: LiveRoot, store: string) => readonly PushEventDocument[];
};

type Kept = {
  readonly commands: Map<string, Readonly<CommandRecord>[]>;
  readonly events: Map<string, PushEventDocument[]>;
};

/** A log that has looked at nothing yet. */
export function createStoreLog({ timeline }: Pick<Engine, "timeline">): StoreLog {
  const kept = new WeakMap<LiveRoot, Kept>();
  let seen = 0;

  function keptOf(root: LiveRoot): Kept {
    const known = kept.get(root) ?? { commands: new Map(), events: new Map() };
    kept.set(root, known);
    return known;
  }

  function look(entry: TimelineEntry): void {
    if (entry.kind === "event") add(keptOf(entry.root).events, storeKey(entry.event.store_id), entry.event);
    if (entry.kind !== "command" || entry.root === null) return;
    const store = storeSentTo(entry.command.store_id);
    if (store !== null) add(keptOf(entry.root).commands, store, entry.command);
  }

  return {
    extend() {
      seen = Math.max(seen, timeline.forgotten());
      for (; seen < timeline.length(); seen++) {
        // Most entries are envelopes, and are made when asked for.
        if (!LOGGED.has(timeline.kindAt(seen))) continue;
        const entry = timeline.at(seen);
        if (entry !== undefined) look(entry);
      }
    },
    commandsOf: (root, store) => kept.get(root)?.commands.get(store) ?? NONE,
    eventsOf: (root, store) => kept.get(root)?.events.get(store) ?? NONE,
  };
}

const LOGGED: ReadonlySet<TimelineKind | undefined> = new Set(["command", "event"]);
const NONE: readonly never[] = [];

/** A command that names no store is for the root's own (wire.md 4). */
function storeSentTo(store_id: Json): string | null {
  if (store_id === null) return storeKey([]);
  return isStrings(store_id) ? storeKey(store_id) : null;
}

function add<Thing>(lists: Map<string, Thing[]>, store: string, thing: Thing): void {
  const list = lists.get(store);
  if (list === undefined) lists.set(store, [thing]);
  else list.push(thing);
}
