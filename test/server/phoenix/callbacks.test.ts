import { afterEach, describe, expect, it } from "vitest";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, reply } from "../../../src/server/phoenix/channel";
import { type Route, route } from "../../../src/server/phoenix/route";
import type { SocketDefinition } from "../../../src/server/phoenix/socket-definition";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { mute, room } from "./room";

let server: TestServer;

afterEach(() => server.close());

async function start(socket: SocketDefinition): Promise<RawClient> {
  server = await startServer(socket);
  return connectRaw(server.url);
}

/** What code without types can give where an answer is wanted. */
function untyped<Wanted>(value: unknown): Wanted {
  return JSON.parse(JSON.stringify({ value })).value;
}

describe("a socket and a channel of nothing but what they must have", () => {
  it("let everyone in under no id, join, drop what the server tells them, and end without a word", async () => {
    const client = await start({ routes: [route("mute", mute)] });
    expect(server.endpoint.connections()).toMatchObject([{ socketId: null }]);
    client.send(["1", "1", "mute", "phx_join", {}]);
    await client.take(1);
    server.endpoint.handle.pubsub.publish("mute", "nobody handles this");
    server.endpoint.handle.broadcast("mute", "news", {});
    client.send(["1", "2", "mute", "phx_leave", {}]);
    expect(await client.rest()).toEqual([
      [null, null, "mute", "news", {}],
      ["1", "2", "mute", "phx_reply", { status: "ok", response: {} }],
      ["1", "1", "mute", "phx_close", {}],
    ]);
    expect(server.log).toEqual([]);
  });
});

describe("what is no answer of connect", () => {
  it.each([[undefined], [false], [{ kind: "error" }], [{ kind: "ok" }], [{ kind: "ok", socket: {} }]])(
    "lets nobody in: %j",
    async (answer) => {
      server = await startServer({ connect: () => untyped(answer), routes: [] });
      await expect(connectRaw(server.url)).rejects.toThrow("500");
      expect(server.log.join()).toContain('The socket\'s "connect" gave ');
    },
  );
});

describe("what is no answer of a join", () => {
  it.each([[undefined], ["ok"], [{ kind: "ok", response: {} }], [{ kind: "error" }]])(
    "is a crash, of which those who wait for the end are told: %j",
    async (answer) => {
      const ends: string[] = [];
      const odd: Channel<NoAssigns> = {
        join: (_payload, { channel }) => {
          channel.onExit(({ kind }) => ends.push(kind));
          return untyped(answer);
        },
      };
      const client = await start({ routes: [route("odd", odd)] });
      client.send(["1", "1", "odd", "phx_join", {}]);
      expect(await client.rest()).toEqual([
        ["1", "1", "odd", "phx_reply", { status: "error", response: { reason: "join crashed" } }],
      ]);
      expect(ends).toEqual(["crash"]);
      expect(server.log.join()).toContain('"join" gave ');
    },
  );

  it("is a crash too where a channel cannot be started, and the other channels live on", async () => {
    const broken: Route = {
      pattern: "broken",
      matches: (topic) => topic === "broken",
      start: () => {
        throw new Error("it does not start");
      },
    };
    const client = await start({ routes: [broken, route("room:*", room)] });
    client.send(["1", "1", "room:1", "phx_join", {}]);
    client.send(["2", "2", "broken", "phx_join", {}]);
    client.send(["1", "3", "room:1", "echo", "still here"]);
    expect((await client.rest()).slice(1)).toEqual([
      ["2", "2", "broken", "phx_reply", { status: "error", response: { reason: "join crashed" } }],
      ["1", "3", "room:1", "phx_reply", { status: "ok", response: "still here" }],
    ]);
    expect(server.log.join()).toContain("it does not start");
  });
});

describe("a callback crashes its channel", () => {
  const odd: Channel<NoAssigns> = {
    join: (_payload, socket) => joined(socket),
    handleIn: (event, payload, socket) => {
      if (event === "answer") return untyped(payload);
      if (event === "push") socket.channel.push("list", untyped([1]));
      if (event === "leave out") return reply(socket, "ok", untyped(undefined));
      socket.channel.send("a message");
      return noreply(socket);
    },
    handleInfo: (_message, socket) => reply(socket, "ok", {}),
  };

  it.each<readonly [string, string, unknown, string]>([
    ["with what is no answer", "answer", "noreply", "\"handleIn\" gave 'noreply'"],
    ["with an answer without a socket", "answer", { kind: "noreply" }, '"handleIn" gave'],
    ["with a push that is no object", "push", {}, 'The push "list" on "odd" must carry an object'],
    ["with a reply that is no JSON", "leave out", {}, 'The reply on "odd" carries undefined'],
    ["with a reply that nobody asked for", "tell", {}, '"handleInfo" gave a reply'],
  ])("%s", async (_how, event, payload, why) => {
    const client = await start({ routes: [route("odd", odd)] });
    client.send(["1", "1", "odd", "phx_join", {}]);
    client.send(["1", "2", "odd", event, payload]);
    expect((await client.rest()).slice(1)).toEqual([["1", "1", "odd", "phx_error", {}]]);
    expect(server.log.join()).toContain(why);
  });
});

describe("the end of a channel", () => {
  it("is the end whatever is thrown over it, at once or later", async () => {
    const failing: Channel<NoAssigns> = {
      join: (_payload, socket) => {
        socket.channel.onExit(async () => {
          throw new Error("told in vain");
        });
        return joined(socket);
      },
      terminate: async () => {
        throw new Error("not cleaned up");
      },
    };
    const client = await start({ routes: [route("failing", failing)] });
    client.send(["1", "1", "failing", "phx_join", {}]);
    client.send(["1", "2", "failing", "phx_leave", {}]);
    expect((await client.rest()).slice(1)).toMatchObject([
      ["1", "2", "failing", "phx_reply", { status: "ok" }],
      ["1", "1", "failing", "phx_close", {}],
    ]);
    expect(server.log.join()).toContain("not cleaned up");
    expect(server.log.join()).toContain("told in vain");
  });
});
