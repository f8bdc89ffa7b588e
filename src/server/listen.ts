import type { Server } from "node:http";

export type Listening = { readonly port: number; readonly servers: readonly Server[] };

/** Both names of this machine to itself: browsers take either for `localhost`. */
const HOSTS = ["127.0.0.1", "::1"] as const;

/** This machine may have no IPv6; then one address is enough. */
const NO_SUCH_ADDRESS: readonly unknown[] = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

/** How often another port is tried where the one that is free on the first address is taken on the second. */
const MAX_TRIED_PORTS = 10;

/**
 * Listens on every address of this machine to itself, with servers that `create` makes, one an address; 0 is any free
 * port. Null where the port is taken on one of the addresses: then nothing listens. Rejects with a sentence where
 * listening fails otherwise.
 */
export async function listenOnLoopback(port: number, create: () => Server): Promise<Listening | null> {
  for (let tried = 1; tried <= MAX_TRIED_PORTS; tried += 1) {
    const listening = await listen(port, create);
    if (listening !== null || port !== 0) return listening;
  }
  return null;
}

/** Resolves once nothing is open any more; idle connections are closed at once. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

async function listen(port: number, create: () => Server): Promise<Listening | null> {
  const servers: Server[] = [];
  let chosen = port;
  for (const host of HOSTS) {
    const server = create();
    const code = await startListening(server, chosen, host);
    if (code === null) {
      servers.push(server);
      chosen = portOf(server, chosen);
    } else if (!NO_SUCH_ADDRESS.includes(code)) {
      await Promise.all(servers.map(closeServer));
      if (code === "EADDRINUSE") return null;
      throw new Error(
        `Listening on port ${chosen} of ${host} failed (${String(code)}). Choose another port.`,
      );
    }
  }
  if (servers.length > 0) return { port: chosen, servers };
  throw new Error(`This machine has neither of the addresses ${HOSTS.join(" and ")}.`);
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
