import { formatInspection } from "../host/inspection-text";
import { createInspector, describeMomentFault } from "../host/inspector";
import { parseInspectArguments } from "./inspect-arguments";
import { giveUp, type Output, write } from "./output";
import { readSessionFile } from "./session-file";

/**
 * `musubi-devtools inspect FILE`: prints the state of everything in a session at one event (session-format.md,
 * Inspection document).
 *
 * @returns the exit status: 0, or 2 with one line on standard error. It is safe to exit then: all is written.
 */
export async function inspect(args: readonly string[], io: Output): Promise<number> {
  const parsed = parseInspectArguments(args);
  if (typeof parsed === "string") return giveUp(io, "inspect", parsed);
  const { file, moments, root_id, json } = parsed;
  const read = await readSessionFile(file, () => createInspector(moments, root_id));
  if (!read.ok) return giveUp(io, "inspect", `${file}: ${read.why}`);
  const documents = read.reader.documents(read.truncatedLine);
  if (!documents.ok) return giveUp(io, "inspect", `${file}: ${describeMomentFault(documents.failure)}`);
  const texts = documents.value.map((document) =>
    json ? `${JSON.stringify(document)}\n` : formatInspection(document),
  );
  for (const text of texts) await write(io.stdout, text);
  return 0;
}
