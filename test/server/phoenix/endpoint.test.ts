import { afterEach, describe, expect, it } from "vitest";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, PHX_DRAIN } from "../../../src/server/phoenix/channel";
import { createEndpoint } from "../../../src/server/phoenix/endpoint";
import { createPubSub, type PubSub } from "../../../src/server/phoenix/pubsub";
import { route } from "../../../src/server/phoenix/route";
import { v2 } from "../../../src/server/phoenix/serializers/v2";
import type { Transport } from "../../../src/server/phoenix/transport";
import { connectRaw } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { roomSocket } from "./room";

let server: TestServer;

afterEach(() => server.close());

describe("a server that drains", () => {
  it("tells the channels first, then closes with 1012", async () => {
    const ends: string[] = [];
    const drained: Channel<NoAssigns> = {
      join: (_payload, socket) => joined(socket),
      handleInfo: async (message, socket) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (message === PHX_DRAIN) socket.channel.push("save_your_work", {});
        return noreply(socket);
      },
      terminate: ({ kind }) => ends.push(kind),
    };
    server = await startServer({ routes: [route("room:*", drained)] });
    const client = await connectRaw(server.url);
    client.send(["1", "1", "room:1", "phx_join", {}]);
    await client.take(1);
    await server.drain();
    expect(await client.take(1)).toEqual([["1", null, "room:1", "save_your_work", {}]]);
    expect(await client.closed).toBe(1012);
    expect(ends).toEqual(["transport_closed"]);
  });

  it("cuts a client that does not answer, and closes those that come too late", async () => {
    server = await startServer(roomSocket);
    const deaf = await connectRaw(server.url);
    deaf.webSocket.pause();
    await server.drain();
    expect(server.endpoint.connections()).toEqual([]);
    const late = await connectRaw(server.url);
    expect(await late.closed).toBe(1012);
  });
});

describe("a client that closes", () => {
  it.each([
    [4001, "own code"],
    [1000, "heartbeat timeout"],
    [3000, ""],
    [undefined, undefined],
  ])("with %j and %j is answered with 1000 and no reason", async (code, reason) => {
    server = await startServer(roomSocket);
    const client = await connectRaw(server.url);
    const told = new Promise((resolve) =>
      client.webSocket.once("close", (...closing: readonly [number, Buffer]) => resolve(closing.map(String))),
    );
    client.webSocket.close(code, reason);
    expect(await told).toEqual(["1000", ""]);
  });
});

describe("the disconnect broadcast", () => {
  it("to a socket's id closes its connections with 1001, and no others", async () => {
    server = await startServer({
      ...roomSocket,
      id: (socket) => (socket.serializer.vsn === "1.0.0" ? null : "user:7"),
    });
    const [one, two] = [await connectRaw(server.url), await connectRaw(server.url)];
    const anonymous = await connectRaw(server.url, "?vsn=1.0.0");
    server.endpoint.handle.broadcast("user:7", "something else", {});
    server.endpoint.handle.broadcast("user:8", "disconnect", {});
    expect(await one.rest()).toEqual([]);
    server.endpoint.handle.broadcast("user:7", "disconnect", {});
    expect(await one.closed).toBe(1001);
    expect(await two.closed).toBe(1001);
    anonymous.send('{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"4"}');
    expect(await anonymous.take(1)).toHaveLength(1);
  });
});

describe("an endpoint", () => {
  it("shows its connections and their channels, and can close and cut them", async () => {
    server = await startServer(roomSocket);
    const [one, two] = [await connectRaw(server.url), await connectRaw(server.url)];
    one.send(["3", "3", "room:1", "phx_join", {}]);
    await one.take(1);
    const [first, second] = server.endpoint.connections();
    expect(first).toMatchObject({ id: 1, path: "/socket", transport: "websocket", socketId: null });
    expect(first?.channels()).toMatchObject([{ topic: "room:1", joinRef: "3" }]);
    expect(second?.channels()).toEqual([]);
    first?.channels()[0]?.handle.push("hello", {});
    expect(await one.take(1)).toEqual([["3", null, "room:1", "hello", {}]]);
    first?.close(4001);
    second?.cut();
    expect(await one.closed).toBe(4001);
    expect(await two.closed).toBe(1006);
    while (server.endpoint.connections().length > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it("lets something stand between each client and the server", async () => {
    const abouts: unknown[] = [];
    server = await startServer(roomSocket, {
      endpoint: {
        wrapTransport: (link, about) => {
          abouts.push(about);
          const send: Transport["send"] = (data) => link.send(String(data).replace("hi", "ho"));
          return {
            transport: { ...link, send },
            receive: (data, next) => {
              if (String(data).includes("drop")) return;
              next(data);
              if (String(data).includes("twice")) next(data);
            },
          };
        },
      },
    });
    const client = await connectRaw(server.url, "?vsn=2.0.0&user=ann");
    client.send(["1", "1", "room:1", "phx_join", {}]);
    client.send(["1", "2", "room:1", "echo", "drop"]);
    client.send(["1", "3", "room:1", "echo", "hi twice"]);
    expect((await client.rest()).slice(1)).toMatchObject([
      { 1: "3", 4: { response: "ho twice" } },
      { 1: "3", 4: { response: "ho twice" } },
    ]);
    expect(abouts).toEqual([
      {
        id: 1,
        path: "/socket",
        transport: "websocket",
        socketId: null,
        params: { vsn: "2.0.0", user: "ann" },
      },
    ]);
  });

  it.each(["/socket", "socket/", "//socket"])("refuses a second socket at its path, written %s", (path) => {
    const sockets = [
      { path: "/socket", socket: roomSocket },
      { path, socket: roomSocket },
    ];
    expect(() => createEndpoint({ sockets, log: () => {} })).toThrow("/socket/websocket");
  });

  it("refuses a serializer for versions that cannot be read", () => {
    const serializers = [{ requirement: ">= 2.0.0", serializer: v2 }];
    const sockets = [{ path: "/socket", socket: roomSocket, serializers }];
    expect(() => createEndpoint({ sockets, log: () => {} })).toThrow(">= 2.0.0");
  });

  it("takes any publish and subscribe, objects with a state of their own too", async () => {
    class Counting implements PubSub {
      readonly #within = createPubSub();
      readonly counts = { subscribed: 0, published: 0 };
      subscribe(...told: Parameters<PubSub["subscribe"]>): () => void {
        this.counts.subscribed += 1;
        return this.#within.subscribe(...told);
      }
      publish(...told: Parameters<PubSub["publish"]>): void {
        this.counts.published += 1;
        this.#within.publish(...told);
      }
      broadcast(...told: Parameters<PubSub["broadcast"]>): void {
        this.counts.published += 1;
        this.#within.broadcast(...told);
      }
    }
    const pubsub = new Counting();
    server = await startServer(roomSocket, { endpoint: { pubsub } });
    const client = await connectRaw(server.url);
    client.send(["1", "1", "room:1", "phx_join", {}]);
    await client.take(1);
    const heard: unknown[] = [];
    server.endpoint.handle.subscribe("room:1", (message) => heard.push(message));
    server.endpoint.handle.broadcast("room:1", "news", {});
    expect(await client.take(1)).toEqual([[null, null, "room:1", "news", {}]]);
    expect(heard).toHaveLength(1);
    expect(pubsub.counts).toEqual({ subscribed: 2, published: 1 });
  });

  it("closes with 1011 a client whose connection cannot be made", async () => {
    const wrapTransport = () => {
      throw new Error("nothing to wrap it in");
    };
    server = await startServer(roomSocket, { endpoint: { wrapTransport } });
    const client = await connectRaw(server.url);
    expect(await client.closed).toBe(1011);
    expect(server.log.join()).toContain("nothing to wrap it in");
  });
});
