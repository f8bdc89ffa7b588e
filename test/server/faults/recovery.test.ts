import { type Channel, Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type FaultyServer, startFaultyServer, TOPIC } from "./faulty-server";

let server: FaultyServer;
let socket: Socket;
let channel: Channel;
/** What became of each attempt to join, in turn. */
let joins: string[];
let closes: number[];

beforeEach(async () => {
  server = await startFaultyServer();
  closes = [];
  joins = [];
  socket = connect();
  channel = socket.channel(TOPIC);
  const push = channel.join();
  push.receive("ok", () => joins.push("ok"));
  push.receive("error", ({ reason }) => joins.push(reason));
});

afterEach(async () => {
  socket.disconnect();
  server.faults.clearAll();
  await server.close();
});

/** The official client, impatient where it would wait for seconds. */
function connect(options: object = {}): Socket {
  const client = new Socket(server.url, {
    transport: WebSocket,
    timeout: 300,
    reconnectAfterMs: () => 10,
    rejoinAfterMs: () => 10,
    ...options,
  });
  // What the client of one test is still told belongs to that test.
  const own = closes;
  client.onClose(({ code }) => void own.push(code));
  client.connect();
  return client;
}

function push(event: string, payload: object = {}): Promise<string> {
  return new Promise((resolve) => {
    const pushed = channel.push(event, payload);
    for (const status of ["ok", "error", "timeout"] as const) pushed.receive(status, () => resolve(status));
  });
}

const joined = (times: number) => expect.poll(() => joins).toEqual(Array.from({ length: times }, () => "ok"));

describe("the official client", () => {
  it.each([1000, 1006, 1012])("connects and joins again after a drop with %i", async (code) => {
    await joined(1);
    server.inject({ kind: "drop", code });
    await joined(2);
    expect(closes).toEqual([code]);
    expect(await push("echo")).toBe("ok");
  });

  it("joins at last where the next two joins are refused", async () => {
    await joined(1);
    server.inject({ kind: "refuse_join", reason: "full", match: { count: 2 } }, "next");
    server.inject({ kind: "drop", code: 1006 });
    await expect.poll(() => joins).toEqual(["ok", "full", "full", "ok"]);
  });

  it("joins again where a store crashed", async () => {
    await joined(1);
    server.inject({ kind: "crash_store" });
    await joined(2);
    expect(await push("echo")).toBe("ok");
    expect(closes).toEqual([]);
  });

  it("gives up a push that is never answered, and goes on", async () => {
    await joined(1);
    server.inject({ kind: "never_answer", match: { event: "command", count: 1 } });
    expect(await push("command")).toBe("timeout");
    expect(await push("command")).toBe("ok");
  });

  it("leaves a half-open connection when its heartbeat is not answered", async () => {
    await joined(1);
    socket.disconnect();
    socket = connect({ heartbeatIntervalMs: 40 });
    channel = socket.channel(TOPIC);
    channel.join();
    await expect.poll(() => server.faults.connections()[0]?.channels().length).toBe(1);
    const [half = { id: 0 }] = server.faults.connections();
    server.inject({ kind: "half_open" }, half.id);
    const rejoined = () =>
      server.faults.connections().some(({ id, channels }) => id > half.id && channels().length);
    await expect.poll(rejoined, { timeout: 10_000 }).toBe(true);
  });

  it("sends what waited out a stall", async () => {
    await joined(1);
    const id = server.inject({ kind: "stall" });
    const answered = push("echo");
    server.faults.clear(id ?? 0);
    expect(await answered).toBe("ok");
  });
});
