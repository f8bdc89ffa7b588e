import type { Server } from "node:http";
import { type Listening, listenOnLoopback } from "../server/listen";

/** Where the search for a free port starts, and how many ports it tries. */
const FIRST_PORT = 4000;
const MAX_TRIED_PORTS = 1_000;

/**
 * Listens, for this machine only, with servers that `create` makes, one an address. `free` is the first free port from
 * 4000. Rejects with a sentence for a person where the port is taken.
 */
export async function listenLocally(port: number | "free", create: () => Server): Promise<Listening> {
  const listening = port === "free" ? await listenOnFree(create) : await listenOnLoopback(port, create);
  if (listening === null) throw new Error(takenMessage(port));
  return listening;
}

async function listenOnFree(create: () => Server): Promise<Listening | null> {
  for (let port = FIRST_PORT; port < FIRST_PORT + MAX_TRIED_PORTS; port += 1) {
    const listening = await listenOnLoopback(port, create);
    if (listening !== null) return listening;
  }
  return null;
}

function takenMessage(port: number | "free"): string {
  return port === "free"
    ? `Every port from ${FIRST_PORT} to ${FIRST_PORT + MAX_TRIED_PORTS - 1} is taken. Choose one with --port N.`
    : `Port ${port} is taken by another program. Choose another one with --port N, or leave it out to get a free one.`;
}
