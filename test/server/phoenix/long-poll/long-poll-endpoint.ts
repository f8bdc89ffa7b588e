import { createServer } from "node:http";
import type { EndpointOptions } from "../../../../src/server/phoenix/endpoint";
import type { MountedSocket } from "../../../../src/server/phoenix/mounted-socket";
import type { SocketDefinition } from "../../../../src/server/phoenix/socket-definition";
import { startServer, type TestServer } from "../../serving";

export type PolledServer = TestServer & {
  /** How many requests wait for their answer: of a client with nothing to say, its poll. */
  readonly waiting: () => number;
};

/** `startServer` for clients on long poll. */
export async function startPolledServer(
  socket: SocketDefinition,
  mounted: Partial<MountedSocket>,
  endpoint: Partial<EndpointOptions> = {},
): Promise<PolledServer> {
  const server = createServer();
  const started = await startServer(socket, { server, mounted, endpoint });
  let waiting = 0;
  // A listener that comes after the endpoint's hears of its requests too.
  server.on("request", (_request, response) => {
    waiting += 1;
    response.on("close", () => {
      waiting -= 1;
    });
  });
  return { ...started, waiting: () => waiting };
}
