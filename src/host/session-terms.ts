import type { PageEvent } from "../bridge/page-event";
import type { SessionEvent } from "../session/event";
import { readEvent } from "../session/event-guard";
import { parseLine } from "../session/line";
import { isJsonObject } from "../wire/json";

/** How a session says what one document says in its own way. */
export type DocumentTerms = {
  /** The session's number for a socket of the document. */
  readonly socketOf: (local: number) => number;
  /** Milliseconds since the session's start, for a time since 1970. */
  readonly toSessionTime: (at: number) => number;
  /** The document's URL if it is an iframe's; null for the top frame. */
  readonly frame: string | null;
};

/**
 * A page's event as one of the session (session-format.md). A base whose text is none becomes a `broken` event. Null
 * for an event that is none of the session's: the page is the top frame's, and an iframe that goes does not end it.
 */
export function toSessionEvent(event: PageEvent, terms: DocumentTerms): SessionEvent | null {
  const { socketOf, frame } = terms;
  const t = terms.toSessionTime(event.at);
  switch (event.type) {
    case "socket": {
      const { url, transport, protocols } = event;
      const optional = { ...(protocols.length > 0 && { protocols }), ...(frame !== null && { frame }) };
      return { type: "socket", t, socket: socketOf(event.socket), url, transport, ...optional };
    }
    case "open": {
      const protocol = event.protocol === "" ? {} : { protocol: event.protocol };
      return { type: "open", t, socket: socketOf(event.socket), ...protocol };
    }
    case "out":
    case "in": {
      const { type, data } = event;
      const content = typeof data === "string" ? { text: data } : { base64: toBase64(data) };
      return { type, t, socket: socketOf(event.socket), ...content };
    }
    case "error":
      return { type: "error", t, socket: socketOf(event.socket) };
    case "close": {
      const { code, reason, clean } = event;
      return { type: "close", t, socket: socketOf(event.socket), code, reason, clean };
    }
    case "page":
      if (frame !== null) return null;
      return { type: "page", t, phase: event.phase, url: event.url, title: event.title };
    case "gap": {
      const socket = event.socket === undefined ? {} : { socket: socketOf(event.socket) };
      const { events, bytes, why } = event;
      return { type: "gap", t, ...socket, events, bytes, why };
    }
    case "base":
      return readBase(event.text, t, socketOf(event.socket));
    case "broken":
      return { type: "broken", t, text: event.text, why: event.why };
  }
}

/** What a base tells, but for what the session says in its own terms. */
function readBase(text: string, t: number, socket: number): SessionEvent {
  const parsed = parseLine(text);
  const fields = parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
  const event = fields === null ? null : readEvent({ ...fields, type: "base", t, socket }, t);
  return event?.ok === true
    ? event.value
    : { type: "broken", t, text: text.slice(0, MAX_BROKEN_CHARS), why: WHY_NO_BASE };
}

const WHY_NO_BASE = "The page's content script reported folded history that cannot be read.";

/** How much of something that is no event is shown. */
export const MAX_BROKEN_CHARS = 1000;

/** `String.fromCharCode` takes only so many arguments. */
const BASE64_CHUNK = 0x8000;

function toBase64(data: ArrayBuffer): string {
  const bytes = new Uint8Array(data);
  let binary = "";
  for (let at = 0; at < bytes.length; at += BASE64_CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BASE64_CHUNK));
  }
  return btoa(binary);
}
