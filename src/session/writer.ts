import { isJsonObject } from "../wire/json";
import type { SessionEvent, SessionHeader } from "./event";
import { readEvent } from "./event-guard";
import { parseLine } from "./line";

/** A session file's text (session-format.md): what `readSession` reads back as the same events. */
export function writeSession(header: SessionHeader, events: Iterable<SessionEvent>): string {
  const lines = [writeHeader(header)];
  for (const event of events) lines.push(writeEvent(event));
  return lines.join("");
}

/** The first line, its newline included. */
export function writeHeader(header: SessionHeader): string {
  return `${JSON.stringify(header)}\n`;
}

/** One event's line, its newline included. Unknown and broken events are written as they once stood. */
export function writeEvent(event: SessionEvent): string {
  switch (event.type) {
    case "unknown":
      return `${JSON.stringify(event.raw)}\n`;
    case "broken":
      return `${staysBroken(event.text) ? event.text : JSON.stringify(event.text)}\n`;
    default:
      return `${JSON.stringify(event)}\n`;
  }
}

/**
 * Whether the text, as a line of its own, is read as one broken line again. What came from a file always is; what a
 * page reported may hold newlines, or be an event of another session. Quoted, it is a JSON string and no event.
 */
function staysBroken(text: string): boolean {
  if (text.includes("\n") || text.trim() === "") return false;
  const parsed = parseLine(text);
  return !parsed.ok || !isJsonObject(parsed.value) || !readEvent(parsed.value, 0).ok;
}
