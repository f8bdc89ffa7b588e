import type { RawData, WebSocket } from "ws";
import { CLOSE_CODE, type Transport } from "../transport";
import type { ClientLink } from "../transport-kind";

export type WebSocketLimits = {
  /** How long nothing may come from the client, before its connection is closed with 1002. */
  readonly idleTimeoutMs: number;
  /** How many bytes may wait for a client that reads slowly. With more its connection is cut. */
  readonly maxUnsentBytes: number;
};

/** Carries the frames of one WebSocket, until it closes. */
export function serveWebSocket(
  webSocket: WebSocket,
  open: (transport: Transport) => ClientLink,
  { idleTimeoutMs, maxUnsentBytes }: WebSocketLimits,
): void {
  const hasRoom = () => webSocket.bufferedAmount <= maxUnsentBytes;
  const cutSlowReader = () => {
    link.log(`A client reads so slowly that ${webSocket.bufferedAmount} bytes wait. Its connection is cut.`);
    webSocket.terminate();
  };
  const transport: Transport = {
    name: "websocket",
    // What is sent after it closed is dropped, as a dead process would.
    send: (data) => {
      if (webSocket.readyState !== webSocket.OPEN) return;
      if (hasRoom()) webSocket.send(data);
      else cutSlowReader();
    },
    close: (code) => webSocket.close(code),
    cut: () => webSocket.terminate(),
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
  };
  const link = open(transport);
  let isSilent = false;
  const closeSilent = () => {
    if (!isSilent) return;
    link.log(`Nothing came from a client for ${idleTimeoutMs} ms. Its connection is closed.`);
    transport.close(CLOSE_CODE.protocolError);
    // A client that has gone without a word will not answer the close either.
    link.closed();
  };
  const idle = setTimeout(() => {
    // Frames of a paused client wait unread: it is not idle.
    if (webSocket.isPaused) return void idle.refresh();
    isSilent = true;
    // What came while this process was busy is read first.
    setImmediate(closeSilent);
  }, idleTimeoutMs);
  const isAlive = () => {
    isSilent = false;
    idle.refresh();
  };

  webSocket.on("message", (data, isBinary) => {
    isAlive();
    const bytes = toBytes(data);
    void link.receive(isBinary ? bytes : bytes.toString("utf8"));
  });
  webSocket.on("ping", () => {
    isAlive();
    // `ws` has sent a pong, which waits too where nobody reads it.
    if (!hasRoom()) cutSlowReader();
  });
  webSocket.on("pong", isAlive);
  webSocket.on("close", () => {
    clearTimeout(idle);
    link.closed();
  });
  // `ws` closes the connection itself, with the code for what the client did (1009 for a frame that is too long).
  webSocket.on("error", (error) => link.log(`The WebSocket of a client failed: ${error.message}.`));
}

/** Closes with 1012; where the client does not answer in time, it is cut. Resolves when it has gone. */
export function drainWebSocket(webSocket: WebSocket, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (webSocket.readyState === webSocket.CLOSED) return resolve();
    const timer = setTimeout(() => webSocket.terminate(), patienceMs);
    webSocket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    webSocket.close(CLOSE_CODE.restart);
  });
}

function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
