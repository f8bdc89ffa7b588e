import { accountedBytes, isPageEvent, type PageEvent } from "../bridge/page-event";
import { sketch } from "../bridge/sketch";
import type { SessionEvent } from "../session/event";

/** The events of one document as they come in: numbered, without duplicates, in the session's own terms. */
export type PageSource = {
  /** The number of the newest event held, and the frame bytes held: where to resume. */
  readonly held: () => { readonly seq: number; readonly bytes: number };
  /** Takes a batch whose first event has number `first`; gives the session events that are new. */
  readonly take: (first: number, events: readonly unknown[]) => readonly SessionEvent[];
};

/** What a session shares among its documents. */
export type SessionTerms = {
  /** A number for one more socket, unique in the session. */
  readonly nextSocket: () => number;
  /** Milliseconds since the session's start, for a time since 1970. */
  readonly toSessionTime: (at: number) => number;
};

/** Sockets of one document that are told apart: more than years of reconnecting open, and a bound for a forger. */
export const MAX_SOCKETS = 100_000;

/** @param frame the document's URL if it is an iframe's; null for the top frame */
export function createPageSource(terms: SessionTerms, frame: string | null): PageSource {
  const sockets = new Map<number, number>();
  let seq = 0;
  let bytes = 0;
  let newest = 0;

  function socketOf(local: number): number {
    const known = sockets.get(local);
    if (known !== undefined) return known;
    const socket = terms.nextSocket();
    sockets.set(local, socket);
    return socket;
  }

  function toSessionEvent(event: PageEvent): SessionEvent | null {
    const t = terms.toSessionTime(event.at);
    switch (event.type) {
      case "socket": {
        const { url, protocols } = event;
        const socket = socketOf(event.socket);
        const optional = { ...(protocols.length > 0 && { protocols }), ...(frame !== null && { frame }) };
        return { type: "socket", t, socket, url, transport: "websocket", ...optional };
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
        // The session's page is the top frame's: an iframe that goes does not end it.
        if (frame !== null) return null;
        return { type: "page", t, phase: event.phase, url: event.url, title: event.title };
      case "gap": {
        const socket = event.socket === undefined ? {} : { socket: socketOf(event.socket) };
        const { events, bytes, why } = event;
        return { type: "gap", t, ...socket, events, bytes, why };
      }
      case "broken":
        return { type: "broken", t, text: event.text, why: event.why };
    }
  }

  function toSessionEvents(event: PageEvent): readonly SessionEvent[] {
    const sessionEvent = toSessionEvent(event);
    return sessionEvent === null ? [] : [sessionEvent];
  }

  function isBeyondSockets(event: PageEvent): boolean {
    if (!("socket" in event) || event.socket === undefined) return false;
    return sockets.size >= MAX_SOCKETS && !sockets.has(event.socket);
  }

  function toAcceptable(value: unknown): PageEvent {
    const broken = { type: "broken", at: newest, text: "", why: WHY_BROKEN } as const;
    if (!isPageEvent(value)) return { ...broken, text: sketch(value, MAX_BROKEN_CHARS) };
    return isBeyondSockets(value) ? { ...broken, why: WHY_TOO_MANY_SOCKETS } : value;
  }

  function accept(value: unknown): readonly SessionEvent[] {
    const event = toAcceptable(value);
    seq++;
    bytes += accountedBytes(event);
    newest = event.at;
    return toSessionEvents(event);
  }

  return {
    held: () => ({ seq, bytes }),
    take(first, events) {
      const fresh = events.slice(Math.max(0, seq + 1 - first));
      if (fresh.length === 0) return [];
      const missing = first - (seq + 1);
      if (missing <= 0) return fresh.flatMap(accept);
      // A buffer that lost its oldest events says so itself, with a gap in the place of the last of them.
      const told = isPageEvent(fresh[0]) && fresh[0].type === "gap" && fresh[0].events === missing + 1;
      seq += missing;
      const lost: PageEvent = { type: "gap", at: newest, events: missing, bytes: 0, why: WHY_LOST };
      return [...(told ? [] : toSessionEvents(lost)), ...fresh.flatMap(accept)];
    },
  };
}

const WHY_BROKEN = "The page's content script reported something that is no event.";
const WHY_TOO_MANY_SOCKETS = `The page has used more than ${MAX_SOCKETS} sockets: no more of them are followed.`;
const WHY_LOST = "These events were lost between the page and the extension.";

/** How much of something that is no event is shown. */
const MAX_BROKEN_CHARS = 1000;

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
