import { type Channel as ClientChannel, LongPoll, Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NoAssigns } from "../../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, refuseJoin, reply } from "../../../../src/server/phoenix/channel";
import { longPollTransport } from "../../../../src/server/phoenix/long-poll/long-poll";
import type { LongPollOptions } from "../../../../src/server/phoenix/long-poll/options";
import { isBytes, requireJson } from "../../../../src/server/phoenix/payload";
import { route } from "../../../../src/server/phoenix/route";
import type { SocketDefinition } from "../../../../src/server/phoenix/socket-definition";
import { type PolledServer, startPolledServer } from "./long-poll-endpoint";

const room: Channel<NoAssigns> = {
  join: (payload, socket) =>
    payload === "refuse" ? refuseJoin({ reason: "full" }) : joined(socket, { payload: requireJson(payload) }),
  handleIn: (event, payload, socket) => {
    if (event === "crash") throw new Error("the channel crashes");
    if (event === "push") socket.channel.push("news", { payload: isBytes(payload) ? [...payload] : payload });
    if (event === "broadcast") socket.channel.broadcast("news", { from: "room" });
    if (event === "bytes") socket.channel.push("bytes", Uint8Array.of(1, 2));
    if (event === "size") return reply(socket, "ok", { size: isBytes(payload) ? payload.length : null });
    if (event === "echo") return reply(socket, "ok", payload);
    return noreply(socket);
  },
};

let authTokens: (string | null)[] = [];

const socketDefinition: SocketDefinition = {
  connect: (params, socket, info) => {
    authTokens.push(info.authToken);
    return params.deny === "1" ? { kind: "refused" } : { kind: "ok", socket };
  },
  id: () => "users:1",
  routes: [route("room:*", room)],
};

let server: PolledServer;
let sockets: Socket[] = [];

beforeEach(() => {
  authTokens = [];
});

afterEach(async () => {
  vi.unstubAllGlobals();
  for (const socket of sockets) socket.disconnect();
  sockets = [];
  await server.close();
});

async function serve(options: LongPollOptions = {}): Promise<void> {
  const transports = [longPollTransport({ windowMs: 1_000, ...options })];
  server = await startPolledServer(socketDefinition, { transports, authToken: true });
}

/** phoenix.js lets an application choose the format of its frames for every transport but `LongPoll` itself. */
class OwnLongPoll extends LongPoll {}

const V1 = {
  vsn: "1.0.0",
  transport: OwnLongPoll,
  encode: (message: object, callback: (text: string) => void) => callback(JSON.stringify(message)),
  decode: (text: string, callback: (message: unknown) => void) => callback(JSON.parse(text)),
};

const V2 = { vsn: "2.0.0" };

/** The official client, and the codes with which its connection closed. */
function connect(options: Record<string, unknown> = {}) {
  const socket = new Socket(server.url, {
    transport: LongPoll,
    reconnectAfterMs: () => 10,
    rejoinAfterMs: () => 10,
    ...options,
  });
  const codes: number[] = [];
  socket.onClose(({ code }) => {
    codes.push(code);
  });
  sockets.push(socket);
  socket.connect();
  return { socket, codes };
}

type Answer = { readonly status: string; readonly response: unknown };

function answered(push: ReturnType<ClientChannel["push"]>): Promise<Answer> {
  return new Promise((resolve) => {
    for (const status of ["ok", "error", "timeout"] as const) {
      push.receive(status, (response) => resolve({ status, response }));
    }
  });
}

describe.each([V1, V2])("phoenix.js over long poll, version $vsn", (version) => {
  it("joins, pushes, hears pushes and broadcasts, and leaves", async () => {
    await serve();
    const { socket } = connect(version);
    const channel = socket.channel("room:1", { a: 1 });
    const news: unknown[] = [];
    channel.on("news", (payload) => {
      news.push(payload);
    });
    expect(await answered(channel.join())).toEqual({ status: "ok", response: { payload: { a: 1 } } });
    expect(await answered(channel.push("echo", { é: "🐙\n" }))).toEqual({
      status: "ok",
      response: { é: "🐙\n" },
    });
    channel.push("push", { n: 1 });
    channel.push("broadcast", {});
    await expect.poll(() => news).toEqual([{ payload: { n: 1 } }, { from: "room" }]);
    expect(await answered(channel.leave())).toMatchObject({ status: "ok" });
    await expect.poll(() => server.endpoint.connections()[0]?.channels()).toEqual([]);
  });

  it("gets every message once and in order, through as many polls and posts as it takes", async () => {
    await serve();
    const { socket } = connect(version);
    const channel = socket.channel("room:1");
    const got: unknown[] = [];
    channel.on("news", ({ payload }) => {
      got.push(payload.n);
    });
    await answered(channel.join());
    const numbers = Array.from({ length: 350 }, (_, n) => n);
    // In bursts: within one, phoenix.js posts a hundred at a time.
    for (const n of numbers) {
      channel.push("push", { n });
      if (n % 130 === 0) await answered(channel.push("echo", {}));
    }
    await answered(channel.push("echo", {}));
    await expect.poll(() => got.length).toBe(numbers.length);
    expect(got).toEqual(numbers);
  });

  it("is told of refused and unknown topics, and of a crash", async () => {
    await serve();
    const { socket } = connect(version);
    const unknown = socket.channel("other:1");
    expect(await answered(unknown.join())).toEqual({
      status: "error",
      response: { reason: "unmatched topic" },
    });
    unknown.leave();
    const channel = socket.channel("room:1");
    await answered(channel.join());
    const crashed = new Promise((resolve) => channel.onError(() => resolve("crashed")));
    channel.push("crash", {});
    expect(await crashed).toBe("crashed");
  });
});

/** Joins, and tells how often that has succeeded: the client does it again by itself. */
function countJoins(channel: ClientChannel): () => number {
  let joins = 0;
  channel.join().receive("ok", () => {
    joins += 1;
  });
  return () => joins;
}

describe("phoenix.js over long poll", () => {
  it("pushes binary", async () => {
    await serve();
    const channel = connect().socket.channel("room:1");
    await answered(channel.join());
    const bytes = Uint8Array.of(0, 10, 13, 91, 123, 255);
    expect(await answered(channel.push("size", bytes.buffer))).toEqual({
      status: "ok",
      response: { size: 6 },
    });
  });

  it("is closed with 1011 by a binary push of the server, and joins again", async () => {
    await serve();
    const { socket, codes } = connect();
    const channel = socket.channel("room:1");
    const joins = countJoins(channel);
    await expect.poll(joins).toBe(1);
    channel.push("bytes", {});
    await expect.poll(joins).toBe(2);
    expect(codes).toEqual([1011]);
  });

  it("is refused with 1008", async () => {
    await serve();
    const { codes } = connect({ params: { deny: "1" } });
    await expect.poll(() => codes[0]).toBe(1008);
  });

  it("is refused with 1008 where its version is none of the server's", async () => {
    await serve();
    const { codes } = connect({ vsn: "3.0.0" });
    await expect.poll(() => codes[0]).toBe(1008);
  });

  it("sends its auth token", async () => {
    await serve();
    const { socket } = connect({ authToken: "secret/+=" });
    await answered(socket.channel("room:1").join());
    expect(authTokens).toEqual(["secret/+="]);
  });

  it("whose session expired is closed with 3410, and joins again", async () => {
    await serve({ windowMs: 20, expiryMs: 20 });
    const { socket, codes } = connect();
    const channel = socket.channel("room:1");
    const joins = countJoins(channel);
    await expect.poll(joins).toBe(1);
    const resume = holdRequests();
    await expect.poll(() => server.endpoint.connections()).toEqual([]);
    resume();
    await expect.poll(joins).toBeGreaterThan(1);
    expect(codes).toContain(3410);
  });

  it.each([
    ["the disconnect broadcast", () => server.endpoint.handle.broadcast("users:1", "disconnect", {})],
    ["an orderly close", () => server.endpoint.connections()[0]?.close(1000)],
  ])("is closed with 3410 by %s, and joins again", async (_what, end) => {
    await serve();
    const { socket, codes } = connect();
    const channel = socket.channel("room:1");
    const joins = countJoins(channel);
    await expect.poll(joins).toBe(1);
    end();
    await expect.poll(joins).toBe(2);
    expect(codes).toEqual([3410]);
  });

  it("sees a cut as a server that fails: 1011", async () => {
    await serve();
    const { socket, codes } = connect();
    await answered(socket.channel("room:1").join());
    await expect.poll(() => server.waiting()).toBe(1);
    server.endpoint.connections()[0]?.cut();
    await expect.poll(() => codes).toEqual([1011]);
  });

  it("is let go by a drain, its channels ended", async () => {
    await serve();
    const { socket, codes } = connect();
    await answered(socket.channel("room:1").join());
    await server.endpoint.drain();
    await expect.poll(() => codes[0]).toBe(3410);
    expect(server.endpoint.connections()).toEqual([]);
  });
});

/** Requests from now on stay with the client until the function is called that this gives. */
function holdRequests(): () => void {
  const send = globalThis.fetch;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  vi.stubGlobal("fetch", async (...request: Parameters<typeof fetch>) => {
    await held;
    return send(...request);
  });
  return release;
}
