import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply } from "../../../src/server/phoenix/channel";
import { route } from "../../../src/server/phoenix/route";
import { webSocketTransport } from "../../../src/server/phoenix/websocket/websocket-transport";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { room } from "./room";

let handled = 0;
let server: TestServer;
let other: RawClient;

/** Takes its time for every event. */
const slow: Channel<NoAssigns> = {
  join: (_payload, socket) => joined(socket),
  handleIn: async (_event, _payload, socket) => {
    handled += 1;
    await new Promise((resolve) => setImmediate(resolve));
    return noreply(socket);
  },
};

const limits = { maxFrameBytes: 10_000, maxUnsentBytes: 1_000_000, drainMs: 200 };

beforeEach(async () => {
  handled = 0;
  server = await startServer(
    { routes: [route("room:*", room), route("slow", slow)] },
    { mounted: { transports: [webSocketTransport(limits)] } },
  );
  other = await connectRaw(server.url);
  other.send(["1", "1", "room:other", "phx_join", {}]);
  await other.take(1);
});

afterEach(() => server.close());

/** The other client is served as before. */
async function othersAreServed(): Promise<void> {
  other.send(["1", "2", "room:other", "echo", "still here"]);
  expect(await other.take(1)).toEqual([
    ["1", "2", "room:other", "phx_reply", { status: "ok", response: "still here" }],
  ]);
}

/** Lets the event loop run until `isSo`. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("a client that misbehaves harms only itself", () => {
  it("with a frame that is too long: 1009", async () => {
    const client = await connectRaw(server.url);
    client.send(JSON.stringify([null, "1", "phoenix", "heartbeat", "x".repeat(10_000)]));
    expect(await client.closed).toBe(1009);
    await othersAreServed();
    expect(server.log.join()).toContain("Max payload size exceeded");
  });

  it("with a frame that is as long as it may be, not at all", async () => {
    const client = await connectRaw(server.url);
    const frame = [null, "1", "phoenix", "heartbeat", ""];
    const padding = "x".repeat(10_000 - JSON.stringify(frame).length);
    client.send([null, "1", "phoenix", "heartbeat", padding]);
    expect(await client.take(1)).toMatchObject([{ 4: { status: "ok" } }]);
  });

  it("with garbage: 1011", async () => {
    const client = await connectRaw(server.url);
    client.send("garbage");
    expect(await client.closed).toBe(1011);
    await othersAreServed();
  });

  it("with text that is not UTF-8: 1007", async () => {
    const client = await connectRaw(server.url);
    client.webSocket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    expect(await client.closed).toBe(1007);
    await othersAreServed();
  });

  it("with nested arrays that would exhaust a stack: 1011", async () => {
    const client = await connectRaw(server.url);
    client.send(`["1","1","room:1","echo",${"[".repeat(4_000)}${"]".repeat(4_000)}]`);
    expect(await client.closed).toBe(1011);
    await othersAreServed();
  });

  it("with a flood: it is read only as fast as it is served, and everything is handled", async () => {
    const client = await connectRaw(server.url);
    client.send(["1", "1", "slow", "phx_join", {}]);
    await client.take(1);
    const frame = JSON.stringify(["1", null, "slow", "work", { padding: "x".repeat(1_000) }]);
    const count = 20_000;
    for (let n = 0; n < count; n += 1) client.send(frame);
    await until(() => handled > 100);
    // 20 MB do not fit into the network's buffers: most of them still wait with the client.
    expect(client.webSocket.bufferedAmount).toBeGreaterThan(5_000_000);
    await othersAreServed();
    await until(() => handled === count);
    await othersAreServed();
    client.send([null, "9", "phoenix", "heartbeat", {}]);
    expect(await client.take(1)).toMatchObject([{ 1: "9" }]);
  });

  it("by reading nothing: it is cut when too much waits for it", async () => {
    const client = await connectRaw(server.url);
    client.send(["1", "1", "room:1", "phx_join", {}]);
    await client.take(1);
    client.webSocket.pause();
    const news = { text: "x".repeat(100_000) };
    const isThere = () => server.endpoint.connections().length === 2;
    while (isThere()) {
      server.endpoint.handle.broadcast("room:1", "news", news);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await othersAreServed();
    expect(server.log.join()).toContain("reads so slowly");
    client.webSocket.resume();
    expect(await client.closed).toBe(1006);
  });

  it("by asking for pongs that it does not read: it is cut", async () => {
    const client = await connectRaw(server.url);
    client.webSocket.pause();
    const padding = "x".repeat(100);
    while (server.endpoint.connections().length === 2) {
      if (client.webSocket.bufferedAmount < 1_000_000) {
        for (let n = 0; n < 1_000; n += 1) client.webSocket.ping(padding);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await othersAreServed();
    client.webSocket.terminate();
  });

  it("by making the server log: it gets so many lines and no more", async () => {
    const client = await connectRaw(server.url);
    for (let n = 1; n <= 200; n += 1) {
      client.send([`${n}`, `${n}`, "room:1", "phx_join", {}]);
      client.send([`${n}`, null, "room:1", "crash", {}]);
    }
    await client.take(400);
    expect(server.log.length).toBeLessThan(60);
    expect(server.log.at(-1)).toContain("no more of them are logged");
    await othersAreServed();
  });

  it("by saying nothing for too long: 1002", async () => {
    const transports = [webSocketTransport({ idleTimeoutMs: 500 })];
    const impatient = await startServer({ routes: [] }, { mounted: { transports } });
    const talking = await connectRaw(impatient.url);
    const talk = setInterval(() => talking.webSocket.ping(), 20);
    const silent = await connectRaw(impatient.url);
    expect(await silent.closed).toBe(1002);
    expect(await talking.rest()).toEqual([]);
    expect(impatient.log.join()).toContain("Nothing came from a client for 500 ms");
    clearInterval(talk);
    await impatient.close();
  });

  it("by waiting unread while the server was busy for longer than it may be idle: it is served", async () => {
    const transports = [webSocketTransport({ idleTimeoutMs: 50 })];
    const busy = await startServer({ routes: [] }, { mounted: { transports } });
    const client = await connectRaw(busy.url);
    client.send([null, "1", "phoenix", "heartbeat", {}]);
    // The frame is on its way, and nobody reads it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    expect(await client.take(1)).toMatchObject([{ 1: "1" }]);
    expect(busy.log).toEqual([]);
    await busy.close();
  });

  it("by breaking off without a word", async () => {
    const client = await connectRaw(server.url);
    client.webSocket.terminate();
    await client.closed;
    await until(() => server.endpoint.connections().length === 1);
    await othersAreServed();
  });
});
