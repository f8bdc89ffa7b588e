import type { PageEvent, PagePhase, Transport } from "../../src/bridge/page-event";

/** Page events in the words of a test: each one a millisecond after the one before. */
export function createPageEvents(start = 1_700_000_000_000) {
  let at = start;
  const next = (): number => ++at;
  return {
    socket: (
      socket = 1,
      url = "ws://localhost:4000/socket/websocket?vsn=2.0.0",
      transport: Transport = "websocket",
    ): PageEvent => ({ type: "socket", at: next(), socket, url, transport, protocols: [] }),
    open: (socket = 1): PageEvent => ({ type: "open", at: next(), socket, protocol: "" }),
    in: (data: string | ArrayBuffer, socket = 1): PageEvent => ({ type: "in", at: next(), socket, data }),
    out: (data: string | ArrayBuffer, socket = 1): PageEvent => ({ type: "out", at: next(), socket, data }),
    error: (socket = 1): PageEvent => ({ type: "error", at: next(), socket }),
    close: (code = 1006, socket = 1, reason = ""): PageEvent => ({
      type: "close",
      at: next(),
      socket,
      code,
      reason,
      clean: code === 1000,
    }),
    page: (phase: PagePhase = "load", url = "http://localhost:4000/"): PageEvent => ({
      type: "page",
      at: next(),
      phase,
      url,
      title: "Demo",
    }),
    gap: (events: number, bytes = 0, why = "They could not be kept."): PageEvent => ({
      type: "gap",
      at: next(),
      events,
      bytes,
      why,
    }),
    /** @param text the JSON of a session file's `base`, without `type`, `t` and `socket` */
    base: (text: string, socket = 1): PageEvent => ({ type: "base", at: next(), socket, text }),
  };
}
