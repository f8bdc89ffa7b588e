import type { Engine } from "../../src/engine/engine";
import { ingest } from "./ingest";
import { collectGarbage } from "./measure";
import { checkEngine } from "./oracle";
import { type BenchSession, smallEnvelopes, tickingRows, tickingStores } from "./sessions";
import { type Figure, formatCount } from "./table";

const VERSIONS = 100_000;
const TARGET = 1024;

/** What a version costs beyond the text of the frames that it came in: the heap with and without the engine. */
export function* memoryFigures(): Generator<Figure> {
  yield memoryFigure(smallEnvelopes(VERSIONS));
  yield memoryFigure(tickingRows(1000, VERSIONS));
  yield memoryFigure(tickingStores(10_000, VERSIONS));
}

function memoryFigure(session: BenchSession): Figure {
  // With one like it at hand, so that nothing which is made once, or let go late, counts for this one.
  const other = ingest(session.events);
  const before = heapUsed();
  const engine = ingest(session.events);
  const bytes = heapUsed() - before;
  checkEngine(session, other);
  checkEngine(session, engine);
  return {
    name: `memory: ${session.name}, a version`,
    value: bytes / VERSIONS,
    unit: "B",
    target: TARGET,
    medians: `${formatCount(Math.round(bytes / 1024))} KiB for ${formatCount(countVersions(engine))} versions`,
  };
}

function countVersions(engine: Engine): number {
  const roots = engine.connections.flatMap((connection) => connection.roots);
  return roots.reduce((sum, { history }) => sum + history.count() - history.forgotten(), 0);
}

/** Bytes that are in use once nothing is left to be collected. */
function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
