import { applyOperation, type Operation } from "fast-json-patch/commonjs/core.js";
import { applyPatches, enablePatches, type Patch, setAutoFreeze } from "immer";
import { immutableJSONPatch } from "immutable-json-patch";
import { apply as applyMutative } from "mutative";
import { createCursor } from "../../src/engine/content/cursor";
import { EMPTY } from "../../src/engine/content/draft";
import { createArchive, type History } from "../../src/engine/content/history";
import { applyPatch } from "../../src/engine/content/patch";
import type { JsonObject } from "../../src/wire/json";
import { compareAll, keepShapes, type Task } from "./measure";
import { checkEqual } from "./oracle";
import { replace } from "./server-frames";
import { pick } from "./sessions";
import { type Figure, formatCount, formatMs } from "./table";

const ROWS = 1000;
const OPERATIONS = 10_000;

/** A way to take a document through operations, one at a time. */
type Library = {
  readonly name: string;
  /** Gets ready for one run, with nothing of another run in it. */
  readonly prepare: () => () => Outcome;
};

/** The document at the end, for whoever wants to look at it. */
type Outcome = () => unknown;

/** Applying operations one at a time with their history, against doing so in place without one. */
export function* applyFigures(): Generator<Figure> {
  setAutoFreeze(false);
  enablePatches();
  // By themselves, so that neither pays for what the others leave behind.
  yield* compareLibraries([OWN], 1);
  yield* compareLibraries(INFORMATION, null);
}

function* compareLibraries(libraries: readonly Library[], target: number | null): Generator<Figure> {
  const outcomes = new Map<Library, Outcome>();
  const noting = (library: Library): Task => {
    return () => {
      const run = library.prepare();
      return () => outcomes.set(library, run());
    };
  };
  keepShapes([BASE, ...libraries].map(({ prepare }) => prepare()()));
  const comparisons = compareAll(libraries.map(noting), noting(BASE));
  const expected = outcomes.get(BASE)?.();
  for (const [at, library] of libraries.entries()) {
    checkEqual(`the document of ${library.name}`, outcomes.get(library)?.(), expected);
    const { ms, base_ms, ratio } = comparisons[at] ?? { ms: 0, base_ms: 0, ratio: 0 };
    yield {
      name: `apply: one operation to ${formatCount(ROWS)} rows, ${library.name}`,
      value: ratio,
      unit: "x",
      target,
      medians: `${formatMs(ms / OPERATIONS)} / ${formatMs(base_ms / OPERATIONS)} ${BASE.name}`,
    };
  }
}

const BASE: Library = {
  name: "fast-json-patch in place",
  prepare() {
    const [state, ops] = [freshDocument(), freshOperations()];
    return () => {
      let document = state;
      for (const op of ops) document = applyOperation(document, op, false, true).newDocument;
      return () => document;
    };
  },
};

const OWN: Library = {
  name: "its history kept",
  prepare() {
    const history = createArchive().create();
    const [state, ops] = [freshDocument(), freshOperations()];
    keep(history, 1, [replace("", state)]);
    return () => {
      let seq = 1;
      for (const op of ops) keep(history, ++seq, [op]);
      return () => {
        checkHistory(history);
        return history.now().state;
      };
    };
  },
};

const INFORMATION: readonly Library[] = [
  {
    name: "immutable-json-patch",
    prepare: () => eachVersion((state, op) => immutableJSONPatch(state, [op])),
  },
  { name: "mutative", prepare: () => eachVersion((state, op) => applyMutative(state, [op])) },
  {
    name: "immer, not freezing",
    prepare() {
      const patches = freshOperations().map(toImmerPatch);
      const state = freshDocument();
      return () => {
        const document = patches.reduce((before, patch) => applyPatches(before, [patch]), state);
        return () => document;
      };
    },
  },
];

function eachVersion(step: (state: JsonObject, op: PlainOperation) => JsonObject): () => Outcome {
  const [state, ops] = [freshDocument(), freshOperations()];
  return () => {
    const document = ops.reduce(step, state);
    return () => document;
  };
}

function keep(history: History, seq: number, ops: readonly JsonObject[]): void {
  const fault = applyPatch(history.draft, ops, history.log);
  if (fault !== null) throw new Error(`Operation ${seq} does not fit.`);
  history.append({ seq, kind: "envelope", epoch: 1, version: seq, size: OPERATION_CHARS });
}

/** About what an operation is of its frame's text. */
const OPERATION_CHARS = 200;

/** Every version is there: the first one is reached from the last. */
function checkHistory(history: History): void {
  const cursor = createCursor(history);
  const [before, first] = [cursor.moveTo(0), cursor.moveTo(1)];
  if (before === "truncated" || first === "truncated") throw new Error("The history is not kept.");
  checkEqual("the content before the first version", before, EMPTY);
  checkEqual("the first version", first.state, freshDocument());
}

type PlainOperation = Operation & JsonObject & { readonly op: "add" | "remove" | "replace" };

/** What a list goes through: mostly a field, now and then a whole row, or one that comes or goes. */
function freshOperations(): readonly PlainOperation[] {
  return Array.from({ length: OPERATIONS }, (_, at): PlainOperation => {
    const place = pick(at, ROWS - 10);
    if (at % 20 === 7) return { op: "replace", path: `/rows/${place}`, value: row(at) };
    if (at % 40 === 3) return { op: "add", path: `/rows/${place}`, value: row(at) };
    if (at % 40 === 23) return { op: "remove", path: `/rows/${place}` };
    return { op: "replace", path: `/rows/${place}/price`, value: at };
  });
}

function freshDocument(): JsonObject {
  return { rows: Array.from({ length: ROWS }, (_, at) => row(at)) };
}

function row(at: number): JsonObject {
  return { id: `row-${at}`, name: `The name of row ${at}`, price: at * 100, tags: ["new", "sale"] };
}

/** Its paths are taken apart beforehand: that is not its own. */
function toImmerPatch({ op, path, ...rest }: PlainOperation): Patch {
  const tokens = path.slice(1).split("/");
  return { op, path: tokens.map((token) => (/^\d+$/.test(token) ? Number(token) : token)), ...rest };
}
