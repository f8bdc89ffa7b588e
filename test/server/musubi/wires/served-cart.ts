import { defineSocket, type MusubiSocketOptions } from "../../../../src/server/musubi/define-socket";
import type { SocketDefinition } from "../../../../src/server/phoenix/socket-definition";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { CartStore } from "./shop-stores";

// Of the running test: what `start` started.
export let server: TestServer;
export let client: RawClient;

export async function serve(socket: SocketDefinition): Promise<void> {
  server = await startServer(socket);
}

/** Connects to what is served. */
export async function connect(): Promise<void> {
  client = await connectRaw(server.url);
}

/** Serves carts on a socket that is declared like this, and connects to it. */
export async function start(options: Partial<MusubiSocketOptions> = {}): Promise<void> {
  await serve(defineSocket({ roots: [CartStore], ...options }));
  await connect();
}

export const CART = { module: "Shop.Cart", id: "c1" };
export const OWN_TOPIC = "musubi:connection:Shop.Cart:c1";
