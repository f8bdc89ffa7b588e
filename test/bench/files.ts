import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Engine } from "../../src/engine/engine";
import { readSession } from "../../src/session/reader";
import { describeSessionFault } from "../../src/session/session-fault";
import { failure, type Result, success } from "../../src/wire/result";
import { ingest, ingestFigure } from "./ingest";
import { checkEqual } from "./oracle";
import { seekFileFigure } from "./seek";
import { type BenchSession, pick } from "./sessions";
import type { Figure } from "./table";

/** Figures of a session that was recorded; nothing is demanded of it. */
export function* fileFigures(session: BenchSession): Generator<Figure> {
  yield ingestFigure(session, null, checkMoments);
  yield seekFileFigure(session);
}

/** A session file, gzipped or not. A string says why it cannot be read. */
export function readSessionFile(path: string): BenchSession | string {
  const text = readText(path);
  if (!text.ok) return `${path}: ${text.failure}`;
  const session = readSession(text.value);
  if (!session.ok) return `${path}: ${describeSessionFault(session.failure)}`;
  return { name: basename(path), events: session.value.events };
}

function readText(path: string): Result<string, string> {
  try {
    const bytes = readFileSync(path);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return success((isPacked ? gunzipSync(bytes) : bytes).toString());
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

const CHECKED_MOMENTS = 3;

/** Nobody says what it should come to: what an engine tells of its past is what another held then. */
function checkMoments({ events }: BenchSession, engine: Engine): void {
  for (let nth = 0; nth < CHECKED_MOMENTS; nth++) {
    const seq = 1 + pick(nth, engine.seq);
    checkEqual(`the document of event ${seq}`, engine.inspectAt(seq), ingest(events.slice(0, seq)).inspect());
  }
}
