import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined } from "../../../src/server/phoenix/channel";
import { createChannelRegistry } from "../../../src/server/phoenix/connection/channel-registry";
import type { RunningChannel } from "../../../src/server/phoenix/connection/running-channel";
import { route } from "../../../src/server/phoenix/route";
import { assign, putPrivate, type Socket } from "../../../src/server/phoenix/socket";
import { connectRaw } from "../raw-client";
import { startServer, type TestServer } from "../serving";

let server: TestServer;
let connected: Socket;
let ofChannel: Socket;

const noting: Channel<NoAssigns> = {
  join: (_payload, socket) => {
    ofChannel = socket;
    return joined(socket);
  },
};

beforeEach(async () => {
  server = await startServer({
    connect: (_params, socket) => {
      connected = socket;
      return { kind: "ok", socket: putPrivate(assign(socket, "user", "ann"), "library", 1) };
    },
    id: () => "user:ann",
    routes: [route("room:*", noting)],
  });
  const client = await connectRaw(server.url);
  client.send(["3", "3", "room:1", "phx_join", {}]);
  await client.take(1);
});

afterEach(() => server.close());

describe("a connection's socket", () => {
  it("has the fields of Phoenix's", () => {
    expect(connected).toMatchObject({
      ...{ assigns: {}, id: null, topic: null, joined: false, joinRef: null, ref: null, channel: null },
      ...{ private: {}, transport: { name: "websocket" }, serializer: { vsn: "2.0.0" } },
    });
    expect(connected.handler.routes.map(({ pattern }) => pattern)).toEqual(["room:*"]);
    expect(connected.pubsub).toBe(server.endpoint.handle.pubsub);
    expect(connected.endpoint).toBe(server.endpoint.handle);
  });

  it("is handed on to its channels, with the topic and the refs of the join", () => {
    expect(ofChannel).toMatchObject({
      ...{ assigns: { user: "ann" }, id: "user:ann", topic: "room:1", joined: false },
      ...{ joinRef: "3", ref: "3", private: { library: 1 }, handler: connected.handler },
    });
  });

  it("is never changed: assign and putPrivate give another one", () => {
    const one = assign(connected, "count", 1);
    const many = assign(one, { count: 2, name: "x" });
    expect([connected.assigns, one.assigns, many.assigns]).toEqual([
      {},
      { count: 1 },
      { count: 2, name: "x" },
    ]);
    const count: number = many.assigns.count;
    expect(count).toBe(2);
    expect(putPrivate(many, "key", 7).private).toEqual({ key: 7 });
    expect(many.private).toEqual({});
    const odd = assign(connected, "__proto__", { polluted: true });
    expect(Object.keys(odd.assigns)).toEqual(["__proto__"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("the registry of a connection's channels", () => {
  const none = () => {
    throw new Error("not asked here");
  };
  const channelOf = (topic: string): RunningChannel => ({
    ...{ topic, joinRef: null, join: none, open: none, receive: none, info: none, stop: none },
    handle: {
      ...{ push: none, reply: none, broadcast: none, broadcastFrom: none },
      ...{ send: none, crash: none, onExit: none },
    },
  });

  it("registers, looks up, lists and removes", () => {
    const registry = createChannelRegistry();
    const [a, b] = [channelOf("a"), channelOf("b")];
    registry.register(a);
    registry.register(b);
    expect(registry.lookUp("a")).toBe(a);
    expect(registry.lookUp("c")).toBeNull();
    expect(registry.list()).toEqual([a, b]);
    registry.remove(a);
    expect(registry.lookUp("a")).toBeNull();
    expect([registry.size(), registry.list()]).toEqual([1, [b]]);
  });

  it("keeps the channel that took a topic when an earlier one is removed, and has no two of one topic", () => {
    const registry = createChannelRegistry();
    const [old, next] = [channelOf("a"), channelOf("a")];
    registry.register(old);
    expect(() => registry.register(next)).toThrow('"a"');
    registry.remove(old);
    registry.register(next);
    registry.remove(old);
    expect(registry.lookUp("a")).toBe(next);
  });
});
