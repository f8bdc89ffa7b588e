import { type Activities, createActivities, createActivityTable } from "../engine/ask/activities";
import { type Asker, createAsker } from "../engine/ask/asker";
import type { TextOf } from "../engine/ask/timeline-filter";
import type { Column } from "../engine/content/column";
import { countPassing } from "../engine/content/count-passing";
import { createNumberColumn } from "../engine/content/number-column";
import { createEngine, type Engine, type Folded, type LiveRoot } from "../engine/engine";
import { addProblem, type Problem } from "../engine/problem";
import type { PageEvent, SessionEvent } from "../session/event";
import type { Frame } from "../wire/frame";
import { readRefusal } from "../wire/refusal";
import { createEntryList, type Entry, isFrameEvent } from "./entry-list";
import { describeRefusal } from "./refusal";

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
  /** Everything that went wrong, in order: what the engine reports, and what the server refused. */
  readonly problems: readonly JournalProblem[];
  /** How many problems arose at events of this root, up to and with event `seq`. */
  readonly problemsOf: (root: LiveRoot, seq: number) => number;
};

/** A problem of the engine's, or a push that the server refused in its own name (wire.md 11). */
export type JournalProblem =
  | Problem
  | { readonly seq: number; readonly code: "refused"; readonly message: string };

/** About how many characters the events of a journal take in memory at the most. */
export const MAX_JOURNAL_CHARS = 256 * 1024 * 1024;

/** The same where a store holds them too. */
export const MAX_STORED_JOURNAL_CHARS = 64 * 1024 * 1024;

/** @param maxChars beyond this the oldest events are let go: a gap stands in the place of each */
export function createJournal(maxChars: number = MAX_JOURNAL_CHARS): Journal {
  const engine = createEngine();
  const entries = createEntryList(maxChars);
  const problems: JournalProblem[] = [];
  /** The event of each problem of a root. */
  const problemSeqs = new WeakMap<LiveRoot, Column<number>>();
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
    return message === null ? [] : [{ seq, code: "refused", message }];
  }

  function noteProblems(root: LiveRoot, seq: number, count: number): void {
    const seqs = problemSeqs.get(root) ?? createNumberColumn();
    problemSeqs.set(root, seqs);
    for (let nth = 0; nth < count; nth++) seqs.push(seq);
  }

  return {
    append(event) {
      const folded = engine.fold(event);
      const { seq, frame, answers, root } = folded;
      const found = [...folded.problems, ...findRefusal(folded)];
      for (const problem of found) addProblem(problems, problem);
      if (event.type === "page") page = event;
      if (root !== null && found.length > 0) noteProblems(root, seq, found.length);
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
    length: entries.length,
    entry: entries.at,
    isKept: entries.isKept,
    decode: (event) => (isFrameEvent(event) ? engine.decode(event) : null),
    page: () => page,
    problems,
    problemsOf(root, upTo) {
      const seqs = problemSeqs.get(root);
      return seqs === undefined ? 0 : countPassing(seqs.length(), (nth) => (seqs.at(nth) ?? 0) <= upTo);
    },
  };
}

// Most events have none: they share one list.
const NO_MESSAGES: readonly string[] = [];

function toMessages(problems: readonly JournalProblem[]): readonly string[] {
  return problems.length === 0 ? NO_MESSAGES : problems.map((problem) => problem.message);
}
