import type { PageEvent } from "../../src/bridge/page-event";
import type { SessionEvent } from "../../src/session/event";

/** The page events from which a session of one document came. What no page tells of is passed over. */
export function pageOfSession(events: readonly SessionEvent[]): readonly PageEvent[] {
  return events.flatMap((event) => toPageEvent(event) ?? []);
}

function toPageEvent(event: SessionEvent): PageEvent | null {
  const at = event.t;
  switch (event.type) {
    case "socket": {
      const { socket, url, transport, protocols = [] } = event;
      return { type: "socket", at, socket, url, transport, protocols };
    }
    case "open":
      return { type: "open", at, socket: event.socket, protocol: event.protocol ?? "" };
    case "out":
    case "in": {
      const data = "text" in event ? event.text : toBuffer(event.base64);
      return { type: event.type, at, socket: event.socket, data };
    }
    case "error":
      return { type: "error", at, socket: event.socket };
    case "close": {
      const { socket, code, reason, clean } = event;
      return { type: "close", at, socket, code, reason, clean };
    }
    case "page":
      return { type: "page", at, phase: event.phase, url: event.url, title: event.title ?? "" };
    case "gap": {
      const { events, bytes, why } = event;
      return { type: "gap", at, events, bytes, why };
    }
    case "base": {
      const { type, t, socket, ...rest } = event;
      return { type, at, socket, text: JSON.stringify(rest) };
    }
    case "broken":
      return { type: "broken", at, text: event.text, why: event.why };
    case "mark":
    case "unknown":
      return null;
  }
}

function toBuffer(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer;
}
