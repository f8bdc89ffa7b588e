import { expect } from "vitest";
import type { Root } from "../../src/client/client";
import { multiplexedWire } from "../../src/client/multiplexed-wire";
import { perRootWire } from "../../src/client/per-root-wire";
import { createDemoSocket, type DemoOptions } from "../../src/demo/stores/demo-socket";
import { connect, type TestClient } from "../client/connect";
import { startServer, type TestServer } from "../server/serving";

/** A demo server and as many visitors as a test wants. */
export type DemoScene = {
  readonly server: TestServer;
  /** Someone with a connection of their own. */
  readonly visit: () => TestClient;
  readonly close: () => Promise<void>;
};

export const WIRES = ["per_root", "multiplexed"] as const;

/** Starts the demo's socket, whose stores do not wait for anything unless a test says how. */
export async function openScene(options: DemoOptions): Promise<DemoScene> {
  const server = await startServer(createDemoSocket({ wait: () => Promise.resolve(), ...options }));
  const visitors: TestClient[] = [];
  return {
    server,
    visit: () => {
      const visitor = connect(server.url, options.wire === "multiplexed" ? multiplexedWire : perRootWire);
      visitors.push(visitor);
      return visitor;
    },
    close: async () => {
      for (const { socket } of visitors) socket.disconnect();
      await server.close();
    },
  };
}

/** Waits until the root's data, streams and async values included, has this in it. */
export async function eventually(root: Root, part: object): Promise<void> {
  await expect.poll(() => root.snapshot().data).toMatchObject(part);
}
