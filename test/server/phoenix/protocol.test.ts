import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Channel, noreply, reply } from "../../../src/server/phoenix/channel";
import { route } from "../../../src/server/phoenix/route";
import type { SocketDefinition } from "../../../src/server/phoenix/socket";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";

const room: Channel<Record<never, never>> = {
  join: async (payload, socket) => {
    if (payload === "refuse") return { kind: "refused", response: { reason: "not you" } };
    if (payload === "crash") throw new Error("the join crashes");
    if (payload === "slow") await new Promise((resolve) => setTimeout(resolve, 60));
    if (payload === "after") socket.channel.send("joined");
    return { kind: "ok", response: { hello: socket.topic }, socket: { ...socket, assigns: {} } };
  },
  handleIn: async (event, payload, socket) => {
    if (event === "crash") throw new Error("the channel crashes");
    if (event === "stop") return { kind: "stop", reply: { status: "ok", response: {} }, socket };
    if (event === "push") socket.channel.push("news", { payload });
    if (event === "broadcast") socket.channel.broadcast("news", { payload });
    if (event === "later") setTimeout(() => socket.channel.reply(socket.ref, "ok", { late: true }), 5);
    if (event === "odd") return reply(socket, "weird_status", 7);
    if (event === "echo") return reply(socket, "ok", payload);
    return noreply(socket);
  },
  handleInfo: (message, socket) => {
    socket.channel.push("info", { message: String(message) });
    return noreply(socket);
  },
};

const mute: Channel<Record<never, never>> = {
  join: (_payload, socket) => ({ kind: "ok", response: {}, socket: { ...socket, assigns: {} } }),
};

const socket: SocketDefinition = {
  connect: (params) => (params.token === "bad" ? { kind: "refused" } : { kind: "ok", assigns: {} }),
  routes: [route("room:*", room), route("mute", mute)],
};

let server: TestServer;
let client: RawClient;

beforeEach(async () => {
  server = await startServer(socket);
  client = await connectRaw(server.url);
});

afterEach(() => server.close());

async function join(topic = "room:1", ref = "1", payload: unknown = {}): Promise<void> {
  client.send([ref, ref, topic, "phx_join", payload]);
  await client.take(1);
}

describe("a channel's life", () => {
  it("answers a join with the channel's response", async () => {
    client.send('["3","3","room:1","phx_join",{}]');
    expect(await client.next()).toBe(
      '["3","3","room:1","phx_reply",{"status":"ok","response":{"hello":"room:1"}}]',
    );
  });

  it("answers a leave, then closes, with ref and join_ref the same", async () => {
    await join("room:1", "3");
    client.send('["3","9","room:1","phx_leave",{}]');
    expect(await client.next()).toBe('["3","9","room:1","phx_reply",{"status":"ok","response":{}}]');
    expect(await client.next()).toBe('["3","3","room:1","phx_close",{}]');
  });

  it("answers a heartbeat", async () => {
    client.send('[null,"8","phoenix","heartbeat",{}]');
    expect(await client.next()).toBe('[null,"8","phoenix","phx_reply",{"status":"ok","response":{}}]');
  });

  it("sends a crashed channel phx_error, and no reply", async () => {
    await join();
    client.send(["1", "2", "room:1", "crash", {}]);
    expect(await client.rest()).toEqual([["1", "1", "room:1", "phx_error", {}]]);
    expect(server.log.join()).toContain("the channel crashes");
  });

  it("crashes on an event where the channel handles none", async () => {
    await join("mute");
    client.send(["1", "2", "mute", "anything", {}]);
    expect(await client.take(1)).toEqual([["1", "1", "mute", "phx_error", {}]]);
  });

  it("sends the reply of a channel that stops, then phx_close", async () => {
    await join();
    client.send(["1", "2", "room:1", "stop", {}]);
    expect(await client.take(2)).toEqual([
      ["1", "2", "room:1", "phx_reply", { status: "ok", response: {} }],
      ["1", "1", "room:1", "phx_close", {}],
    ]);
  });

  it("lets a topic be joined again after its channel crashed", async () => {
    await join();
    client.send(["1", "2", "room:1", "crash", {}]);
    await client.take(1);
    client.send(["3", "3", "room:1", "phx_join", {}]);
    expect(await client.take(1)).toMatchObject([["3", "3", "room:1", "phx_reply", { status: "ok" }]]);
  });
});

describe("a refused join", () => {
  it.each([
    ["refused by the channel", "room:1", "refuse", "1", "not you"],
    ["crashing", "room:1", "crash", "1", "join crashed"],
    ["without a route", "other:1", {}, null, "unmatched topic"],
  ])("%s is answered with its reason", async (_why, topic, payload, joinRef, reason) => {
    client.send(["1", "1", topic, "phx_join", payload]);
    expect(await client.rest()).toEqual([
      [joinRef, "1", topic, "phx_reply", { status: "error", response: { reason } }],
    ]);
  });

  it("is refused for the 101st channel of one connection", async () => {
    for (let n = 1; n <= 100; n += 1) client.send([`${n}`, `${n}`, `room:${n}`, "phx_join", {}]);
    await client.take(100);
    client.send(["101", "101", "room:101", "phx_join", {}]);
    expect(await client.take(1)).toMatchObject([
      ["101", "101", "room:101", "phx_reply", { response: { reason: "too many channels joined" } }],
    ]);
  });
});

describe("a message that is not for the current channel", () => {
  it("is dropped when its join_ref is stale", async () => {
    await join();
    client.send(["0", "2", "room:1", "echo", {}]);
    expect(await client.rest()).toEqual([]);
  });

  it("is accepted without a join_ref", async () => {
    await join();
    client.send([null, "2", "room:1", "echo", "hi"]);
    expect(await client.take(1)).toEqual([
      ["1", "2", "room:1", "phx_reply", { status: "ok", response: "hi" }],
    ]);
  });

  it("is answered with a join_ref of null when the topic is not joined", async () => {
    client.send(["1", "101", "room:never", "echo", {}]);
    expect(await client.next()).toBe(
      '[null,"101","room:never","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]',
    );
  });

  it("is answered ok when it leaves a topic that is not joined", async () => {
    client.send(["1", "2", "room:never", "phx_leave", {}]);
    expect(await client.take(1)).toEqual([
      ["1", "2", "room:never", "phx_reply", { status: "ok", response: {} }],
    ]);
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
});

describe("messages of a channel", () => {
  it("carry the join_ref and no ref when pushed", async () => {
    await join();
    client.send(["1", "2", "room:1", "push", 1]);
    expect(await client.take(1)).toEqual([["1", null, "room:1", "news", { payload: 1 }]]);
  });

  it("carry neither when broadcast, and reach every client on the topic", async () => {
    await join();
    const other = await connectRaw(server.url);
    other.send(["7", "7", "room:1", "phx_join", {}]);
    await other.take(1);
    client.send(["1", "2", "room:1", "broadcast", 1]);
    const news = [[null, null, "room:1", "news", { payload: 1 }]];
    expect(await client.take(1)).toEqual(news);
    expect(await other.take(1)).toEqual(news);
  });

  it("reach nobody who left", async () => {
    await join();
    const other = await connectRaw(server.url);
    other.send(["7", "7", "room:1", "phx_join", {}]);
    other.send(["7", "8", "room:1", "phx_leave", {}]);
    await other.take(3);
    client.send(["1", "2", "room:1", "broadcast", 1]);
    await client.take(1);
    expect(await other.rest()).toEqual([]);
  });

  it("may be replies that come later, or have a status of their own", async () => {
    await join();
    client.send(["1", "2", "room:1", "later", {}]);
    client.send(["1", "3", "room:1", "odd", {}]);
    expect(await client.take(2)).toEqual([
      ["1", "3", "room:1", "phx_reply", { status: "weird_status", response: 7 }],
      ["1", "2", "room:1", "phx_reply", { status: "ok", response: { late: true } }],
    ]);
  });

  it("all wait for a slow join of the same connection", async () => {
    await join();
    client.send(["2", "2", "room:2", "phx_join", "slow"]);
    client.send(["1", "3", "room:1", "echo", {}]);
    client.send([null, "4", "phoenix", "heartbeat", {}]);
    const refs = (await client.take(3)).map((frame) => (Array.isArray(frame) ? frame[1] : null));
    expect(refs[0]).toBe("2");
  });
});

describe("a connection", () => {
  it.each([
    ["text that is not JSON", "nonsense"],
    ["a frame of four elements", '["1","1","room:1","phx_join"]'],
    ["a topic that is a number", '["1","1",7,"phx_join",{}]'],
    ["an object", '{"topic":"room:1"}'],
  ])("is closed with 1011 by %s", async (_what, text) => {
    client.send(text);
    expect(await client.closed).toBe(1011);
  });

  it("is closed with 1011 by binary that its serializer does not know", async () => {
    client.sendBytes(new Uint8Array([0, 1, 2]));
    expect(await client.closed).toBe(1011);
  });

  it("takes no notice of elements after the fifth", async () => {
    client.send('[null,"8","phoenix","heartbeat",{},"more"]');
    expect(await client.take(1)).toHaveLength(1);
  });

  it.each(["", "?vsn=1.0.0", "?vsn=3.0.0", "?vsn=2", "?vsn[a]=2.0.0", "?vsn=2.0.0&token=bad"])(
    'is refused with 403 for the query "%s"',
    async (query) => {
      await expect(connectRaw(server.url, query)).rejects.toThrow("403");
    },
  );

  it("is refused with 404 where no socket is", async () => {
    await expect(connectRaw(server.url.replace("/socket", "/elsewhere"))).rejects.toThrow("404");
  });

  it("is closed with 1012 when the server drains", async () => {
    await server.drain();
    expect(await client.closed).toBe(1012);
  });

  it("harms nobody else when it is closed for a bad frame", async () => {
    const other = await connectRaw(server.url);
    client.send("nonsense");
    await client.closed;
    expect(await other.rest()).toEqual([]);
  });
});
