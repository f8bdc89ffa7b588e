import { createDraft, EMPTY } from "../../src/engine/content/draft";
import { applyPatch } from "../../src/engine/content/patch";
import { createEngine } from "../../src/engine/engine";
import { type BenchSession, rowEnvelopes, smallEnvelopes, tickingStores } from "./sessions";

/** Rounds of each measurement; the middle one is shown. */
const ROUNDS = 5;

type Line = { readonly name: string; readonly ms: number; readonly against: string; readonly ratio: number };

/** Everything that the host asks of the engine for a session: decode, fold, and every root's state at the end. */
function ingest({ events }: BenchSession): void {
  const engine = createEngine();
  for (const event of events) engine.fold(event);
  engine.inspect();
}

function parseAlone({ events }: BenchSession): void {
  for (const event of events) if ("text" in event) JSON.parse(event.text);
}

function compareIngest(session: BenchSession): Line {
  const [ms, base] = measure(
    () => ingest(session),
    () => parseAlone(session),
  );
  return { name: `ingest: ${session.name}`, ms, against: "JSON.parse", ratio: ms / base };
}

/** One operation in place, against copying the document for each version, which is what history by copies costs. */
function compareApply(rows: number, count: number): Line {
  const state = {
    rows: Array.from({ length: rows }, (_, at) => ({ id: at, name: `row ${at}`, price: at * 100 })),
  };
  const ops = Array.from({ length: count }, (_, at) => ({
    op: "replace",
    path: `/rows/${at % rows}/price`,
    value: at,
  }));
  const draft = createDraft({ ...EMPTY, state });
  const [ms, base] = measure(
    () => {
      for (const op of ops) applyPatch(draft, [op], []);
    },
    () => {
      for (let at = 0; at < count; at++) structuredClone(state);
    },
  );
  return { name: `apply ${count} operations to ${rows} rows`, ms, against: "deep clones", ratio: ms / base };
}

/** The medians of both, measured in turns so that what slows the machine slows both. */
function measure(work: () => void, base: () => void): readonly [number, number] {
  const rounds = Array.from({ length: ROUNDS }, () => [time(base), time(work)] as const);
  return [median(rounds.map(([, ms]) => ms)), median(rounds.map(([ms]) => ms))];
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const lines = [
  compareIngest(smallEnvelopes(100_000)),
  compareIngest(tickingStores(200, 20_000)),
  compareIngest(rowEnvelopes(1000, 5_000)),
  compareApply(1000, 200),
];
console.log(`medians of ${ROUNDS} rounds`);
for (const { name, ms, against, ratio } of lines) {
  console.log(
    `${name.padEnd(60)} ${ms.toFixed(1).padStart(9)} ms ${ratio.toPrecision(3).padStart(9)} x ${against}`,
  );
}
