import { createServer, type Server } from "node:http";
import { createEndpoint, type Endpoint, type EndpointOptions } from "../../src/server/phoenix/endpoint";
import type { MountedSocket } from "../../src/server/phoenix/mounted-socket";
import type { SocketDefinition } from "../../src/server/phoenix/socket-definition";
import { webSocketTransport } from "../../src/server/phoenix/websocket/websocket-transport";

export type TestServer = {
  /** What phoenix.js wants as its endpoint, and raw clients put `/websocket` behind. */
  readonly url: string;
  /** The same for HTTP. */
  readonly httpUrl: string;
  /** Everything that the server logged. */
  readonly log: readonly string[];
  readonly endpoint: Endpoint;
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type ServingOptions = {
  readonly endpoint?: Partial<EndpointOptions>;
  readonly mounted?: Partial<MountedSocket>;
  /** One that has listeners already; a bare one where it says nothing. */
  readonly server?: Server;
};

/** How long a test's clients get to answer a close: those that a test has made deaf never will. */
const DRAIN_MS = 500;

/** Serves `socket` at `/socket` on a port of the system's choice. */
export async function startServer(
  socket: SocketDefinition,
  { endpoint: options, mounted, server = createServer() }: ServingOptions = {},
): Promise<TestServer> {
  const log: string[] = [];
  const transports = [webSocketTransport({ drainMs: DRAIN_MS })];
  const sockets = [{ path: "/socket", socket, transports, ...mounted }];
  const endpoint = createEndpoint({ sockets, log: (line) => log.push(line), ...options });
  endpoint.attach(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The test server has no port.");
  const place = `127.0.0.1:${address.port}/socket`;
  return {
    url: `ws://${place}`,
    httpUrl: `http://${place}`,
    log,
    endpoint,
    drain: endpoint.drain,
    close: async () => {
      await endpoint.drain();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
