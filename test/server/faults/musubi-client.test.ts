import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../../src/client/client";
import type { Fault } from "../../../src/server/faults/fault";
import { createFaults, type Faults } from "../../../src/server/faults/faults";
import { defineSocket } from "../../../src/server/musubi/define-socket";
import { defineStore } from "../../../src/server/musubi/define-store";
import { assign, update } from "../../../src/server/musubi/socket";
import { reply } from "../../../src/server/musubi/store";
import { connect, mountRoot, snapshotWhen, type TestClient } from "../../client/connect";
import { startServer, type TestServer } from "../serving";

const counter = defineStore({
  module: "Test.Counter",
  root: true,
  mount: (_params, socket) => assign(socket, { count: 0 }),
  render: ({ assigns: { count } }) => ({ count }),
  commands: {
    increment: (_payload, socket) =>
      reply(
        update(socket, "count", (count) => count + 1),
        {},
      ),
  },
});

/** A client that does not recover would be waited for. */
const PATIENCE_MS = 10_000;

let server: TestServer;
let faults: Faults;
let connected: TestClient;
let root: Root;

beforeEach(async () => {
  faults = createFaults();
  const { wrapTransport } = faults;
  server = await startServer(defineSocket({ roots: [counter] }), { endpoint: { wrapTransport } });
  faults.attach(server.endpoint);
  connected = connect(server.url);
  root = await mountRoot(connected.client, "Test.Counter");
  await snapshotWhen(root, ({ version }) => version === 1);
});

afterEach(async () => {
  connected.socket.disconnect();
  await server.close();
});

const increment = () => root.command([], "increment", {});

describe("a Musubi client", () => {
  it.each<readonly [string, Fault]>([
    ["a version is skipped", { kind: "skip_version", root: "Test.Counter:c1" }],
    ["an envelope comes before the one that it follows", { kind: "reorder", match: { event: "patch" } }],
    ["an envelope comes twice", { kind: "duplicate", match: { event: "patch" } }],
    ["the root crashes", { kind: "crash_store", topic: "musubi:connection:Test.Counter:*" }],
    ["the transport breaks", { kind: "drop", code: 1006 }],
    ["the root crashes at a command", { kind: "crash_store", start: { event: "command" } }],
  ])(
    "mounts anew, and has the whole state again, where %s",
    async (_what, fault) => {
      expect(faults.inject("all", fault).ok).toBe(true);
      const isLost = snapshotWhen(root, ({ status }) => status === "reconnecting");
      for (let n = 0; n < 3; n += 1) void increment();
      await isLost;
      await snapshotWhen(root, ({ status }) => status === "mounted");
      expect(faults.list()).toEqual([]);
      // Each increment after the mount is one version.
      expect(await increment()).toMatchObject({ ok: true });
      const { version, state } = await snapshotWhen(root, (snapshot) => snapshot.version > 1);
      expect(state).toMatchObject({ count: version - 1 });
    },
    PATIENCE_MS,
  );

  it("takes an envelope of a megabyte that comes late like any other", async () => {
    expect(faults.inject("all", { kind: "oversize", length: 1_000_000 }).ok).toBe(true);
    expect(faults.inject("all", { kind: "delay", ms: 5, jitter: 10 }).ok).toBe(true);
    await increment();
    expect(await snapshotWhen(root, ({ version }) => version === 2)).toMatchObject({ state: { count: 1 } });
    expect(connected.problems).toEqual([]);
  });
});
