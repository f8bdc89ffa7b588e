import { type Channel as ClientChannel, LongPoll, Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PageEvent } from "../../src/bridge/page-event";
import { createLongPoll } from "../../src/content/long-poll";
import type { NoAssigns } from "../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, reply } from "../../src/server/phoenix/channel";
import { longPollTransport } from "../../src/server/phoenix/long-poll/long-poll";
import { isBytes } from "../../src/server/phoenix/payload";
import { route } from "../../src/server/phoenix/route";
import type { SocketDefinition } from "../../src/server/phoenix/socket-definition";
import { type PolledServer, startPolledServer } from "../server/phoenix/long-poll/long-poll-endpoint";
import { recordPolls } from "./recorded-polls";

/** What the server saw come in, and sent. */
let served: unknown[] = [];

const room: Channel<NoAssigns> = {
  join: (_payload, socket) => joined(socket, {}),
  handleIn: (event, payload, socket) => {
    served.push([event, isBytes(payload) ? [...payload] : payload]);
    if (event === "bytes") return reply(socket, "ok", { size: isBytes(payload) ? payload.length : null });
    if (event === "fail") socket.channel.push("bytes", Uint8Array.of(1));
    return event === "echo" ? reply(socket, "ok", payload) : noreply(socket);
  },
};

const socketDefinition: SocketDefinition = {
  connect: (params, socket) => (params.deny === "1" ? { kind: "refused" } : { kind: "ok", socket }),
  id: () => null,
  routes: [route("room:*", room)],
};

let server: PolledServer;
let sockets: Socket[] = [];
let events: PageEvent[] = [];

beforeEach(async () => {
  [served, sockets, events] = [[], [], []];
  server = await startPolledServer(socketDefinition, { transports: [longPollTransport({ windowMs: 1000 })] });
  const longPoll = createLongPoll();
  recordPolls((event) => events.push(...longPoll.take(event)));
});

afterEach(async () => {
  for (const socket of sockets) socket.disconnect();
  vi.unstubAllGlobals();
  await server.close();
});

/** The official client, and what it was told itself: its frames, and how its connections ended. */
function connect(options: Record<string, unknown> = {}) {
  const heard: unknown[] = [];
  const socket = new Socket(server.url, {
    transport: LongPoll,
    reconnectAfterMs: () => 60_000,
    rejoinAfterMs: () => 60_000,
    ...options,
  });
  socket.onMessage((message) => {
    heard.push(message);
  });
  const closes: unknown[] = [];
  socket.onClose(({ code, reason }) => {
    closes.push([code, reason]);
  });
  sockets.push(socket);
  socket.connect();
  return { socket, heard, closes };
}

function answered(push: ReturnType<ClientChannel["push"]>): Promise<unknown> {
  return new Promise((resolve) => push.receive("ok", resolve).receive("error", resolve));
}

function framesOf(type: "in" | "out"): readonly (string | ArrayBuffer)[] {
  return events.flatMap((event) => (event.type === type ? [event.data] : []));
}

/** A frame's event and payload. */
function pushed(frame: string | ArrayBuffer): unknown {
  if (typeof frame !== "string") return ["bytes", [...new Uint8Array(frame).subarray(-3)]];
  const message: unknown = JSON.parse(frame);
  return Array.isArray(message) ? message.slice(3) : message;
}

const closesOf = () =>
  events.flatMap((event) => (event.type === "close" ? [[event.code, event.reason]] : []));

describe("what is captured of phoenix.js on long poll", () => {
  it.each([
    ["", {}],
    [", with a connect param that is called token", { params: { token: "user token" } }],
  ])("is every frame that the server and the client saw, in their order%s", async (_, options) => {
    const { socket, heard } = connect(options);
    const channel = socket.channel("room:1");
    await answered(channel.join());
    for (let n = 0; n < 250; n++) channel.push("note", { n, text: "é🐙\n" });
    await answered(channel.push("bytes", Uint8Array.of(1, 2, 3).buffer));
    await answered(channel.push("echo", { last: true }));

    const sent = framesOf("out").map(pushed);
    expect(sent.slice(1)).toEqual(served);
    expect(served).toHaveLength(252);
    const received = framesOf("in").map((frame) => JSON.parse(String(frame)));
    expect(received).toHaveLength(3);
    expect(
      received.map(([join_ref, ref, topic, event, payload]) => ({ join_ref, ref, topic, event, payload })),
    ).toEqual(heard);
    expect(events.map(({ type }) => type).slice(0, 3)).toEqual(["socket", "open", "out"]);
    expect(events.filter(({ type }) => type === "socket")).toHaveLength(1);
    expect(events.filter(({ type }) => type === "broken")).toEqual([]);
  });

  it("tells two sockets of one page apart", async () => {
    const clients = [connect(), connect()];
    const channels = clients.map(({ socket }, n) => socket.channel(`room:${n}`));
    await Promise.all(channels.map((channel) => answered(channel.join())));
    await Promise.all(channels.map((channel, n) => answered(channel.push("echo", { n }))));

    const topics = new Map<number, Set<string>>();
    for (const event of events) {
      if (event.type !== "in" && event.type !== "out") continue;
      const known = topics.get(event.socket) ?? new Set();
      topics.set(event.socket, known.add(JSON.parse(String(event.data))[2]));
    }
    expect([...topics.values()].map((each) => [...each]).sort()).toEqual([["room:0"], ["room:1"]]);
  });

  it("ends as the client sees it end: refused", async () => {
    const { closes } = connect({ params: { deny: "1" } });
    await expect.poll(() => closes).toEqual([[1008, "forbidden"]]);
    expect(closesOf()).toEqual(closes);
  });

  it.each([
    ["the server fails", 1011, (channel: ClientChannel) => channel.push("fail", {})],
    ["the server cuts it", 1011, () => server.endpoint.connections()[0]?.cut()],
    ["its session is closed", 3410, () => server.endpoint.connections()[0]?.close(1000)],
  ])("ends as the client sees it end: %s", async (_, code, end) => {
    const { socket, closes } = connect();
    const channel = socket.channel("room:1");
    await answered(channel.join());
    await expect.poll(() => server.waiting()).toBe(1);
    end(channel);
    await expect.poll(() => closes).toEqual([[code, expect.any(String)]]);
    await expect.poll(closesOf).toEqual(closes);
  });

  it("ends with 1000 where the page disconnects", async () => {
    const { socket } = connect({ timeout: 60_000 });
    await answered(socket.channel("room:1").join());
    await expect.poll(() => server.waiting()).toBe(1);
    socket.disconnect();
    await expect.poll(closesOf).toEqual([[1000, ""]]);
  });
});
