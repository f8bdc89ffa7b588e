import { once } from "node:events";
import { createReadStream } from "node:fs";
import type { Writable } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { formatInspection } from "../host/inspection-text";
import { createInspector, describeInspectorFault, type Inspection, type Inspector } from "../host/inspector";
import { type InspectArguments, parseInspectArguments } from "./inspect-arguments";

export type InspectOutput = { readonly stdout: Writable; readonly stderr: Writable };

const UNREADABLE = 2;
const GZIP_MAGIC: readonly number[] = [0x1f, 0x8b];

/**
 * `musubi-devtools inspect FILE`: prints the state of everything in a session at one event (session-format.md,
 * Inspection document).
 *
 * @returns the exit status: 0, or 2 with one line on standard error. It is safe to exit then: all is written.
 */
export async function inspect(args: readonly string[], io: InspectOutput): Promise<number> {
  const parsed = parseInspectArguments(args);
  if (typeof parsed === "string") return fail(io, parsed);
  const documents = await readDocuments(parsed);
  if (typeof documents === "string") return fail(io, `${parsed.file}: ${documents}`);
  const texts = documents.map((document) =>
    parsed.json ? `${JSON.stringify(document)}\n` : formatInspection(document),
  );
  for (const text of texts) await write(io.stdout, text);
  return 0;
}

/** The documents that were asked for. A string says why the file cannot be read. */
async function readDocuments(args: InspectArguments): Promise<readonly Inspection[] | string> {
  const whole = await readFile(args, constants.Z_FINISH);
  // A recording that was cut short while it was packed still shows what it holds, to the last byte that unpacks.
  const read = whole.isCut ? await readFile(args, constants.Z_SYNC_FLUSH) : whole;
  if (read.failure !== null) return read.failure;
  const documents = read.inspector.end(whole.isCut);
  return documents.ok ? documents.value : describeInspectorFault(documents.failure);
}

type FileRead = {
  readonly inspector: Inspector;
  /** Why the file cannot be read; null where it was. */
  readonly failure: string | null;
  /** Packed data ends too early. */
  readonly isCut: boolean;
};

/** Feeds the file to a new inspector, unpacked if it is gzipped. `finishFlush` is what zlib demands at the end. */
async function readFile(
  { file, moments, root_id }: InspectArguments,
  finishFlush: number,
): Promise<FileRead> {
  const inspector = createInspector(moments, root_id);
  const decoder = new TextDecoder();
  try {
    for await (const bytes of await openUnpacked(file, finishFlush)) {
      const pushed = inspector.push(decoder.decode(bytes, { stream: true }));
      if (!pushed.ok) return { inspector, failure: describeInspectorFault(pushed.failure), isCut: false };
    }
    const pushed = inspector.push(decoder.decode());
    return { inspector, failure: pushed.ok ? null : describeInspectorFault(pushed.failure), isCut: false };
  } catch (error) {
    const isCut = codeOf(error) === "Z_BUF_ERROR";
    return { inspector, failure: describeReadError(error, inspector.lines() + 1), isCut };
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

async function fail(io: InspectOutput, why: string): Promise<number> {
  // One line, whatever a file's text brought into the message.
  await write(io.stderr, `musubi-devtools inspect: ${why.replace(/\s+/g, " ")}\n`);
  return UNREADABLE;
}

/** Resolves once the text has left this process, so that nothing is cut off when it ends. */
function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve) => {
    // A reader that closed the pipe early (`| head`) wants no more: that is no error.
    const done = (): void => resolve();
    stream.once("error", done);
    stream.write(text, () => {
      stream.off("error", done);
      resolve();
    });
  });
}
