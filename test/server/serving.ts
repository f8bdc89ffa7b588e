import { createServer } from "node:http";
import { createEndpoint } from "../../src/server/phoenix/endpoint";
import type { SocketDefinition } from "../../src/server/phoenix/socket";

export type TestServer = {
  /** What phoenix.js wants as its endpoint, and raw clients put `/websocket` behind. */
  readonly url: string;
  /** Everything that the server logged. */
  readonly log: readonly string[];
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Serves `socket` at `/socket` on a port of the system's choice. */
export async function startServer(socket: SocketDefinition): Promise<TestServer> {
  const log: string[] = [];
  const endpoint = createEndpoint({ sockets: [{ path: "/socket", socket }], log: (line) => log.push(line) });
  const server = createServer();
  endpoint.attach(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The test server has no port.");
  return {
    url: `ws://127.0.0.1:${address.port}/socket`,
    log,
    drain: endpoint.drain,
    close: async () => {
      await endpoint.drain();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
