import { createCursor } from "../../src/engine/content/cursor";
import type { Engine } from "../../src/engine/engine";
import { fieldIn, isJsonArray, type Json } from "../../src/wire/json";
import { ingest } from "./ingest";
import { inRounds, median, quantile } from "./measure";
import { onlyRoot } from "./oracle";
import { type BenchSession, pick, tickingRows, tickingStores } from "./sessions";
import { type Figure, formatMs } from "./table";

const ENVELOPES = 100_000;
const SEEKS = 100;

/** Going to random events of a long session, from wherever the one before led. */
export function* seekFigures(): Generator<Figure> {
  yield* seekInList(tickingRows(1000, ENVELOPES), 1000, "price", 5);
  yield* seekInList(tickingStores(10_000, ENVELOPES), 10_000, "n", 16);
}

function* seekInList(session: BenchSession, rows: number, field: string, target: number): Generator<Figure> {
  const engine = ingest(session.events);
  const { history } = onlyRoot(engine);
  const cursor = createCursor(history);
  const seekTo = (version: number): Json => {
    const content = cursor.seek(engine.seq - ENVELOPES - 1 + version);
    if (content === "truncated") throw new Error("The history is not kept.");
    return content.state;
  };
  const checked = (version: number, state: Json): void => {
    const list = fieldIn(state, "rows");
    const row = isJsonArray(list) ? list[pick(version - 1, rows)] : undefined;
    if (fieldIn(row, field) !== version - 1) throw new Error(`Version ${version} is not what it was.`);
  };
  yield seekFigure(session.name, target, (nth) => {
    const version = 2 + pick(nth, ENVELOPES);
    const start = performance.now();
    const state = seekTo(version);
    const ms = performance.now() - start;
    checked(version, state);
    return ms;
  });
}

/** Every root of a session, taken to random events. */
export function seekFileFigure({ name, events }: BenchSession): Figure {
  const engine = ingest(events);
  const cursors = rootsOf(engine).map(({ history }) => createCursor(history));
  return seekFigure(name, null, (nth) => {
    const seq = 1 + pick(nth, engine.seq);
    const start = performance.now();
    for (const cursor of cursors) cursor.seek(seq);
    return performance.now() - start;
  });
}

function rootsOf(engine: Engine) {
  return engine.connections.flatMap((connection) => connection.roots);
}

/** @param seek makes the nth of all seeks, and tells how long it took */
function seekFigure(name: string, target: number | null, seek: (nth: number) => number): Figure {
  let nth = 0;
  const rounds = inRounds(() => Array.from({ length: SEEKS }, () => seek(nth++)));
  const middle = median(rounds.map(median));
  const worst = Math.max(...rounds.flat());
  return {
    name: `seek: ${name}, 95 % of seeks within`,
    value: median(rounds.map((times) => quantile(times, 0.95))),
    unit: "ms",
    target,
    medians: `half within ${formatMs(middle)}, all within ${formatMs(worst)}`,
  };
}
