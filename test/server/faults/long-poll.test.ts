import { type Channel, LongPoll, Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { envelopeOf, type FaultyServer, startFaultyServer, TOPIC } from "./faulty-server";

let server: FaultyServer;
let socket: Socket;
let channel: Channel;
let patches: unknown[];
let joins: string[];

beforeEach(async () => {
  server = await startFaultyServer();
  patches = [];
  joins = [];
  socket = new Socket(server.url, {
    transport: LongPoll,
    timeout: 2_000,
    reconnectAfterMs: () => 10,
    rejoinAfterMs: () => 10,
  });
  socket.connect();
  channel = socket.channel(TOPIC);
  channel.on("patch", (payload) => void patches.push(payload.version));
  const join = channel.join();
  join.receive("ok", () => joins.push("ok"));
  join.receive("error", ({ reason }) => joins.push(reason));
  await expect.poll(() => joins, { timeout: 5_000 }).toEqual(["ok"]);
});

afterEach(async () => {
  socket.disconnect();
  server.faults.clearAll();
  await server.close();
});

const news = (version: number) =>
  server.endpoint.handle.broadcast(TOPIC, "patch", envelopeOf(TOPIC, version));

describe("faults on long poll", () => {
  it("are of connections that say so", () => {
    expect(server.faults.connections()).toMatchObject([{ transport: "longpoll", path: "/socket" }]);
  });

  it("skip a version, and double another", async () => {
    server.inject({ kind: "skip_version" });
    server.inject({ kind: "duplicate", match: { event: "patch", count: 1 } });
    for (const version of [1, 2, 3]) news(version);
    await expect.poll(() => patches, { timeout: 5_000 }).toEqual([2, 2, 3]);
  });

  it("stall until they are cleared", async () => {
    const id = server.inject({ kind: "stall" });
    for (const version of [1, 2]) news(version);
    await (await fetch(server.httpUrl)).text();
    expect(patches).toEqual([]);
    server.faults.clear(id ?? 0);
    await expect.poll(() => patches, { timeout: 5_000 }).toEqual([1, 2]);
  });

  it("drop the session, so that the client opens another and joins again", async () => {
    server.inject({ kind: "drop", code: 1006 });
    await expect.poll(() => joins, { timeout: 10_000 }).toEqual(["ok", "ok"]);
    // A slow client may have given up an attempt in between, whose session lives on for a while.
    const joined = server.faults.connections().filter((connection) => connection.channels().length > 0);
    expect(joined).toHaveLength(1);
    expect(joined[0]?.id).toBeGreaterThan(1);
  });

  it("lose what comes while half-open, and nothing after", async () => {
    const id = server.inject({ kind: "half_open" });
    news(1);
    server.faults.clear(id ?? 0);
    news(2);
    await expect.poll(() => patches, { timeout: 5_000 }).toEqual([2]);
  });
});
