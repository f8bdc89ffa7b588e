import type { BrokenEvent, SessionEvent } from "../session/event";
import { readEvent } from "../session/event-guard";
import { parseLine } from "../session/line";
import { writeEvent } from "../session/writer";
import { isJsonObject, type JsonObject, ownField } from "../wire/json";

/**
 * An event's line in the journal store, its newline included: as in a session file, but that a `broken` event keeps its
 * time and its reason, which a file finds out anew. A session file's reader takes it for an event of an unknown type.
 */
export function writeLine(event: SessionEvent): string {
  return event.type === "broken" ? `${JSON.stringify(event)}\n` : writeEvent(event);
}

/** The event of a line without its newline; null where it is none: nothing that `writeLine` wrote. */
export function readLine(line: string): SessionEvent | null {
  const parsed = parseLine(line);
  if (!parsed.ok || !isJsonObject(parsed.value)) return null;
  if (isBroken(parsed.value)) return parsed.value;
  const event = readEvent(parsed.value, 0);
  return event.ok ? event.value : null;
}

function isBroken(object: JsonObject): object is JsonObject & BrokenEvent {
  return (
    ownField(object, "type") === "broken" &&
    typeof ownField(object, "t") === "number" &&
    typeof ownField(object, "text") === "string" &&
    typeof ownField(object, "why") === "string"
  );
}
