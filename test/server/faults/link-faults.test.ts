import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectRaw, type RawClient } from "../raw-client";
import { envelopeOf, type FaultyServer, join, startFaultyServer, TOPIC } from "./faulty-server";

let server: FaultyServer;
let client: RawClient;

beforeEach(async () => {
  server = await startFaultyServer();
  client = await connectRaw(server.url);
  await join(client);
});

afterEach(async () => {
  server.faults.clearAll();
  await server.close();
});

const patch = (version: number) => ["1", null, TOPIC, "patch", envelopeOf(TOPIC, version)];
const ask = (version: number) => client.send(["1", null, TOPIC, "version", version]);
/** Sends to the client, without it asking. */
const news = (n: number) => server.endpoint.handle.broadcast(TOPIC, "news", { n });
const newsFrame = (n: number) => [null, null, TOPIC, "news", { n }];
const beaten = (ref: string) => [null, ref, "phoenix", "phx_reply", { status: "ok", response: {} }];
const heartbeat = (ref: string) => client.send([null, ref, "phoenix", "heartbeat", {}]);

describe("a dropped transport", () => {
  it.each([1000, 1006, 1012, 4321])("ends with %i", async (code) => {
    expect(server.inject({ kind: "drop", code })).toBeNull();
    expect(await client.closed).toBe(code);
    expect(server.faults.list()).toEqual([]);
  });

  it("drops when a frame comes, which is lost", async () => {
    server.inject({ kind: "drop", code: 1012, start: { direction: "in", event: "patch", after: 1 } });
    for (const version of [1, 2]) ask(version);
    expect(await client.closed).toBe(1012);
    expect(await client.take(1)).toEqual([patch(1)]);
    expect(server.faults.list()).toEqual([]);
  });

  it("is the next connection's, as soon as it opens", async () => {
    server.inject({ kind: "drop", code: 1006 }, "next");
    const next = await connectRaw(server.url);
    server.time.pass(0);
    expect(await next.closed).toBe(1006);
    expect(server.faults.list()).toEqual([]);
    heartbeat("9");
    expect(await client.take(1)).toMatchObject([beaten("9")]);
  });

  it("needs a connection", async () => {
    client.close();
    await client.closed;
    await expect.poll(() => server.faults.connections()).toEqual([]);
    expect(server.faults.inject("all", { kind: "drop", code: 1006 })).toEqual({
      ok: false,
      failure: "There is no connection.",
    });
  });
});

describe("a stall", () => {
  it("keeps all that goes either way, in order, until it is cleared", async () => {
    const id = server.inject({ kind: "stall" });
    for (const n of [1, 2]) news(n);
    heartbeat("9");
    server.time.pass(1_000_000);
    expect(await isSilent()).toBe(true);
    server.faults.clear(id ?? 0);
    expect(await client.take(3)).toMatchObject([newsFrame(1), newsFrame(2), beaten("9")]);
  });

  it("ends by itself after its time", async () => {
    server.inject({ kind: "stall", ms: 500 });
    news(1);
    server.time.pass(499);
    expect(await isSilent()).toBe(true);
    expect(server.faults.list()).toHaveLength(1);
    server.time.pass(1);
    expect(await client.take(1)).toEqual([newsFrame(1)]);
    expect(server.faults.list()).toEqual([]);
  });

  it("may be of one direction, and start with a frame", async () => {
    server.inject({ kind: "stall", direction: "out", ms: 10, start: { event: "version" } });
    heartbeat("8");
    expect(await client.take(1)).toMatchObject([beaten("8")]);
    ask(1);
    heartbeat("9");
    await expect.poll(() => server.faults.list()[0]?.acted).toBe(1);
    news(1);
    expect(await client.take(1)).toEqual([newsFrame(1)]);
    server.time.pass(10);
    expect(await client.take(2)).toMatchObject([patch(1), beaten("9")]);
  });

  it("is of connections that open later, too", async () => {
    const id = server.inject({ kind: "stall" });
    const later = await connectRaw(server.url);
    later.send(["1", "1", TOPIC, "phx_join", {}]);
    expect(await isSilent()).toBe(true);
    server.faults.clear(id ?? 0);
    expect(await later.take(1)).toMatchObject([["1", "1", TOPIC, "phx_reply", { status: "ok" }]]);
  });

  it("keeps a close of the server behind what was sent before", async () => {
    const id = server.inject({ kind: "stall", direction: "in" });
    news(1);
    for (const connection of server.endpoint.connections()) connection.close(1012);
    server.faults.clear(id ?? 0);
    expect(await client.closed).toBe(1012);
    expect(await client.take(1)).toEqual([newsFrame(1)]);
  });
});

/** Whether nothing comes for as long as a request takes there and back. */
async function isSilent(): Promise<boolean> {
  let isQuiet = true;
  client.webSocket.once("message", () => {
    isQuiet = false;
  });
  await (await fetch(server.httpUrl)).text();
  return isQuiet;
}

describe("a half-open connection", () => {
  it("loses what goes either way, and stays open", async () => {
    const id = server.inject({ kind: "half_open" });
    news(1);
    expect(await isSilent()).toBe(true);
    expect(client.webSocket.readyState).toBe(client.webSocket.OPEN);
    server.faults.clear(id ?? 0);
    news(2);
    expect(await client.take(1)).toEqual([newsFrame(2)]);
  });

  it("does not answer a close either", async () => {
    const id = server.inject({ kind: "half_open" });
    client.close();
    expect(await isSilent()).toBe(true);
    expect(client.webSocket.readyState).toBe(client.webSocket.CLOSING);
    server.faults.clear(id ?? 0);
    await client.closed;
  });

  it("hides that the server has closed it, until it ends", async () => {
    server.inject({ kind: "half_open", ms: 100 });
    for (const connection of server.endpoint.connections()) connection.close(1012);
    expect(await isSilent()).toBe(true);
    expect(client.webSocket.readyState).toBe(client.webSocket.OPEN);
    server.time.pass(100);
    expect(await client.closed).toBe(1012);
  });

  it("does not keep the server from ending", async () => {
    server.inject({ kind: "half_open" });
    // The close of a server that ends is beneath the faults.
    await server.drain();
    expect(await client.closed).toBe(1012);
  });
});

describe("a crashed store", () => {
  it("is told as an exception in it would be", async () => {
    server.inject({ kind: "crash_store", topic: "musubi:connection:App.Cart:*" });
    expect(await client.take(1)).toMatchObject([["1", "1", TOPIC, "phx_error", {}]]);
    expect(server.log.join("\n")).toContain("A fault was injected that crashes this channel.");
  });

  it("crashes as a command reaches it, which is not answered", async () => {
    await join(client, "musubi:connection:App.Cart:c2", "3");
    server.inject({ kind: "crash_store", start: { direction: "out", event: "command" } });
    client.send(["1", "5", TOPIC, "command", {}]);
    expect(await client.rest()).toMatchObject([["1", "1", TOPIC, "phx_error", {}]]);
  });

  it("must be there", () => {
    expect(server.faults.inject("all", { kind: "crash_store", topic: "room:*" })).toEqual({
      ok: false,
      failure: "There is no store to crash: no channel of any connection has such a topic.",
    });
  });
});
