import type { PageEvent } from "../../src/bridge/page-event";

/** Page events in the words of a test: each one a millisecond after the one before. */
export function createPageEvents(start = 1_700_000_000_000) {
  let at = start;
  const next = (): number => ++at;
  return {
    socket: (socket = 1, url = "ws://localhost:4000/socket/websocket?vsn=2.0.0"): PageEvent => ({
      type: "socket",
      at: next(),
      socket,
      url,
      protocols: [],
    }),
    open: (socket = 1): PageEvent => ({ type: "open", at: next(), socket, protocol: "" }),
    in: (data: string | ArrayBuffer, socket = 1): PageEvent => ({ type: "in", at: next(), socket, data }),
    out: (data: string | ArrayBuffer, socket = 1): PageEvent => ({ type: "out", at: next(), socket, data }),
    close: (code = 1006, socket = 1): PageEvent => ({
      type: "close",
      at: next(),
      socket,
      code,
      reason: "",
      clean: code === 1000,
    }),
    page: (phase: "load" | "hide" | "show" = "load", url = "http://localhost:4000/"): PageEvent => ({
      type: "page",
      at: next(),
      phase,
      url,
      title: "Demo",
    }),
  };
}
