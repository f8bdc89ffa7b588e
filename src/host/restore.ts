import type { BrokenEvent } from "../session/event";
import { failure, type Result, success } from "../wire/result";
import type { BookState } from "./book";
import { readLine } from "./journal-line";
import type { JournalStore, StoredChunk } from "./journal-store";
import type { Restore } from "./recording";
import { MAX_BROKEN_CHARS } from "./session-terms";

/** After this many characters whatever else waits for the thread has its turn. */
const BREATH_CHARS = 4 * 1024 * 1024;

/**
 * Reads the newest segments of a session back from the store: what came before them is skipped, and stands folded at
 * the end of what was skipped, so that every event has the `seq` that it had.
 * @param maxChars about how much is read at the most, but never less than the newest segment
 * @param breathe resolves after others had their turn
 * @returns a fault as a part of a sentence: why it could not be read
 */
export async function restoreEvents(
  store: JournalStore,
  session: string,
  book: BookState,
  { skip, append }: Restore,
  maxChars: number,
  breathe: () => Promise<void>,
): Promise<Result<null, string>> {
  const start = findStart(book, maxChars);
  let { index, first } = start;
  let breath = 0;
  let time = 0;

  function takeLines(text: string, count: number): boolean {
    let at = 0;
    for (let n = 0; n < count; n++) {
      const end = text.indexOf("\n", at);
      if (end < 0) return false;
      const event = readLine(text.slice(at, end)) ?? toBroken(text.slice(at, end), time);
      time = event.t;
      append(event);
      at = end + 1;
    }
    return at === text.length;
  }

  /** What stands for all that came before takes the numbers right before the chunk's. */
  function takeHead({ head }: StoredChunk): boolean {
    if (head === null) return false;
    const count = countLines(head);
    const t = count === 0 ? 0 : (readLine(head.slice(0, head.indexOf("\n")))?.t ?? 0);
    if (count >= first) return false;
    skip(first - 1 - count, t);
    return takeLines(head, count);
  }

  function takeChunk(chunk: StoredChunk): boolean {
    if (chunk.index !== index || chunk.first !== first) return false;
    if (index === start.index && !takeHead(chunk)) return false;
    if (!takeLines(chunk.text, chunk.events)) return false;
    breath += chunk.text.length;
    index++;
    first += chunk.events;
    return true;
  }

  try {
    for await (const chunk of store.chunks(session, index)) {
      if (index === book.chunks) break;
      if (!takeChunk(chunk)) return failure("what was kept does not fit together");
      if (breath < BREATH_CHARS) continue;
      breath = 0;
      await breathe();
    }
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
  return index === book.chunks && first === book.next
    ? success(null)
    : failure("a part of what was kept is missing");
}

/** The oldest segment from which on no more is to be read than is read at the most. */
function findStart(
  { segments }: BookState,
  maxChars: number,
): { readonly index: number; readonly first: number } {
  let chars = 0;
  let start: { readonly index: number; readonly first: number } = { index: 0, first: 1 };
  for (const [age, segment] of [...segments].reverse().entries()) {
    chars += segment.bytes;
    if (age > 0 && chars > maxChars) break;
    start = segment;
  }
  return start;
}

/** One line that was spoilt costs itself alone. */
function toBroken(line: string, t: number): BrokenEvent {
  return { type: "broken", t, text: line.slice(0, MAX_BROKEN_CHARS), why: WHY_SPOILT };
}

const WHY_SPOILT = "What was kept of this event could not be read back.";

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
