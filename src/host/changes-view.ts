import type { LogQuery, LogView } from "../bridge/stores-view";
import type { Answer } from "../engine/ask/answer";
import type { Asker } from "../engine/ask/asker";
import { findRoot } from "../engine/ask/named-root";
import type { StoreTally } from "../engine/ask/store-tally";
import { storeKey } from "../engine/content/store-tree";
import type { Answerer } from "./answerer";
import { viewChange } from "./log-lines";

/**
 * Answers which revisions changed a store, up to the moment that is looked at. They are numbered as if none had been let
 * go. A line is made once, as long as it is in the window.
 */
export function answerChanges(query: LogQuery): Answerer {
  const store = storeKey(query.store_id);
  let seen = "";
  let told: Told | null = null;
  return ({ recording, at }) => {
    const { engine, asker, activities } = recording.journal;
    const to_seq = at ?? engine.seq;
    const root = findRoot(engine, query.root)?.root;
    const base = [recording.id(), root?.seq, root?.lens[0]?.seq, engine.timeline.forgotten()].join();
    const stampOf = (view: ChangesView | undefined): string =>
      [
        base,
        isSettled(query, view) ? `at ${at}` : root?.history.countAt(to_seq),
        root?.history.forgotten(),
      ].join();
    // It comes with the first revision that changed the store, even where that is behind the moment.
    const tally = root === undefined ? undefined : activities(root).tallies().get(store);
    if (stampOf(told?.view) === seen && told?.tally === tally) return null;
    const known = told?.base === base && told.tally === tally ? told.view : null;
    told = { base, tally, view: viewChanges(asker, query, to_seq, tally, known) };
    seen = stampOf(told.view);
    return told.view;
  };
}

/** One change that is told whole stays what it is, whatever comes behind it. */
function isSettled({ whole, from, count }: LogQuery, view: ChangesView | undefined): boolean {
  return whole && from !== "end" && view?.lines.length === count;
}

type ChangesView = LogView & { readonly what: "changes" };

/** A view, and what its lines and their numbers rest on beside the changes themselves. */
type Told = { readonly base: string; readonly tally: StoreTally | undefined; readonly view: ChangesView };

/** @param known a view whose lines are still what they were, under the same numbers */
function viewChanges(
  { ask }: Asker,
  { root, store_id, from: first, count, whole }: LogQuery,
  to_seq: number,
  tally: StoreTally | undefined,
  known: ChangesView | null,
): ChangesView {
  const read = (from: number, most: number) =>
    readChanges(ask({ kind: "changes", root, store_id, to_seq, from, count: most }));
  const kept = read(0, 0);
  const forgotten = tally === undefined ? 0 : tally.revisions - tally.places.length;
  const total = forgotten + kept.total;
  const from = first === "end" ? Math.max(forgotten, total - count) : clamp(first, forgotten, total);
  const end = first === "end" ? total : clamp(first + count, from, total);
  const lines = new Map(known?.lines.map((line, nth) => [known.from + nth, line]));
  const missing = numbersIn(from, end).filter((nth) => !lines.has(nth));
  const [start = 0, last = start] = [missing[0], missing.at(-1)];
  const { changes } = missing.length === 0 ? kept : read(start - forgotten, last - start + 1);
  for (const [nth, change] of changes.entries()) lines.set(start + nth, viewChange(change, whole));
  return {
    ...{ kind: "log", what: "changes", from, total, forgotten, fault: kept.fault },
    lines: numbersIn(from, end).flatMap((nth) => lines.get(nth) ?? []),
  };
}

function readChanges(answer: Answer) {
  if (answer.kind === "refused") return { changes: [], total: 0, fault: answer.message };
  if (answer.kind !== "changes") throw new Error(`A question for changes was answered by "${answer.kind}".`);
  return { changes: answer.changes, total: answer.total, fault: null };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** From one number up to, not including, another. */
function numbersIn(from: number, end: number): readonly number[] {
  return Array.from({ length: end - from }, (_, nth) => from + nth);
}
