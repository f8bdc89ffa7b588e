import { type LineSubject, lineKey } from "../bridge/line-key";
import type { RootKey } from "../bridge/root-key";
import { countPassing } from "../engine/content/count-passing";
import { type Divergence, describeDivergence } from "../engine/fold/divergence";
import { addProblem, type Problem, placedAt } from "../engine/problem";

/** A problem of the engine's, a push that the server refused in its own name (wire.md 11), or a divergence. */
export type JournalProblem =
  | Problem
  | (Omit<Problem, "code"> & { readonly code: "refused" | Divergence["kind"] });

/** Where a problem arose; null where that is not known, or nowhere. */
export type ProblemPlace = {
  readonly connection: number | null;
  readonly topic: string | null;
  readonly root: RootKey | null;
};

/**
 * Everything that went wrong, in order, and of each thing in the tree of stores what went wrong with it or with what is
 * in it.
 */
export type ProblemIndex = {
  readonly all: readonly JournalProblem[];
  readonly add: (problem: JournalProblem, place: ProblemPlace) => void;
  /** How many problems of a thing had arisen after event `seq`. */
  readonly countOf: (subject: LineSubject, seq: number) => number;
  /** The problem of a thing with this number, counted from 0. */
  readonly nthOf: (subject: LineSubject, nth: number) => JournalProblem | undefined;
};

/** A page decides how long its topics are: what has a longer key is not told problem by problem. */
const MAX_KEY_CHARS = 2_000;
/** Of all keys together: beyond that no further thing is told its problems. */
const MAX_KEYS_CHARS = 8 * 1024 * 1024;
/** Problems of deeper stores are told of those around them that are not. */
const MAX_DEPTH = 16;

export function createProblemIndex(): ProblemIndex {
  const all: JournalProblem[] = [];
  const byKey = new Map<string, JournalProblem[]>();
  let room = MAX_KEYS_CHARS;

  function listOf(key: string): JournalProblem[] | null {
    const known = byKey.get(key);
    if (known !== undefined || key.length > Math.min(MAX_KEY_CHARS, room)) return known ?? null;
    const own: JournalProblem[] = [];
    byKey.set(key, own);
    room -= key.length;
    return own;
  }

  return {
    all,
    add(problem, place) {
      const known = all.length;
      addProblem(all, problem);
      const added = all[known];
      if (added === undefined) return;
      for (const subject of subjectsOf(problem, place)) listOf(lineKey(subject))?.push(added);
    },
    countOf(subject, seq) {
      const own = byKey.get(lineKey(subject)) ?? [];
      return countPassing(own.length, (nth) => (own[nth]?.seq ?? 0) <= seq);
    },
    nthOf: (subject, nth) => byKey.get(lineKey(subject))?.[nth],
  };
}

/** A divergence as a problem at the event that it began with. What it says goes with it: it may end. */
export function divergenceProblem(divergence: Divergence): JournalProblem {
  const { from_seq: seq, kind: code } = divergence;
  const store_id = divergence.kind === "stale_stream" ? divergence.store_id : undefined;
  return {
    ...placedAt({ seq, code }, store_id),
    get message() {
      return describeDivergence(divergence);
    },
  };
}

/** What a problem is told of: its connection and channel, its root, its store and the stores around that. */
function subjectsOf({ store_id = [] }: JournalProblem, place: ProblemPlace): readonly LineSubject[] {
  const { connection, topic, root } = place;
  const subjects: LineSubject[] = [];
  if (connection !== null) {
    subjects.push({ kind: "connection", connection });
    if (topic !== null) subjects.push({ kind: "channel", connection, topic });
  }
  if (root === null) return subjects;
  for (let depth = 0; depth <= Math.min(MAX_DEPTH, store_id.length); depth++) {
    subjects.push({ kind: "store", root, store_id: store_id.slice(0, depth) });
  }
  return subjects;
}
