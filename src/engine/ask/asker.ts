import type { Json } from "../../wire/json";
import type { Engine } from "../engine";
import { type Activities, createActivities } from "./activities";
import type { Answer, Refused } from "./answer";
import { type Asked, askedAtOnce, finish } from "./asked";
import { findRoot, rootsOf } from "./named-root";
import type { Question, QuestionKind } from "./question";
import { readQuestion } from "./question-guard";
import { backwards, noSuchEvent, noSuchRoot, truncated } from "./refused";
import { createRootAsker } from "./root-asker";
import { createSessionSearch } from "./session-search";
import { MAX_WINDOW_ROWS, queryTimeline } from "./timeline";
import { describeTimelineFault, type TextOf } from "./timeline-filter";

/** Answers questions about a session while it is folded. What answers rest on is kept up, not made anew. */
export type Asker = {
  readonly ask: (question: Question) => Answer;
  /** The same for something that may be no question: from a command line, or another context. */
  readonly askJson: (question: Json) => Answer;
  /** The same, not answered at one go where that may take long. */
  readonly begin: (question: Json) => Asked;
};

/**
 * Answers from what the engine holds when it is asked.
 * @param textOf the text of an event's frame, which the engine does not keep; null where there is none any more
 * @param activityOf where it is looked up which stores an envelope changed
 */
export function createAsker(
  engine: Engine,
  textOf: TextOf,
  activityOf: Activities = createActivities(),
): Asker {
  const askRoot = createRootAsker(engine, activityOf, textOf);

  function beginQuestion(question: Question): Asked {
    const refused = checkEvents(question, engine);
    if (refused !== null) return askedAtOnce(() => refused);
    if (question.kind !== "search") return askedAtOnce(() => answer(question));
    const search = createSessionSearch(engine, question);
    return "kind" in search ? askedAtOnce(() => search) : search;
  }

  function answer(question: Exclude<Question, Of<"search">>): Answer {
    if (question.kind === "inspect") return askInspect(engine, question);
    if (question.kind === "timeline") return askTimeline(question);
    const found = findRoot(engine, question.root);
    if (found === undefined) return noSuchRoot(question.root, rootsOf(engine, undefined));
    return askRoot(found, question);
  }

  function askTimeline({ root: name, from = "end", count, ...filter }: Of<"timeline">): Answer {
    const found = name === undefined ? undefined : findRoot(engine, name);
    if (name !== undefined && found === undefined) return noSuchRoot(name, rootsOf(engine, undefined));
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

  function begin(value: Json): Asked {
    const question = readQuestion(value);
    if (question.ok) return beginQuestion(question.value);
    return askedAtOnce(() => ({ kind: "refused", ...question.failure }));
  }

  return {
    ask: (question) => finish(beginQuestion(question)),
    askJson: (value) => finish(begin(value)),
    begin,
  };
}

type Of<Kind extends QuestionKind> = Extract<Question, { readonly kind: Kind }>;

/** Whether the events that a question names are there, and in order. 0 stands for the time before all of them. */
function checkEvents(question: Question, { seq: events, isSkipped }: Engine): Refused | null {
  const seq = "seq" in question ? question.seq : undefined;
  const from_seq = "from_seq" in question ? question.from_seq : undefined;
  const to_seq = "to_seq" in question ? question.to_seq : undefined;
  for (const named of [seq, from_seq, to_seq]) {
    if (named !== undefined && named > events) return noSuchEvent(named, events);
    if (named !== undefined && isSkipped(named)) return truncated(named);
  }
  const isBackwards = !isBothWays(question) && (from_seq ?? 0) > (to_seq ?? events);
  return isBackwards ? backwards(from_seq ?? 0, to_seq ?? events) : null;
}

/** What leads from one event to another may lead back. */
function isBothWays({ kind }: Question): boolean {
  return kind === "diff" || kind === "compare";
}

function askInspect(engine: Engine, { seq = engine.seq }: Of<"inspect">): Answer {
  const document = engine.inspectAt(seq);
  return document === "truncated" ? truncated(seq) : { kind: "inspect", document };
}
