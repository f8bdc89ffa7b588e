import { afterEach, expect, it, vi } from "vitest";
import { defineSocket, type Wire } from "../../../../src/server/musubi/define-socket";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";

let server: TestServer;
let client: RawClient;

afterEach(() => server.close());

/** A root that tells how it ended, and mounts when it is let. */
async function start(wire: Wire) {
  const ended: string[] = [];
  let letMount = () => {};
  const mayMount = new Promise<void>((resolve) => {
    letMount = resolve;
  });
  const started = vi.fn();
  const root = defineStore({
    module: "Test.Root",
    root: true,
    mount: async (params, socket) => {
      started();
      if (params.waits === true) await mayMount;
      return socket;
    },
    render: () => ({}),
    commands: {
      crash: () => {
        throw new Error("the handler crashes");
      },
    },
    terminate: ({ kind }) => void ended.push(kind),
  });
  server = await startServer(defineSocket({ roots: [root], wire }));
  client = await connectRaw(server.url);
  return { ended, letMount, started };
}

/** The topic of the root's channel, once its frames are sent. */
function mount(wire: Wire, params: object = {}): string {
  const wanted = { module: "Test.Root", id: "r1", params };
  if (wire === "multiplexed") {
    client.send(["1", "1", "musubi:connection", "phx_join", {}]);
    client.send(["1", "2", "musubi:connection", "mount", wanted]);
    return "musubi:connection";
  }
  client.send(["1", "1", "musubi:connection:Test.Root:r1", "phx_join", wanted]);
  return "musubi:connection:Test.Root:r1";
}

const WIRES = ["per_root", "multiplexed", "adapter"] as const;

it.each(WIRES)("a root ends with the leave of its channel: %s", async (wire) => {
  const { ended } = await start(wire);
  client.send(["1", "3", mount(wire), "phx_leave", {}]);
  await client.rest();
  expect(ended).toEqual(["left"]);
});

it.each(WIRES)("a root ends with its connection: %s", async (wire) => {
  const { ended } = await start(wire);
  mount(wire);
  await client.rest();
  client.close();
  await vi.waitFor(() => expect(ended).toEqual(["transport_closed"]));
});

it.each(WIRES)("a root ends when its connection goes while it mounts: %s", async (wire) => {
  const { ended, letMount, started } = await start(wire);
  mount(wire, { waits: true });
  await vi.waitFor(() => expect(started).toHaveBeenCalled());
  client.close();
  await client.closed;
  letMount();
  await vi.waitFor(() => expect(ended).toEqual(["transport_closed"]));
});

it.each(WIRES)("a root that crashes ends once: %s", async (wire) => {
  const { ended } = await start(wire);
  client.send(["1", "3", mount(wire), "command", { root_id: "r1", name: "crash" }]);
  await client.rest();
  expect(ended).toEqual(["crash"]);
});

it("a multiplexed root ends with its unmount, and is not ended again with the channel", async () => {
  const { ended } = await start("multiplexed");
  const topic = mount("multiplexed");
  client.send(["1", "3", topic, "unmount", { root_id: "r1" }]);
  await client.rest();
  expect(ended).toEqual(["left"]);
  client.send(["1", "4", topic, "phx_leave", {}]);
  await client.rest();
  expect(ended).toEqual(["left"]);
});

it("the roots of a multiplexed connection end together when one of them crashes", async () => {
  const { ended } = await start("multiplexed");
  const topic = mount("multiplexed");
  client.send(["1", "3", topic, "mount", { module: "Test.Root", id: "r2" }]);
  client.send(["1", "4", topic, "command", { root_id: "r2", name: "crash" }]);
  await client.rest();
  expect(ended).toEqual(["crash", "crash"]);
});

it("a root ends when it is joined anew", async () => {
  const { ended } = await start("per_root");
  const topic = mount("per_root");
  client.send(["5", "5", topic, "phx_join", { module: "Test.Root", id: "r1" }]);
  await client.rest();
  expect(ended).toEqual(["duplicate_join"]);
});
