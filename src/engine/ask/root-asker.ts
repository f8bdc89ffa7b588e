import { storeKey } from "../content/store-tree";
import type { Engine } from "../engine";
import type { StoreId } from "../inspection";
import type { LensNote, LiveRoot } from "../live";
import type { Activities } from "./activities";
import type { Answer, ToldValue } from "./answer";
import { tellAssigns } from "./assigns";
import type { Causes } from "./cause";
import { commandsOf } from "./command-totals";
import { compareRoot } from "./comparison";
import { diffRoot, diffVersions } from "./diff";
import type { NamedRoot } from "./named-root";
import { storeAt, streamAt, uploadAt } from "./parts";
import { placeOfVersion } from "./place";
import type { Question } from "./question";
import { noSuchStore, noSuchVersion, nothingThere, truncated, versionsTruncated } from "./refused";
import type { StoreActivity } from "./store-activity";
import { MAX_STORE_CHANGES, type StoreChanges, storeChanges } from "./store-changes";
import { type Telling, tellOf } from "./telling";
import type { TextOf } from "./timeline-filter";
import { createRootSums, type RootSums, totalRoot, totalStores } from "./totals";
import { blame, MAX_VALUES, valueHistory, type WrittenValue } from "./value-history";

/** What is asked of one root. */
type RootQuestion = Exclude<Question, { readonly kind: "inspect" | "search" | "timeline" }>;
type Of<Kind extends RootQuestion["kind"]> = Extract<RootQuestion, { readonly kind: Kind }>;
type Tell = (seq: number) => Telling;

/** Answers what is asked of one root. @param activityOf what is kept up of each root @param textOf the text of a frame */
export function createRootAsker(
  engine: Engine,
  activityOf: Activities,
  textOf: TextOf,
): (found: NamedRoot, question: RootQuestion) => Answer {
  const sums = new WeakMap<LiveRoot, RootSums>();
  const tell: Tell = (seq) => tellOf(engine, seq);

  function askTotals({ root, connection }: NamedRoot): Answer {
    const known = sums.get(root) ?? createRootSums(root.history, textOf);
    sums.set(root, known);
    const commands = commandsOf(connection, root, engine.commands);
    return {
      kind: "totals",
      root: totalRoot(known, commands, engine.timeOf),
      stores: totalStores(activityOf(root), commands, engine.timeOf),
    };
  }

  return (found, question) => {
    const { root } = found;
    const now = engine.seq;
    switch (question.kind) {
      case "store":
      case "stream":
      case "upload":
        return askPart(root, question, now);
      case "assigns": {
        const { store_id, seq = now } = question;
        const told = tellAssigns(root, seq, store_id, engine.timeOf);
        return told === "truncated" ? truncated(seq) : { kind: "assigns", ...told };
      }
      case "changes":
        return askChanges(activityOf(root), root.lens, question, now, root.causes, tell);
      case "changes_between":
        return askBetween(activityOf(root), root.lens, question, root.causes, tell);
      case "diff_versions": {
        const diff = diffVersions(root, question.from, question.to);
        if (diff === "truncated") return versionsTruncated();
        return diff === null ? noSuchVersion() : { kind: "diff", diff };
      }
      case "diff": {
        const { from_seq, to_seq = now } = question;
        return whole(diffRoot(root, from_seq, to_seq), from_seq, (diff) => ({ kind: "diff", diff }));
      }
      case "compare": {
        const { from_seq, to_seq = now } = question;
        return whole(compareRoot(root, from_seq, to_seq), Math.min(from_seq, to_seq), (comparison) => ({
          kind: "compare",
          ...comparison,
        }));
      }
      case "history":
      case "blame":
        return askValue(activityOf(root), question, now, root.causes, tell);
      case "totals":
        return askTotals(found);
    }
  };
}

function askPart(root: LiveRoot, question: Of<"store" | "stream" | "upload">, now: number): Answer {
  const { store_id, seq = now } = question;
  switch (question.kind) {
    case "store":
      return whole(storeAt(root, seq, store_id), seq, (store) => ({ kind: "store", store }));
    case "stream": {
      const found = streamAt(root, seq, store_id, question.name);
      return whole(found, seq, (stream) => ({ kind: "stream", stream }));
    }
    case "upload": {
      const found = uploadAt(root, seq, store_id, question.name);
      return whole(found, seq, (upload) => ({ kind: "upload", upload }));
    }
  }
}

function askChanges(
  activity: StoreActivity,
  lens: readonly LensNote[],
  { store_id, from_seq, to_seq, from = "end", count = MAX_STORE_CHANGES }: Of<"changes">,
  now: number,
  causes: Causes,
  tell: Tell,
): Answer {
  const { history } = activity;
  if (!isKnown(activity, store_id)) return noSuchStore(store_id);
  const first = from_seq ?? history.forgottenSeq() + 1;
  const range = { from: history.countAt(first - 1), to: history.countAt(to_seq ?? now) };
  const changes = storeChanges(activity, store_id, range, causes, { from, count });
  return changes === "truncated" ? truncated(first) : tellWhy(changes, lens, store_id, tell);
}

function askBetween(
  activity: StoreActivity,
  lens: readonly LensNote[],
  { store_id, from: first, to: last }: Of<"changes_between">,
  causes: Causes,
  tell: Tell,
): Answer {
  const { history } = activity;
  if (!isKnown(activity, store_id)) return noSuchStore(store_id);
  const [from, to] = [placeOfVersion(history, first), placeOfVersion(history, last)];
  if (from === "truncated" || to === "truncated") return versionsTruncated();
  if (from === null || to === null) return noSuchVersion();
  const changes = storeChanges(activity, store_id, { from, to }, causes);
  return changes === "truncated" ? versionsTruncated() : tellWhy(changes, lens, store_id, tell);
}

function askValue(
  activity: StoreActivity,
  question: Of<"history" | "blame">,
  now: number,
  causes: Causes,
  tell: Tell,
): Answer {
  const { kind, target, seq = now } = question;
  const toTold = (value: WrittenValue): ToldValue => ({ ...value, ...tell(value.seq) });
  if (!isKnown(activity, target.store_id)) return noSuchStore(target.store_id);
  if (kind === "history") {
    const most = Math.min(question.count ?? MAX_VALUES, MAX_VALUES);
    const history = valueHistory(activity, seq, target, causes, most);
    if (history === "truncated") return truncated(seq);
    return { kind, values: history.values.map(toTold), end: history.end };
  }
  const written = blame(activity, seq, target, causes);
  if (written === "truncated") return truncated(seq);
  return { kind, written: written === null ? null : toTold(written) };
}

/** Adds to the changes of assigns what the server said of them: the message is the event that brought the change. */
function tellWhy(
  { changes, ...window }: StoreChanges,
  lens: readonly LensNote[],
  store_id: StoreId,
  tell: Tell,
): Answer {
  const key = storeKey(store_id);
  const own = lens.filter((note) => storeKey(note.store_id) === key);
  const bySeq = new Map(own.map((note) => [note.seq, note]));
  const told = changes.map((change) => {
    return { ...change, ...tell(change.seq), lens: bySeq.get(change.seq) ?? null };
  });
  return { kind: "changes", changes: told, ...window };
}

/** Whether a store was ever there, as far as the history tells; what hangs on it may have come before it. */
function isKnown(activity: StoreActivity, store_id: StoreId): boolean {
  return activity.tallies().has(storeKey(store_id));
}

/** An answer about something whole, which may not be there, or not any more. */
function whole<Thing>(
  thing: Thing | null | "truncated",
  seq: number,
  toAnswer: (thing: Thing) => Answer,
): Answer {
  if (thing === "truncated") return truncated(seq);
  return thing === null ? nothingThere(seq) : toAnswer(thing);
}
