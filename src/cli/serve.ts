import { createServer, type Server } from "node:http";
import { demoSocket } from "../demo/stores/demo-socket";
import { describeError, type Log } from "../server/log";
import { createEndpoint } from "../server/phoenix/endpoint";
import { serveFolder } from "../server/static-files";

export type ServeOptions = {
  /** `free` is the first free port from 4000. */
  readonly port: number | "free";
  /** Folder with the built demo page. */
  readonly demo: string;
  readonly log: Log;
};

export type Serving = {
  readonly port: number;
  /** Drains: clients are told with 1012, then everything that listens is closed. */
  readonly close: () => Promise<void>;
};

/** Where the search for a free port starts, and how many ports it tries. */
const FIRST_PORT = 4000;
const MAX_TRIED_PORTS = 1_000;

/** Both names of this machine to itself: browsers take either for `localhost`. */
const HOSTS = ["127.0.0.1", "::1"] as const;

/** This machine may have no IPv6; then one address is enough. */
const NO_SUCH_ADDRESS: readonly unknown[] = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

/**
 * Serves the demo page and its sockets at `/socket`, to this machine only. Rejects with a sentence for a
 * person where the port is taken.
 */
export async function serve({ port, demo, log }: ServeOptions): Promise<Serving> {
  const endpoint = createEndpoint({ sockets: [{ path: "/socket", socket: demoSocket }], log });
  const answer = serveFolder(demo);

  function createDemoServer(): Server {
    const server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        log(`Answering ${request.url ?? "/"} failed: ${describeError(error)}`);
        response.destroy();
      });
    });
    endpoint.attach(server);
    return server;
  }

  const listening =
    port === "free" ? await listenOnFree(createDemoServer) : await listen(port, createDemoServer);
  if (listening === null) throw new Error(takenMessage(port));
  return {
    port: listening.port,
    close: async () => {
      const closed = listening.servers.map(closeServer);
      await endpoint.drain();
      for (const server of listening.servers) server.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

type Listening = { readonly port: number; readonly servers: readonly Server[] };

async function listenOnFree(createDemoServer: () => Server): Promise<Listening | null> {
  for (let port = FIRST_PORT; port < FIRST_PORT + MAX_TRIED_PORTS; port += 1) {
    const listening = await listen(port, createDemoServer);
    if (listening !== null) return listening;
  }
  return null;
}

/** Listens on every address of this machine, or on none: null where the port is taken on one of them. */
async function listen(port: number, createDemoServer: () => Server): Promise<Listening | null> {
  const servers: Server[] = [];
  let chosen = port;
  for (const host of HOSTS) {
    const server = createDemoServer();
    const code = await startListening(server, chosen, host);
    if (code === null) {
      servers.push(server);
      chosen = portOf(server, chosen);
    } else if (code === "EADDRINUSE") {
      await Promise.all(servers.map(closeServer));
      return null;
    } else if (!NO_SUCH_ADDRESS.includes(code)) {
      await Promise.all(servers.map(closeServer));
      throw new Error(
        `Listening on port ${chosen} of ${host} failed (${String(code)}). Choose another port.`,
      );
    }
  }
  if (servers.length === 0)
    throw new Error(`This machine has neither of the addresses ${HOSTS.join(" and ")}.`);
  return { port: chosen, servers };
}

/** The system's error code; null where the server listens. */
function startListening(server: Server, port: number, host: string): Promise<unknown> {
  return new Promise((resolve) => {
    server.once("error", (error) => resolve("code" in error ? error.code : error.message));
    server.listen(port, host, () => resolve(null));
  });
}

/** Port 0 lets the system choose; the second address then takes what the first one got. */
function portOf(server: Server, asked: number): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : asked;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function takenMessage(port: number | "free"): string {
  return port === "free"
    ? `Every port from ${FIRST_PORT} to ${FIRST_PORT + MAX_TRIED_PORTS - 1} is taken. Choose one with --port N.`
    : `Port ${port} is taken by another program. Choose another one with --port N, or leave it out to get a free one.`;
}
