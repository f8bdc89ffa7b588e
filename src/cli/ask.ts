import { createSessionAsker } from "../host/session-asker";
import { parseAskArguments } from "./ask-arguments";
import { giveUp, type Output, write } from "./output";
import { readSessionFile } from "./session-file";

/**
 * `musubi-devtools ask FILE QUESTION`: prints the answer to one question about a session as a line of JSON.
 *
 * @returns the exit status: 0, or 2 with one line on standard error. It is safe to exit then: all is written.
 */
export async function ask(args: readonly string[], io: Output): Promise<number> {
  const parsed = parseAskArguments(args);
  if (typeof parsed === "string") return giveUp(io, "ask", parsed);
  const { file, question } = parsed;
  const read = await readSessionFile(file, createSessionAsker);
  if (!read.ok) return giveUp(io, "ask", `${file}: ${read.why}`);
  const answer = read.reader.asker(read.truncatedLine).askJson(JSON.parse(JSON.stringify(question)));
  if (answer.kind === "refused") return giveUp(io, "ask", answer.message);
  await write(io.stdout, `${JSON.stringify(answer)}\n`);
  return 0;
}
