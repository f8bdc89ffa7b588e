import type { Json } from "../../wire/json";
import type { Engine } from "../engine";
import type { LiveConnection, LiveRoot } from "../live";
import { createActivities } from "./activities";
import type { Answer, Refused, RootHit } from "./answer";
import { causesOf } from "./cause";
import { commandsOf } from "./command-totals";
import { diffRoot } from "./diff";
import { storeAt, streamAt, uploadAt } from "./parts";
import { contentAt } from "./place";
import type { Question, QuestionKind, RootName } from "./question";
import { readQuestion } from "./question-guard";
import { MAX_SEARCH_HITS, searchContent } from "./search";
import { storeChanges } from "./store-changes";
import { MAX_WINDOW_ROWS, queryTimeline } from "./timeline";
import { describeTimelineFault, type TextOf } from "./timeline-filter";
import { createRootSums, type RootSums, totalRoot, totalStores } from "./totals";
import { blame, valueHistory } from "./value-history";

/** Answers questions about a session while it is folded. What answers rest on is kept up, not made anew. */
export type Asker = {
  readonly ask: (question: Question) => Answer;
  /** The same for something that may be no question: from a command line, or another context. */
  readonly askJson: (question: Json) => Answer;
};

/** @param textOf the text of an event's frame, which the engine does not keep; null where there is none any more */
export function createAsker(engine: Engine, textOf: TextOf): Asker {
  const activityOf = createActivities();
  const sums = new WeakMap<LiveRoot, RootSums>();

  function sumsOf(root: LiveRoot): RootSums {
    const known = sums.get(root) ?? createRootSums(root.history);
    sums.set(root, known);
    return known;
  }

  function ask(question: Question): Answer {
    if (question.kind === "inspect") return askInspect(question);
    if (question.kind === "search") return askSearch(question);
    if (question.kind === "timeline") return askTimeline(question);
    const found = findRoot(question.root);
    if (found === undefined) return noSuchRoot(question.root, rootsOf(undefined));
    return askRoot(found.root, found.connection, question);
  }

  function askInspect({ seq = engine.seq }: Of<"inspect">): Answer {
    const document = engine.inspectAt(seq);
    return document === "truncated" ? truncated(seq) : { kind: "inspect", document };
  }

  function askTimeline({ root: name, from = "end", count, ...filter }: Of<"timeline">): Answer {
    const found = name === undefined ? undefined : findRoot(name);
    if (name !== undefined && found === undefined) return noSuchRoot(name, rootsOf(undefined));
    const page = queryTimeline(
      engine,
      found === undefined ? filter : { ...filter, root: found.root.key },
      { from, count: count ?? MAX_WINDOW_ROWS },
      textOf,
      activityOf,
    );
    if (page.ok) return { kind: "timeline", ...page.value };
    const { reason } = page.failure;
    return { kind: "refused", reason, message: describeTimelineFault(page.failure) };
  }

  function askRoot(
    root: LiveRoot,
    connection: LiveConnection,
    question: Exclude<Question, { kind: "inspect" | "search" | "timeline" }>,
  ): Answer {
    const now = engine.seq;
    switch (question.kind) {
      case "store": {
        const { store_id, seq = now } = question;
        return whole(storeAt(root, seq, store_id), seq, (store) => ({ kind: "store", store }));
      }
      case "stream": {
        const { store_id, name, seq = now } = question;
        return whole(streamAt(root, seq, store_id, name), seq, (stream) => ({ kind: "stream", stream }));
      }
      case "upload": {
        const { store_id, name, seq = now } = question;
        return whole(uploadAt(root, seq, store_id, name), seq, (upload) => ({ kind: "upload", upload }));
      }
      case "changes": {
        const { store_id, from_seq = root.history.forgottenSeq(), to_seq = now } = question;
        const range = { from: root.history.countAt(from_seq), to: root.history.countAt(to_seq) };
        const changes = storeChanges(activityOf(root), store_id, range, causes());
        return changes === "truncated" ? truncated(from_seq) : { kind: "changes", ...changes };
      }
      case "diff": {
        const { from_seq, to_seq = now } = question;
        return whole(diffRoot(root, from_seq, to_seq), from_seq, (diff) => ({ kind: "diff", diff }));
      }
      case "history": {
        const { target, seq = now } = question;
        const history = valueHistory(activityOf(root), seq, target, causes());
        return history === "truncated" ? truncated(seq) : { kind: "history", ...history };
      }
      case "blame": {
        const { target, seq = now } = question;
        const written = blame(activityOf(root), seq, target, causes());
        return written === "truncated" ? truncated(seq) : { kind: "blame", written };
      }
      case "totals": {
        const commands = commandsOf(connection, root, engine.commands);
        return {
          kind: "totals",
          root: totalRoot(sumsOf(root), commands, engine.timeOf),
          stores: totalStores(activityOf(root), commands, engine.timeOf),
        };
      }
    }
  }

  function askSearch({ query, root: name, seq = engine.seq }: Of<"search">): Answer {
    const hits: RootHit[] = [];
    let more = false;
    for (const { root, connection } of rootsOf(name)) {
      const content = contentAt(root, seq);
      if (content === "truncated") return truncated(seq);
      const found = searchContent(content, query, MAX_SEARCH_HITS - hits.length);
      if (!found.ok) return { kind: "refused", ...found.failure };
      const { topic, root_id } = root;
      for (const hit of found.value.hits) hits.push({ ...hit, connection: connection.id, topic, root_id });
      more ||= found.value.more;
    }
    return name !== undefined && findRoot(name) === undefined
      ? noSuchRoot(name, rootsOf(undefined))
      : { kind: "search", hits, more };
  }

  function* rootsOf(name: RootName | undefined): Iterable<Found> {
    for (const connection of engine.connections) {
      for (const root of connection.roots) if (isNamed(root, connection, name)) yield { root, connection };
    }
  }

  function findRoot(name: RootName): Found | undefined {
    for (const found of rootsOf(name)) return found;
    return undefined;
  }

  const causes = () => causesOf(engine.commands);

  return {
    ask,
    askJson(value) {
      const question = readQuestion(value);
      return question.ok ? ask(question.value) : { kind: "refused", ...question.failure };
    },
  };
}

type Of<Kind extends QuestionKind> = Extract<Question, { readonly kind: Kind }>;

type Found = { readonly root: LiveRoot; readonly connection: LiveConnection };

function isNamed(root: LiveRoot, { id }: LiveConnection, name: RootName | undefined): boolean {
  if (name === undefined) return true;
  const { root_id, connection = id, topic = root.topic } = name;
  return root.root_id === root_id && root.topic === topic && connection === id;
}

/** An answer about something whole, which may not be there, or not any more. */
function whole<Thing>(
  thing: Thing | null | "truncated",
  seq: number,
  toAnswer: (thing: Thing) => Answer,
): Answer {
  if (thing === "truncated") return truncated(seq);
  if (thing !== null) return toAnswer(thing);
  return {
    kind: "refused",
    reason: "nothing_there",
    message: `Nothing of that name was there at event ${seq}.`,
  };
}

function truncated(seq: number): Refused {
  return {
    kind: "refused",
    reason: "truncated",
    message: `So much has happened since event ${seq} that what was there then has been let go.`,
  };
}

/** Roots that a refusal lists. */
const MAX_LISTED_ROOTS = 10;

function noSuchRoot({ root_id }: RootName, found: Iterable<Found>): Refused {
  const ids = [...found].map(({ root }) => root.root_id);
  const more = ids.length > MAX_LISTED_ROOTS ? ", ..." : "";
  const others =
    ids.length === 0
      ? "There is none at all."
      : `There is ${ids.slice(0, MAX_LISTED_ROOTS).join(", ")}${more}.`;
  return { kind: "refused", reason: "no_such_root", message: `There is no root ${root_id}. ${others}` };
}
