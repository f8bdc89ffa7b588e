import { createServer } from "node:http";
import { WebSocketServer } from "ws";

/** `ws` alone: what sending the same bytes costs where nothing makes them. */
export type BareServer = {
  /** Resolves with the port. */
  readonly listen: () => Promise<number>;
  /** Sends the nth message, of so many bytes, to the client whose turn it is. */
  readonly sender: (bytes: number) => (n: number) => void;
};

export function createBareServer(): BareServer {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  return {
    listen: () =>
      new Promise((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve(portOf(server.address())));
      }),
    sender: (bytes) => {
      const clients = [...sockets.clients];
      const text = "x".repeat(bytes);
      return (n) => clients[n % clients.length]?.send(text);
    },
  };
}

/** The port of what `address()` of a listening server gives. */
export function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("The server does not listen on a port.");
}
