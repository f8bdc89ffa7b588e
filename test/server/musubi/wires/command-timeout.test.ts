import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { defineSocket, type Wire } from "../../../../src/server/musubi/define-socket";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";

const hanging = defineStore({
  module: "Test.Hanging",
  root: true,
  mount: (_params, socket) => socket,
  render: () => ({}),
  commands: { hang: () => new Promise<never>(() => {}) },
});

const MOUNT = { module: "Test.Hanging", id: "h1" };

let server: TestServer;
let client: RawClient;

async function start(wire: Wire): Promise<void> {
  server = await startServer(defineSocket({ roots: [hanging], wire }));
  client = await connectRaw(server.url);
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));

afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

/** The frames that come when a command does not end: just before 5 s have passed, and then. */
async function hang(topic: string): Promise<readonly (readonly unknown[])[]> {
  client.send(["1", "9", topic, "command", { root_id: "h1", name: "hang" }]);
  const atOnce = await client.rest();
  vi.advanceTimersByTime(4_999);
  const before = await client.rest();
  vi.advanceTimersByTime(1);
  return [atOnce, before, await client.rest()];
}

it.each<[Wire, string]>([
  ["per_root", "musubi:connection:Test.Hanging:h1"],
  ["adapter", "musubi:any"],
])("a command without an answer crashes its root after 5 s: %s", async (wire, topic) => {
  await start(wire);
  client.send(["1", "1", topic, "phx_join", MOUNT]);
  await client.take(2);
  expect(await hang(topic)).toEqual([[], [], [["1", "1", topic, "phx_error", {}]]]);
  expect(server.log.join("\n")).toContain('"command"');
});

it("a command without an answer crashes the whole connection after 5 s: multiplexed", async () => {
  await start("multiplexed");
  client.send(["1", "1", "musubi:connection", "phx_join", {}]);
  client.send(["1", "2", "musubi:connection", "mount", MOUNT]);
  client.send(["1", "3", "musubi:connection", "mount", { ...MOUNT, id: "h2" }]);
  await client.take(5);
  const [atOnce, before, after] = await hang("musubi:connection");
  expect([atOnce, before]).toEqual([[], []]);
  expect(after).toEqual([["1", "1", "musubi:connection", "phx_error", {}]]);
});
