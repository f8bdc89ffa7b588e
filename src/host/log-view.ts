import type { CommandLine, LogQuery, LogView, PushEventLine } from "../bridge/stores-view";
import { findRoot } from "../engine/ask/named-root";
import { createStoreLog, type StoreLog } from "../engine/ask/store-log";
import { countPassing } from "../engine/content/count-passing";
import { storeKey } from "../engine/content/store-tree";
import type { Engine, LiveRoot } from "../engine/engine";
import type { CommandRecord } from "../engine/fold/command";
import type { PushEventDocument } from "../engine/inspection";
import type { Answerer } from "./answerer";
import { answerChanges } from "./changes-view";
import { standingOf, viewCommand, viewPushEvent } from "./log-lines";
import type { Recording } from "./recording";

/** Answers what happened to one store, up to the moment that is looked at. */
export function answerLog(query: LogQuery): Answerer {
  switch (query.what) {
    case "commands":
      return answerItems(query, commandsFor(query));
    case "events":
      return answerItems(query, eventsFor(query));
    case "changes":
      return answerChanges(query);
  }
}

/** How what was sent to a store, or by it, is read and told. */
type Reading<Item, Line> = {
  readonly itemsOf: (log: StoreLog, root: LiveRoot, store: string) => readonly Item[];
  /** What of an item differs from one event to another. */
  readonly standingOf: (item: Item, seq: number) => number;
  readonly toLine: (item: Item, seq: number, engine: Engine) => Line;
  readonly toView: (window: LogWindow<Line>) => LogView;
};

type LogWindow<Line> = { readonly from: number; readonly total: number; readonly lines: readonly Line[] };

function commandsFor({ whole }: LogQuery): Reading<Readonly<CommandRecord>, CommandLine> {
  return {
    itemsOf: ({ commandsOf }, root, store) => commandsOf(root, store),
    standingOf,
    toLine: (command, seq) => viewCommand(command, seq, whole),
    toView: (window) => ({ kind: "log", what: "commands", forgotten: 0, fault: null, ...window }),
  };
}

function eventsFor({ whole }: LogQuery): Reading<PushEventDocument, PushEventLine> {
  return {
    itemsOf: ({ eventsOf }, root, store) => eventsOf(root, store),
    standingOf: () => 0,
    toLine: (event, _, engine) => viewPushEvent(event, engine.timeOf(event.seq), whole),
    toView: (window) => ({ kind: "log", what: "events", forgotten: 0, fault: null, ...window }),
  };
}

/** A window is told again when a line of it is another one: an update costs the lines that changed. */
function answerItems<Item extends { readonly seq: number }, Line>(
  query: LogQuery,
  { itemsOf, standingOf, toLine, toView }: Reading<Item, Line>,
): Answerer {
  const store = storeKey(query.store_id);
  let seen: { readonly recording: Recording; readonly seq: number } | null = null;
  let told: LogWindow<Line> | null = null;
  let known: ReadonlyMap<Item, { readonly standing: number; readonly line: Line }> = new Map();

  function linesOf(items: readonly Item[], seq: number, engine: Engine): readonly Line[] {
    const now = new Map(
      items.map((item) => {
        const [before, standing] = [known.get(item), standingOf(item, seq)];
        return [item, before?.standing === standing ? before : { standing, line: toLine(item, seq, engine) }];
      }),
    );
    known = now;
    return [...now.values()].map(({ line }) => line);
  }

  return ({ recording, at }) => {
    const { engine } = recording.journal;
    const seq = at ?? engine.seq;
    if (seen?.recording === recording && seen.seq === seq) return null;
    seen = { recording, seq };
    const root = findRoot(engine, query.root)?.root;
    const { items, ...place } = windowOf(
      root === undefined ? [] : itemsOf(logOf(engine), root, store),
      query,
      seq,
    );
    const window = { ...place, lines: linesOf(items, seq, engine) };
    if (told !== null && isSame(told, window)) return null;
    told = window;
    return toView(window);
  };
}

function isSame<Line>(one: LogWindow<Line>, other: LogWindow<Line>): boolean {
  if (one.from !== other.from || one.total !== other.total) return false;
  return one.lines.every((line, nth) => line === other.lines[nth]);
}

/** The log of each session, made when it is asked for first. */
const LOGS = new WeakMap<Engine, StoreLog>();

/** The log, with all that has come. */
function logOf(engine: Engine): StoreLog {
  const log = LOGS.get(engine) ?? createStoreLog(engine);
  LOGS.set(engine, log);
  log.extend();
  return log;
}

/** Of what came up to event `seq`, the window that is asked for. */
function windowOf<Item extends { readonly seq: number }>(
  items: readonly Item[],
  { from: first, count }: LogQuery,
  seq: number,
): { readonly total: number; readonly from: number; readonly items: readonly Item[] } {
  const total = countPassing(items.length, (at) => (items[at]?.seq ?? 0) <= seq);
  const from = first === "end" ? Math.max(0, total - count) : Math.min(first, total);
  return { total, from, items: items.slice(from, Math.min(total, from + count)) };
}
