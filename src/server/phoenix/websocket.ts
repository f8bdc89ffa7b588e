import type { RawData, WebSocket } from "ws";
import type { Connection } from "./connection";
import type { Transport } from "./transport";

/** The WebSocket as a transport. What is sent after it closed is dropped, as a dead process would. */
export function webSocketTransport(socket: WebSocket): Transport {
  return {
    name: "websocket",
    send: (data) => {
      if (socket.readyState === socket.OPEN) socket.send(data);
    },
    close: (code) => socket.close(code),
    cut: () => socket.terminate(),
  };
}

/** Gives everything that arrives on `socket` to its connection, until it closes. */
export function connectWebSocket(socket: WebSocket, connection: Connection): void {
  socket.on("message", (data, isBinary) => {
    const bytes = toBytes(data);
    connection.receive(isBinary ? bytes : bytes.toString("utf8"));
  });
  socket.on("close", () => connection.closed());
  // `ws` closes the socket itself after an error; without a listener the process would end.
  socket.on("error", () => {});
}

function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
