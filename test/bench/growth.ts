import { createEngine, type Engine } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import { keepShapesOf } from "./ingest";
import { collectGarbage, compare, inRounds, median } from "./measure";
import { checkEngine } from "./oracle";
import { type BenchSession, growingTree, smallEnvelopes } from "./sessions";
import { type Figure, formatCount, formatMs } from "./table";

const FRAMES = 100_000;
const BLOCK = 10_000;
const FIRST = 1000;

/** What a frame costs as its session, or the tree that it belongs to, grows. */
export function* growthFigures(): Generator<Figure> {
  yield growingSession();
  yield growingState(100, 10_000);
}

function growingSession(): Figure {
  const session = smallEnvelopes(FRAMES);
  keepShapesOf(session.events);
  const rounds = inRounds(() => timeEnds(session));
  const [early, late] = [median(rounds.map(({ early }) => early)), median(rounds.map(({ late }) => late))];
  return {
    name: `growth: a frame, the last ${formatCount(BLOCK)} of ${formatCount(FRAMES)} against the first`,
    value: median(rounds.map((round) => round.late / round.early)),
    unit: "x",
    target: 1.2,
    medians: `${formatMs(late / BLOCK)} / ${formatMs(early / BLOCK)} a frame`,
  };
}

/** The first frames of a session, after some that warm up, and its last ones. */
function timeEnds(session: BenchSession): { readonly early: number; readonly late: number } {
  const { events } = session;
  const engine = createEngine();
  collectGarbage();
  // Whatever is still learned after that is not the first frames' own cost.
  fold(createEngine(), events.slice(0, BLOCK));
  fold(engine, events.slice(0, FIRST));
  const early = fold(engine, events.slice(FIRST, FIRST + BLOCK));
  fold(engine, events.slice(FIRST + BLOCK, -BLOCK));
  const late = fold(engine, events.slice(-BLOCK));
  checkEngine(session, engine);
  return { early, late };
}

function growingState(few: number, many: number): Figure {
  const [small, large] = [growingTree(few, BLOCK), growingTree(many, BLOCK)];
  keepShapesOf(small.events);
  const { ms, base_ms, ratio } = compare(
    () => foldEnvelopes(large),
    () => foldEnvelopes(small),
  );
  return {
    name: `growth: the same envelope, ${large.name} against ${small.name}`,
    value: ratio,
    unit: "x",
    target: 2,
    medians: `${formatMs(ms / BLOCK)} / ${formatMs(base_ms / BLOCK)} a frame`,
  };
}

/** Folds all but the session's envelopes beforehand; its mount costs what its state is large. */
function foldEnvelopes(session: BenchSession): () => Engine {
  const engine = createEngine();
  fold(engine, session.events.slice(0, -BLOCK));
  const envelopes = session.events.slice(-BLOCK);
  return () => {
    fold(engine, envelopes);
    return engine;
  };
}

/** @returns how long it took, in milliseconds */
function fold(engine: Engine, events: readonly SessionEvent[]): number {
  const start = performance.now();
  for (const event of events) engine.fold(event);
  return performance.now() - start;
}
