import { type Activities, createActivities, createActivityTable } from "../engine/ask/activities";
import { type Asker, createAsker } from "../engine/ask/asker";
import type { TextOf } from "../engine/ask/timeline-filter";
import { storeNamedBy } from "../engine/content/store-tree";
import { createEngine, type Engine, type Folded } from "../engine/engine";
import type { Divergence } from "../engine/fold/divergence";
import { MAX_PROBLEMS, placedAt } from "../engine/problem";
import type { PageEvent, SessionEvent } from "../session/event";
import type { Frame } from "../wire/frame";
import { readRefusal } from "../wire/refusal";
import { createEntryList, type Entry, isFrameEvent } from "./entry-list";
import {
  createProblemIndex,
  divergenceProblem,
  type JournalProblem,
  type ProblemIndex,
} from "./problem-index";
import { describeRefusal } from "./refusal";
import { createSourceNumbers, type SourceNumbers } from "./source-numbers";

/**
 * The events of one session in order, which is the only truth, and the engine that folds them. Everything that a
 * host shows is read from here.
 */
export type Journal = {
  readonly append: (event: SessionEvent) => Folded;
  /**
   * Counts `count` events that are not there any more: bases that follow stand for them. To be called before the first
   * event. @param t the time of the newest of them
   */
  readonly skip: (count: number, t: number) => void;
  readonly engine: Engine;
  /** Answers questions about what the engine has folded so far. */
  readonly asker: Asker;
  /** Which stores the envelopes of a root changed: looked up once for all that ask. */
  readonly activities: Activities;
  /** The same as far as they have been looked at. */
  readonly knownActivities: Activities;
  /** The text of an event's frame; null where it has none, or none any more. */
  readonly textOf: TextOf;
  /** How the server wrote the numbers that a double may not hold. */
  readonly numbers: Omit<SourceNumbers, "note">;
  /** Number of events; the newest one's `seq`. */
  readonly length: () => number;
  /** The event with this `seq`; undefined outside 1..length. */
  readonly entry: (seq: number) => Entry | undefined;
  /** Whether that is what it was; false where it has been let go, and a gap stands in its place. */
  readonly isKept: (seq: number) => boolean;
  /** The decoded message of a frame; null for any other event, and for a frame that does not decode. */
  readonly decode: (event: SessionEvent) => Frame | null;
  /** The newest word on the page: its URL and title. */
  readonly page: () => PageEvent | null;
  /** What the engine reports, what the server refused, and where the page's client holds something else. */
  readonly problems: Omit<ProblemIndex, "add">;
};

/** About how many characters the events of a journal take in memory at the most. */
export const MAX_JOURNAL_CHARS = 256 * 1024 * 1024;

/** The same where a store holds them too. */
export const MAX_STORED_JOURNAL_CHARS = 64 * 1024 * 1024;

/** @param maxChars beyond this the oldest events are let go: a gap stands in the place of each */
export function createJournal(maxChars: number = MAX_JOURNAL_CHARS): Journal {
  const engine = createEngine();
  const entries = createEntryList(maxChars);
  const numbers = createSourceNumbers();
  const problems = createProblemIndex();
  const knownActivities = createActivityTable();
  const activities = createActivities(knownActivities);
  let page: PageEvent | null = null;

  function textAt(seq: number): string | null {
    const event = entries.at(seq)?.event;
    return event !== undefined && isFrameEvent(event) && "text" in event ? event.text : null;
  }

  function findRefusal({ seq, frame, answers }: Folded): readonly JournalProblem[] {
    const refusal = frame === null || answers === null ? null : readRefusal(frame.payload);
    const asked = refusal === null || answers === null ? undefined : entries.at(answers)?.event;
    const push = asked === undefined || !isFrameEvent(asked) ? null : engine.decode(asked);
    const message = refusal === null || push === null ? null : describeRefusal(push, refusal);
    if (message === null) return [];
    return [placedAt({ seq, code: "refused", message }, storeNamedBy(push?.payload))];
  }

  function addProblems(found: readonly JournalProblem[], event: SessionEvent, folded: Folded): void {
    const root = folded.root?.key ?? null;
    const socket = "socket" in event ? event.socket : null;
    const owner = engine.connections.find(({ sockets }) => socket !== null && sockets.includes(socket));
    const topic = folded.frame?.topic ?? root?.topic ?? null;
    const place = { connection: root?.connection ?? owner?.id ?? null, topic, root };
    for (const problem of found) problems.add(problem, place);
  }

  return {
    append(event) {
      const folded = engine.fold(event);
      const { seq, frame, answers } = folded;
      const found = [...folded.problems, ...findRefusal(folded)];
      const divergences = newDivergences(folded);
      if (found.length + divergences.length > 0 && problems.all.length < MAX_PROBLEMS) {
        addProblems([...found, ...divergences.map(divergenceProblem)], event, folded);
      }
      if (event.type === "page") page = event;
      if (event.type === "in" && "text" in event) numbers.note(event.text);
      if (answers !== null) entries.setPair(answers, seq);
      entries.add({
        event,
        topic: frame?.topic ?? null,
        name: frame?.event ?? null,
        ref: frame?.ref ?? null,
        join_ref: frame?.join_ref ?? null,
        problems: toMessages(found),
        pair: answers,
      });
      return folded;
    },
    skip(count, t) {
      engine.skip(count, t);
      entries.skip(count, t);
    },
    engine,
    asker: createAsker(engine, textAt, activities),
    activities,
    knownActivities,
    textOf: textAt,
    numbers,
    length: entries.length,
    entry: entries.at,
    isKept: entries.isKept,
    decode: (event) => (isFrameEvent(event) ? engine.decode(event) : null),
    page: () => page,
    problems,
  };
}

/** The divergences that began with an event: the newest ones of its root. */
function newDivergences({ root, seq }: Folded): readonly Divergence[] {
  const divergences = root?.divergences ?? [];
  const before = divergences.findLastIndex(({ from_seq }) => from_seq < seq);
  return before === divergences.length - 1 ? NONE : divergences.slice(before + 1);
}

const NONE: readonly Divergence[] = [];

// Most events have none: they share one list.
const NO_MESSAGES: readonly string[] = [];

function toMessages(problems: readonly JournalProblem[]): readonly string[] {
  return problems.length === 0 ? NO_MESSAGES : problems.map((problem) => problem.message);
}
