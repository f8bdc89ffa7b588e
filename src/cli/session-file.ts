import { once } from "node:events";
import { createReadStream } from "node:fs";
import { constants, createGunzip } from "node:zlib";
import type { SessionIntake } from "../host/session-intake";
import { describeSessionFault } from "../session/session-fault";

const GZIP_MAGIC: readonly number[] = [0x1f, 0x8b];

/** What reads a session, and where it takes the file's text in. */
type Taker = { readonly intake: SessionIntake };

/** A session file that was read to its end, and what it was read by; or a line that says why it could not be. */
export type FileRead<Reader> =
  | { readonly ok: true; readonly reader: Reader; readonly truncatedLine: number | null }
  | { readonly ok: false; readonly why: string };

/**
 * Reads a session file, gzipped or not. One that was cut short while it was packed still gives all that unpacks.
 * @param create makes what reads it; called again where the file has to be read a second time
 */
export async function readSessionFile<Reader extends Taker>(
  file: string,
  create: () => Reader,
): Promise<FileRead<Reader>> {
  const whole = await feed(file, create(), constants.Z_FINISH);
  const { reader, failure, isCut } = whole.isCut
    ? { ...(await feed(file, create(), constants.Z_SYNC_FLUSH)), isCut: true }
    : whole;
  if (failure !== null) return { ok: false, why: failure };
  const ended = reader.intake.end(isCut);
  if (!ended.ok) return { ok: false, why: describeSessionFault(ended.failure) };
  return { ok: true, reader, truncatedLine: ended.value };
}

type Fed<Reader> = {
  readonly reader: Reader;
  /** Why the file cannot be read; null where it was. */
  readonly failure: string | null;
  /** Packed data ends too early. */
  readonly isCut: boolean;
};

/** Feeds the file to a reader, unpacked if it is gzipped. `finishFlush` is what zlib demands at the end. */
async function feed<Reader extends Taker>(
  file: string,
  reader: Reader,
  finishFlush: number,
): Promise<Fed<Reader>> {
  const { intake } = reader;
  const decoder = new TextDecoder();
  try {
    for await (const bytes of await openUnpacked(file, finishFlush)) {
      const pushed = intake.push(decoder.decode(bytes, { stream: true }));
      if (!pushed.ok) return { reader, failure: describeSessionFault(pushed.failure), isCut: false };
    }
    const pushed = intake.push(decoder.decode());
    return { reader, failure: pushed.ok ? null : describeSessionFault(pushed.failure), isCut: false };
  } catch (error) {
    const isCut = codeOf(error) === "Z_BUF_ERROR";
    return { reader, failure: describeReadError(error, intake.lines() + 1), isCut };
  }
}

async function openUnpacked(file: string, finishFlush: number): Promise<AsyncIterable<Uint8Array>> {
  const source = createReadStream(file);
  await once(source, "readable");
  const head: Uint8Array | null = source.read(GZIP_MAGIC.length);
  if (head !== null) source.unshift(head);
  if (head === null || !GZIP_MAGIC.every((byte, at) => head[at] === byte)) return source;
  const unpacked = createGunzip({ finishFlush });
  source.on("error", (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}

function describeReadError(error: unknown, line: number): string {
  const why = error instanceof Error ? error.message : String(error);
  return codeOf(error)?.startsWith("Z_") ? `line ${line}: the file is gzipped, but damaged: ${why}` : why;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
