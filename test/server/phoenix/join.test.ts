import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, refuseJoin, reply } from "../../../src/server/phoenix/channel";
import type { StopReason } from "../../../src/server/phoenix/channel-handle";
import { route } from "../../../src/server/phoenix/route";
import { assign } from "../../../src/server/phoenix/socket";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { room } from "./room";

let server: TestServer;
let client: RawClient;
const ends: StopReason["kind"][] = [];
let releaseGate = () => {};

/** Joins when the test lets it. */
const gated: Channel<NoAssigns> = {
  join: async (payload, socket) => {
    socket.channel.onExit(({ kind }) => ends.push(kind));
    await new Promise<void>((resolve) => {
      releaseGate = resolve;
      if (payload === "killed") socket.channel.crash(new Error("killed while it joins"));
    });
    return payload === "refuse" ? refuseJoin({}) : joined(socket);
  },
  terminate: ({ kind }) => ends.push(kind),
};

/** Answers with what it was given. */
const who: Channel<{ readonly seat: number }> = {
  join: (_payload, socket) => joined(assign(socket, "seat", 7), { role: String(socket.assigns.role) }),
  handleIn: (_event, _payload, socket) => {
    const { assigns, joined: isJoined, joinRef, ref, topic, id } = socket;
    return reply(socket, "ok", { ...assigns, isJoined, joinRef, ref, topic, id });
  },
};

beforeEach(async () => {
  ends.length = 0;
  server = await startServer({
    connect: (_params, socket) => ({ kind: "ok", socket: assign(socket, { role: "guest", user: "ann" }) }),
    id: ({ assigns }) => `user:${String(assigns.user)}`,
    routes: [
      route("room:*", room),
      route("gate:*", gated),
      route("who:admin", who, { assigns: { role: "admin" } }),
      route("who:*", who),
    ],
  });
  client = await connectRaw(server.url);
});

afterEach(() => server.close());

async function join(topic: string, ref: string, payload: unknown = {}): Promise<void> {
  client.send([ref, ref, topic, "phx_join", payload]);
  await client.take(1);
}

/** Until the gated join runs. */
async function gateReached(): Promise<void> {
  releaseGate = () => {};
  const idle = releaseGate;
  while (releaseGate === idle) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("a refused join", () => {
  it.each([
    ["refused by the channel", "room:1", "refuse", "1", "not you"],
    ["crashing", "room:1", "crash", "1", "join crashed"],
    ["that pushes before it is joined", "room:1", "early", "1", "join crashed"],
    ["without a route", "other:1", {}, null, "unmatched topic"],
  ])("%s is answered with its reason", async (_why, topic, payload, joinRef, reason) => {
    client.send(["1", "1", topic, "phx_join", payload]);
    expect(await client.rest()).toEqual([
      [joinRef, "1", topic, "phx_reply", { status: "error", response: { reason } }],
    ]);
  });

  it("is refused for the 101st channel of one connection, but not for one of the hundred", async () => {
    for (let n = 1; n <= 100; n += 1) client.send([`${n}`, `${n}`, `room:${n}`, "phx_join", {}]);
    await client.take(100);
    client.send(["101", "101", "room:101", "phx_join", {}]);
    expect(await client.next()).toBe(
      '["101","101","room:101","phx_reply",{"status":"error","response":{"reason":"too many channels joined"}}]',
    );
    client.send(["102", "102", "room:1", "phx_join", {}]);
    expect(await client.take(1)).toMatchObject([["102", "102", "room:1", "phx_reply", { status: "ok" }]]);
  });

  it("has a cap that the mounted socket may set", async () => {
    const small = await startServer({ routes: [route("room:*", room)] }, { mounted: { maxChannels: 1 } });
    const other = await connectRaw(small.url);
    other.send(["1", "1", "room:1", "phx_join", {}]);
    other.send(["2", "2", "room:2", "phx_join", {}]);
    expect(await other.take(2)).toMatchObject([
      { 4: { status: "ok" } },
      { 4: { response: { reason: "too many channels joined" } } },
    ]);
    await small.close();
  });

  it("leaves nobody behind: who listened for its end is told", async () => {
    client.send(["1", "1", "gate:1", "phx_join", "refuse"]);
    await gateReached();
    releaseGate();
    await client.take(1);
    expect(ends).toEqual(["shutdown"]);
  });
});

describe("a duplicate join", () => {
  it("is answered first, then the old channel closes, then the new one pushes", async () => {
    await join("room:1", "1");
    client.send(["5", "5", "room:1", "phx_join", "after"]);
    expect(await client.rest()).toEqual([
      ["5", "5", "room:1", "phx_reply", { status: "ok", response: { hello: "room:1" } }],
      ["1", "1", "room:1", "phx_close", {}],
      ["5", null, "room:1", "info", { message: "joined" }],
    ]);
  });

  it("ends the old channel even where the new join is refused", async () => {
    await join("room:1", "1");
    client.send(["5", "5", "room:1", "phx_join", "refuse"]);
    expect(await client.rest()).toMatchObject([
      ["5", "5", "room:1", "phx_reply", { status: "error" }],
      ["1", "1", "room:1", "phx_close", {}],
    ]);
  });

  it("makes the old join_ref a stale one", async () => {
    await join("room:1", "1");
    client.send(["5", "5", "room:1", "phx_join", {}]);
    client.send(["1", "6", "room:1", "echo", {}]);
    client.send(["5", "7", "room:1", "echo", {}]);
    expect((await client.rest()).slice(2)).toMatchObject([["5", "7", "room:1", "phx_reply", {}]]);
  });
});

describe("while a join runs", () => {
  it("every frame of its connection waits, in both directions, heartbeats too", async () => {
    await join("room:1", "1");
    client.send(["2", "2", "gate:1", "phx_join", {}]);
    await gateReached();
    client.send([null, "3", "phoenix", "heartbeat", {}]);
    client.send(["1", "4", "room:1", "echo", {}]);
    server.endpoint.handle.broadcast("room:1", "news", { n: 1 });
    const [view] = server.endpoint.connections();
    view?.channels()[0]?.handle.push("news", { n: 2 });
    const other = await connectRaw(server.url);
    expect(await other.rest()).toEqual([]);
    releaseGate();
    expect(await client.take(5)).toMatchObject([
      ["2", "2", "gate:1", "phx_reply", { status: "ok" }],
      [null, null, "room:1", "news", { n: 1 }],
      ["1", null, "room:1", "news", { n: 2 }],
      [null, "3", "phoenix", "phx_reply", {}],
      ["1", "4", "room:1", "phx_reply", {}],
    ]);
  });

  it("not everything waits: with more than 16 MB the connection is cut, and no other", async () => {
    await join("room:1", "1");
    const other = await connectRaw(server.url);
    client.send(["2", "2", "gate:1", "phx_join", {}]);
    await gateReached();
    const news = { text: "x".repeat(1024 * 1024) };
    for (let n = 0; n < 17; n += 1) server.endpoint.handle.broadcast("room:1", "news", news);
    expect(await client.closed).toBe(1006);
    expect(server.log.join()).toMatch(/A join takes so long that \d+ bytes wait behind it/);
    expect(await other.rest()).toEqual([]);
    releaseGate();
  });

  it("the client may go: the channel ends when it has joined", async () => {
    client.send(["2", "2", "gate:1", "phx_join", {}]);
    await gateReached();
    client.close();
    await client.closed;
    releaseGate();
    while (ends.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(ends).toEqual(["transport_closed", "transport_closed"]);
  });

  it("its channel may be killed, which answers it", async () => {
    client.send(["2", "2", "gate:1", "phx_join", "killed"]);
    expect(await client.rest()).toEqual([
      ["2", "2", "gate:1", "phx_reply", { status: "error", response: { reason: "join crashed" } }],
    ]);
    expect(ends).toEqual(["killed"]);
    expect(server.log.join()).toContain("killed while it joins");
  });
});

describe("a joined socket", () => {
  it("has what connect, the route and the join assigned", async () => {
    client.send(["1", "1", "who:admin", "phx_join", {}]);
    client.send(["1", "2", "who:admin", "show", {}]);
    expect(await client.take(2)).toMatchObject([
      { 4: { response: { role: "admin" } } },
      {
        4: {
          response: {
            ...{ role: "admin", user: "ann", seat: 7, id: "user:ann" },
            ...{ isJoined: true, joinRef: "1", ref: "2", topic: "who:admin" },
          },
        },
      },
    ]);
  });

  it("comes from the first route that matches", async () => {
    client.send(["1", "1", "who:else", "phx_join", {}]);
    expect(await client.take(1)).toMatchObject([{ 4: { response: { role: "guest" } } }]);
  });
});
