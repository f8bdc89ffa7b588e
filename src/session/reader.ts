import { isJsonObject } from "../wire/json";
import { failure, type Result, success } from "../wire/result";
import type { BrokenEvent, SessionEvent, SessionHeader } from "./event";
import { readEvent } from "./event-guard";
import { readHeader } from "./header";
import { parseLine } from "./line";
import type { SessionFault } from "./session-fault";

/** A longer line is not gathered in memory: its beginning is kept and its place in the session. */
export const MAX_LINE_CHARS = 128 * 1024 * 1024;

/** How much of a line that is too long is kept. */
const KEPT_CHARS = 1000;

/** What `end` found. */
export type SessionEnd = {
  readonly events: readonly SessionEvent[];
  /** The line that the file ends in the middle of; it is no event. Null for a whole file. */
  readonly truncated_line: number | null;
};

/**
 * Reads a session as it comes in, chunk by chunk, cut anywhere. After a failure every call fails the same way.
 * Lines that are no event become `broken` events in their place, so that the rest keeps its `seq`; empty lines are
 * passed over.
 */
export type SessionReader = {
  /** The events whose lines this chunk completes. */
  readonly push: (chunk: string) => Result<readonly SessionEvent[], SessionFault>;
  readonly end: () => Result<SessionEnd, SessionFault>;
  /** Null until the first line has come. */
  readonly header: () => SessionHeader | null;
  /** How many lines have come whole. */
  readonly lines: () => number;
};

export function createSessionReader(maxLineChars: number = MAX_LINE_CHARS): SessionReader {
  let header: SessionHeader | null = null;
  let fault: SessionFault | null = null;
  let rest = "";
  let restIsCut = false;
  let line = 0;
  let t = 0;

  function gather(part: string): void {
    if (!restIsCut && rest.length + part.length <= maxLineChars) {
      rest += part;
    } else {
      rest = (rest.length < KEPT_CHARS ? rest + part.slice(0, KEPT_CHARS) : rest).slice(0, KEPT_CHARS);
      restIsCut = true;
    }
  }

  /** The event on the gathered line; null for the header and for an empty line. */
  function takeLine(): SessionEvent | null {
    const [text, isCut] = [rest, restIsCut];
    [rest, restIsCut] = ["", false];
    line++;
    if (line === 1) {
      const read = readHeader(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
      if (read.ok) header = read.value;
      else fault = read.failure;
      return null;
    }
    if (text.trim() === "") return null;
    const event = isCut
      ? broken(text, `it is longer than ${maxLineChars} characters`, line, t)
      : readLine(text, line, t);
    t = event.t;
    return event;
  }

  return {
    header: () => header,
    lines: () => line,
    push(chunk) {
      const events: SessionEvent[] = [];
      let start = 0;
      for (let end = chunk.indexOf("\n"); end !== -1 && fault === null; end = chunk.indexOf("\n", start)) {
        gather(chunk.slice(start, end));
        start = end + 1;
        const event = takeLine();
        if (event !== null) events.push(event);
      }
      if (fault !== null) return failure(fault);
      gather(chunk.slice(start));
      return success(events);
    },
    end() {
      const hasRest = rest.trim() !== "";
      if (fault === null && line === 0 && !hasRest) fault = { reason: "empty" };
      if (fault === null && line > 0 && hasRest && (restIsCut || !parseLine(rest).ok)) {
        return success({ events: [], truncated_line: line + 1 });
      }
      const event = fault === null && hasRest ? takeLine() : null;
      if (fault !== null) return failure(fault);
      return success({ events: event === null ? [] : [event], truncated_line: null });
    },
  };
}

/** A whole session. */
export type Session = SessionEnd & { readonly header: SessionHeader };

/** Reads a session from its text. */
export function readSession(text: string): Result<Session, SessionFault> {
  const reader = createSessionReader();
  const pushed = reader.push(text);
  if (!pushed.ok) return pushed;
  const ended = reader.end();
  if (!ended.ok) return ended;
  const header = reader.header();
  if (header === null) return failure({ reason: "empty" });
  const { events, truncated_line } = ended.value;
  return success({ header, events: [...pushed.value, ...events], truncated_line });
}

const BYTE_ORDER_MARK = "\uFEFF";

function readLine(text: string, line: number, before: number): SessionEvent {
  const parsed = parseLine(text);
  if (!parsed.ok) return broken(text, `it is not JSON: ${parsed.failure}`, line, before);
  if (!isJsonObject(parsed.value)) return broken(text, "it is not a JSON object", line, before);
  const event = readEvent(parsed.value, before);
  if (event.ok) return event.value;
  const { field, expected } = event.failure;
  return broken(text, `its ${field} should be ${expected}`, line, before);
}

function broken(text: string, why: string, line: number, t: number): BrokenEvent {
  return { type: "broken", t, text, why, line };
}
