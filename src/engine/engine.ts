import type { FrameEvent, SessionEvent } from "../session/event";
import type { Frame } from "../wire/frame";
import { MAX_HISTORY_CHARS } from "./content/history";
import { createEventColumns } from "./event-columns";
import { inspectFold } from "./fold/document";
import { foldEvent } from "./fold/event-fold";
import { type ConnectionAt, facesAt } from "./fold/faces";
import { createFoldState, report } from "./fold/fold-state";
import { decodeFrameEvent } from "./fold/frame-event";
import { LIMITS, type Limits } from "./fold/limits";
import type { Timeline } from "./fold/timeline";
import type { CommandDocument, Inspection } from "./inspection";
import type { LiveChannel, LiveConnection, LiveRoot } from "./live";
import type { Problem } from "./problem";

export type { LiveConnection, LiveRoot } from "./live";

/** The fold of a session: the state after event n is a function of events 1..n (design.md, Laws). */
export type Engine = {
  /** Folds the next event; its `seq` is one more than the last one's. Never throws on any event. */
  readonly fold: (event: SessionEvent) => Folded;
  /**
   * Counts events that are not there any more, so that later ones keep their `seq`: bases that follow stand for what
   * they were. @param count how many @param t the time of the newest of them, in milliseconds of the session
   */
  readonly skip: (count: number, t: number) => void;
  /** Whether event `seq` is one of those: nothing is known of the state after it. */
  readonly isSkipped: (seq: number) => boolean;
  /** Tells that the file ends in the middle of this line, which is no event: a `truncated_file` at the last one. */
  readonly truncate: (line: number) => void;
  readonly seq: number;
  /** Live reads: what stands after the last folded event. Never to be written to. */
  readonly connections: readonly LiveConnection[];
  readonly commands: readonly CommandDocument[];
  readonly problems: readonly Problem[];
  /** What each event was, in the words of the wire; the oldest are let go where there are very many. */
  readonly timeline: Timeline;
  /** When event `seq` came, in milliseconds of the session; 0 where there is none. */
  readonly timeOf: (seq: number) => number;
  /** Characters of the frame that event `seq` is, as text or base64; 0 where it is none. */
  readonly sizeOf: (seq: number) => number;
  /** The message of a frame that was folded, decoded anew; null where it does not decode. Its bytes show as null. */
  readonly decode: (event: FrameEvent) => Frame | null;
  /** The whole state as one document. It stays as it is when later events are folded. */
  readonly inspect: () => Inspection;
  /** The same as it was after event `seq`; `"truncated"` where that much history is not kept any more. */
  readonly inspectAt: (seq: number) => Inspection | "truncated";
  /**
   * All connections, channels and roots as they stood after event `seq`, without what they held. `"truncated"` as for
   * `inspectAt`, but never for the newest event.
   */
  readonly facesAt: (seq: number) => readonly ConnectionAt[] | "truncated";
  /** The last event at or before `t` milliseconds of the session; 0 where that is before all of them. */
  readonly seqAt: (t: number) => number;
};

/** What folding one event told. */
export type Folded = {
  readonly seq: number;
  /** The decoded message, where the event was a frame that decodes. */
  readonly frame: Frame | null;
  /** For a reply: the `seq` of the push that it answers. */
  readonly answers: number | null;
  /** The root whose mount, envelope, command or base this event was. */
  readonly root: LiveRoot | null;
  /** The channel instance on which a push of the server was heard, or whose base this was. */
  readonly channel: LiveChannel | null;
  /**
   * Whether it told something that later events build on and that no base carries: what kind a channel is, how a server
   * names its roots, that a root is there.
   */
  readonly is_lasting: boolean;
  readonly problems: readonly Problem[];
};

const NO_PROBLEMS: readonly Problem[] = [];

/**
 * An engine that has folded nothing yet.
 * @param maxHistoryChars how much text its history may have come from; 0 keeps nothing but the present
 * @param limits how much of each thing is followed
 */
export function createEngine(maxHistoryChars: number = MAX_HISTORY_CHARS, limits: Limits = LIMITS): Engine {
  const state = createFoldState(maxHistoryChars, limits);
  const events = createEventColumns();

  function noteProblems(problems: readonly Problem[]): void {
    const { seq, root, timeline } = state;
    for (const problem of problems) timeline.add({ seq, kind: "problem", problem, root });
  }

  function inspectAt(seq: number): Inspection | "truncated" {
    const at = Math.min(Math.max(seq, 0), state.seq);
    return events.isSkipped(at) ? "truncated" : inspectFold(state, at, events.timeOf(at));
  }

  return {
    fold(event) {
      const known = state.problems.length;
      state.seq++;
      state.t = event.t;
      state.size = 0;
      state.root = null;
      state.answers = null;
      state.channel = null;
      state.is_lasting = false;
      const frame = foldEvent(state, event);
      events.add(event.t, state.size);
      const problems = state.problems.length === known ? NO_PROBLEMS : state.problems.slice(known);
      if (problems.length > 0) noteProblems(problems);
      const { seq, answers, root, channel, is_lasting } = state;
      return { seq, frame, answers, root, channel, is_lasting, problems };
    },
    skip(count, t) {
      if (count <= 0) return;
      state.seq += count;
      state.t = t;
      events.skip(count, t);
    },
    isSkipped: events.isSkipped,
    truncate(line) {
      const known = state.problems.length;
      report(
        state,
        "truncated_file",
        `The file ends in the middle of line ${line}. Everything before that line was read.`,
      );
      noteProblems(state.problems.slice(known));
    },
    get seq() {
      return state.seq;
    },
    connections: state.connections,
    commands: state.commands,
    problems: state.problems,
    timeline: state.timeline,
    timeOf: events.timeOf,
    sizeOf: events.sizeOf,
    decode(event) {
      const decoded = decodeFrameEvent(state, event);
      return decoded.ok ? decoded.value : null;
    },
    inspect() {
      const document = inspectFold(state, state.seq, state.t);
      if (document === "truncated") throw new Error("The present is never truncated.");
      return document;
    },
    inspectAt,
    facesAt: (seq) =>
      seq < state.seq && events.isSkipped(seq) ? "truncated" : facesAt(state.connections, seq),
    seqAt: events.seqAt,
  };
}
