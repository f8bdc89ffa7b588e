import { assertNever } from "../../wire/assert-never";
import type { EntryOf } from "../fold/timeline-entry";

/** What the session itself tells, and no frame. */
export function summarizeSession(entry: EntryOf<"page" | "gap" | "base" | "mark" | "unknown">): string {
  switch (entry.kind) {
    case "page":
      return `page ${entry.phase}`;
    case "gap":
      return `${entry.events} ${entry.events === 1 ? "event is" : "events are"} missing (${entry.bytes} bytes)`;
    case "base":
      return `earlier history of ${entry.root?.root_id ?? entry.topic}, folded into one event`;
    case "mark":
      return entry.text;
    case "unknown":
      return UNKNOWN_WORDS[entry.what];
    default:
      return assertNever(entry);
  }
}

const UNKNOWN_WORDS = {
  event: "an event of a type that is not known",
  frame: "a frame that could not be read",
  line: "something that is no event",
} as const;

/** What became of a transport. */
export function summarizeTransport({
  what,
  socket,
  attempt,
  connection,
  code,
}: EntryOf<"transport">): string {
  const name = `socket ${socket}`;
  switch (what) {
    case "socket": {
      const nth = attempt === null || attempt.nth === 1 ? "" : `, attempt ${attempt.nth}`;
      const delay = attempt?.delay_ms ?? null;
      const where = connection === null ? "" : ` to ${connection.endpoint}`;
      return `${name}${where}${nth}${delay === null ? "" : `, after ${delay} ms`}`;
    }
    case "open":
      return `${name} open`;
    case "error":
      return `${name} error`;
    case "close":
      return `${name} closed with code ${code ?? "none"}`;
    default:
      return assertNever(what);
  }
}
