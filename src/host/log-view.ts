import type { LogQuery, LogView } from "../bridge/stores-view";
import { findRoot } from "../engine/ask/named-root";
import { createStoreLog, type StoreLog } from "../engine/ask/store-log";
import { countPassing } from "../engine/content/count-passing";
import { storeKey } from "../engine/content/store-tree";
import type { Engine, LiveRoot } from "../engine/engine";
import type { Answerer } from "./answerer";
import type { Journal } from "./journal";
import { viewChange, viewCommand, viewPushEvent } from "./log-lines";

/** Answers what happened to one store, up to the moment that is looked at. */
export function answerLog(query: LogQuery): Answerer {
  let seen = "";
  return ({ recording, at }) => {
    const { journal } = recording;
    const { engine } = journal;
    const seq = at ?? engine.seq;
    const root = findRoot(engine, query.root)?.root;
    const stamp = [recording.id(), root?.seq, momentOf(query, root, seq, at)].join();
    if (stamp === seen) return null;
    seen = stamp;
    if (query.what === "changes") return viewChanges(journal, query, seq);
    return root === undefined ? nothing(query, null) : viewLog(engine, root, query, seq);
  };
}

/**
 * What differs whenever there may be something else to tell: a reply changes its command, a revision adds a change. One
 * change that is told whole stays what it is.
 */
function momentOf(
  { what, whole, from }: LogQuery,
  root: LiveRoot | undefined,
  seq: number,
  at: number | null,
): number | null | undefined {
  if (what !== "changes") return seq;
  return whole && from !== "end" ? at : root?.history.countAt(seq);
}

function viewLog(engine: Engine, root: LiveRoot, query: LogQuery, seq: number): LogView {
  const log = logOf(engine);
  const store = storeKey(query.store_id);
  log.extend();
  if (query.what === "commands") {
    const page = windowOf(log.commandsOf(root, store), query, seq);
    const lines = page.items.flatMap((command) => viewCommand(command, seq, query.whole) ?? []);
    return { kind: "log", what: "commands", from: page.from, total: page.total, fault: null, lines };
  }
  const page = windowOf(log.eventsOf(root, store), query, seq);
  const lines = page.items.map((event) => viewPushEvent(event, engine.timeOf(event.seq), query.whole));
  return { kind: "log", what: "events", from: page.from, total: page.total, fault: null, lines };
}

function viewChanges({ asker }: Journal, query: LogQuery, seq: number): LogView {
  const { root, store_id, from, count, whole } = query;
  const answer = asker.ask({ kind: "changes", root, store_id, to_seq: seq, from, count });
  if (answer.kind === "refused") return nothing(query, answer.message);
  if (answer.kind !== "changes") throw new Error(`A question for changes was answered by "${answer.kind}".`);
  const lines = answer.changes.map((change) => viewChange(change, whole));
  return { kind: "log", what: "changes", from: answer.from, total: answer.total, fault: null, lines };
}

function nothing({ what }: LogQuery, fault: string | null): LogView {
  return { kind: "log", what, from: 0, total: 0, fault, lines: [] };
}

/** The log of each session, made when it is asked for first. */
const LOGS = new WeakMap<Engine, StoreLog>();

function logOf(engine: Engine): StoreLog {
  const log = LOGS.get(engine) ?? createStoreLog(engine);
  LOGS.set(engine, log);
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
