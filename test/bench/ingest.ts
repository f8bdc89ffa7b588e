import { createEngine, type Engine } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import { type Comparison, compare, keepShapes } from "./measure";
import { checkEngine } from "./oracle";
import {
  type BenchSession,
  commands,
  deepTree,
  growingStream,
  longStrings,
  manyOperations,
  movingStores,
  smallEnvelopes,
  tickingStores,
  wholeRows,
} from "./sessions";
import { type Figure, formatCount, formatMs } from "./table";

/** What a session may take to ingest, as a multiple of parsing its frames; null where nothing is demanded. */
const SESSIONS: readonly { readonly make: () => BenchSession; readonly target: number | null }[] = [
  { make: () => smallEnvelopes(100_000), target: 2 },
  { make: () => tickingStores(200, 20_000), target: 2.3 },
  { make: () => wholeRows(1000, 5000), target: 1.3 },
  { make: () => longStrings(5000), target: 2 },
  { make: () => manyOperations(1000, 500), target: 2.2 },
  { make: () => movingStores(1000, 5000), target: null },
  { make: () => deepTree(20_000), target: null },
  { make: () => growingStream(10_000), target: null },
  { make: () => commands(10_000), target: null },
];

/** Everything that is asked of the engine for a session, against `JSON.parse` of the same frames alone. */
export function* ingestFigures(): Generator<Figure> {
  for (const { make, target } of SESSIONS) yield ingestFigure(make(), target, checkEngine);
}

/** @param check what the engine that has ingested the session must hold */
export function ingestFigure(
  session: BenchSession,
  target: number | null,
  check: (session: BenchSession, engine: Engine) => void,
): Figure {
  const { name, events } = session;
  const { comparison, engine } = compareIngest(events);
  check(session, engine);
  const { ms, base_ms, ratio } = comparison;
  const frames = countFrames(events);
  return {
    name: `ingest: ${name}, ${formatCount(averageSize(events))} B a frame`,
    value: ratio,
    unit: "x",
    target,
    medians: `${formatMs(ms)} / ${formatMs(base_ms)} JSON.parse of the ${formatCount(frames)} frames`,
  };
}

/** Decodes and folds a session, keeps its history, and reads every root's state at the end. */
export function ingest(events: readonly SessionEvent[]): Engine {
  const engine = createEngine();
  for (const event of events) engine.fold(event);
  engine.inspect();
  return engine;
}

/** A session that takes less than this to parse is taken several times over. */
const LEAST_BASE_MS = 20;

function compareIngest(events: readonly SessionEvent[]): { comparison: Comparison; engine: Engine } {
  keepShapesOf(events);
  const times = Math.max(1, Math.ceil(LEAST_BASE_MS / Math.max(timeParse(events), 0.01)));
  let engine = ingest(events);
  const comparison = compare(
    () => () => {
      for (let at = 0; at < times; at++) engine = ingest(events);
      return engine;
    },
    () => () => {
      let fields = 0;
      for (let at = 0; at < times; at++) fields += parseAlone(events);
      return fields;
    },
  );
  const { ms, base_ms, ratio } = comparison;
  return { comparison: { ms: ms / times, base_ms: base_ms / times, ratio }, engine };
}

/** Few: where many of a kind stay alive, all of that kind are soon put where old ones live, at a cost. */
const KEPT_EVENTS = 60;

/** Keeps some of what parsing and folding such a session makes. */
export function keepShapesOf(events: readonly SessionEvent[]): void {
  const engine = createEngine();
  const some = events.slice(0, KEPT_EVENTS);
  keepShapes([engine, some.map(engine.fold), some.map(parseFrame)]);
}

function timeParse(events: readonly SessionEvent[]): number {
  const start = performance.now();
  parseAlone(events);
  return performance.now() - start;
}

/** @returns how many fields the frames have, so that no parse is for nothing */
function parseAlone(events: readonly SessionEvent[]): number {
  let fields = 0;
  for (const event of events) {
    const frame = parseFrame(event);
    if (Array.isArray(frame)) fields += frame.length;
  }
  return fields;
}

function parseFrame(event: SessionEvent): unknown {
  if (event.type !== "in" && event.type !== "out") return null;
  return "text" in event ? JSON.parse(event.text) : null;
}

function countFrames(events: readonly SessionEvent[]): number {
  return events.filter(({ type }) => type === "in" || type === "out").length;
}

function averageSize(events: readonly SessionEvent[]): number {
  const sizes = events.flatMap((event) => ("text" in event ? [event.text.length] : []));
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / Math.max(sizes.length, 1));
}
