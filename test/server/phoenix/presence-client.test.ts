import { Presence as ClientPresence, LongPoll, Socket } from "phoenix";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Channel, joined, noreply, refuseJoin, reply, stop } from "../../../src/server/phoenix/channel";
import { longPollTransport } from "../../../src/server/phoenix/long-poll/long-poll";
import { requireJson } from "../../../src/server/phoenix/payload";
import { createPresence, type Presence } from "../../../src/server/phoenix/presence";
import { createPubSub } from "../../../src/server/phoenix/pubsub";
import { route } from "../../../src/server/phoenix/route";
import { webSocketTransport } from "../../../src/server/phoenix/websocket/websocket-transport";
import { fieldIn, isJsonObject } from "../../../src/wire/json";
import { connectRaw } from "../raw-client";
import { startServer, type TestServer } from "../serving";

const TOPIC = "room:lobby";

type Named = { readonly user: string };

/** A room as Phoenix's guide has it: it tracks its client after the join, then pushes the state. */
function createRoom(presence: Presence): Channel<Named> {
  return {
    join: (payload, socket) => {
      const user = String(fieldIn(requireJson(payload), "user"));
      if (user === "refused") {
        presence.track(socket, user, {});
        return refuseJoin({ reason: "full" });
      }
      socket.channel.send("after_join");
      return joined({ ...socket, assigns: { user } });
    },
    handleInfo: (_message, socket) => {
      presence.track(socket, socket.assigns.user, { status: "on" });
      socket.channel.push("presence_state", presence.list(socket.topic));
      return noreply(socket);
    },
    handleIn: (event, payload, socket) => {
      const given = requireJson(payload);
      if (event === "status" && isJsonObject(given)) presence.update(socket, socket.assigns.user, given);
      if (event === "untrack") presence.untrack(socket);
      if (event === "stop") return stop(socket);
      if (event === "crash") throw new Error("the channel crashes");
      return reply(socket, "ok", {});
    },
  };
}

let presence: Presence;
let server: TestServer;
let sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets) socket.disconnect();
  sockets = [];
  await server.close();
});

async function serve(expiryMs = 15_000): Promise<void> {
  const pubsub = createPubSub();
  presence = createPresence(pubsub);
  const transports = [webSocketTransport({ drainMs: 500 }), longPollTransport({ windowMs: 1_000, expiryMs })];
  const routes = [route("room:*", createRoom(presence))];
  server = await startServer({ routes }, { mounted: { transports }, endpoint: { pubsub } });
}

/** The official client in the lobby, and what its own `Presence` holds. */
function enter(user: string, transport: new (endpoint: string) => object) {
  const socket = new Socket(server.url, { transport, reconnectAfterMs: () => 10, rejoinAfterMs: () => 10 });
  sockets.push(socket);
  socket.connect();
  const channel = socket.channel(TOPIC, { user });
  const held = new ClientPresence(channel);
  channel.join();
  return { socket, channel, held: () => toMetas(held) };
}

/** Key by key the metas. */
function toMetas(held: ClientPresence): unknown {
  return Object.fromEntries(held.list((key, { metas }) => [key, { metas }]));
}

const users = () => Object.keys(presence.list(TOPIC)).sort();

describe("phoenix.js's own Presence, over both transports", () => {
  it("holds what the server lists, through joins, updates, second tabs and leaves", async () => {
    await serve();
    const ada = enter("ada", LongPoll);
    const bob = enter("bob", WebSocket);
    await expect.poll(users).toEqual(["ada", "bob"]);
    const tab = enter("ada", WebSocket);
    await expect.poll(() => presence.list(TOPIC).ada?.metas.length).toBe(2);
    const everyone = [ada, bob, tab];
    const expectAllAgree = async () => {
      for (const { held } of everyone) await expect.poll(held).toEqual(presence.list(TOPIC));
    };
    await expectAllAgree();
    ada.channel.push("status", { status: "away 💤" });
    await expect.poll(() => JSON.stringify(presence.list(TOPIC))).toContain("away");
    await expectAllAgree();
    bob.channel.push("untrack", {});
    await expect.poll(users).toEqual(["ada"]);
    await expectAllAgree();
    tab.socket.disconnect();
    everyone.pop();
    await expect.poll(() => presence.list(TOPIC).ada?.metas.length).toBe(1);
    await expectAllAgree();
  });

  it("holds what the server lists after the connection was lost and came again", async () => {
    await serve();
    const ada = enter("ada", LongPoll);
    await expect.poll(users).toEqual(["ada"]);
    const [before] = presence.list(TOPIC).ada?.metas ?? [];
    for (const connection of server.endpoint.connections()) connection.cut();
    await expect.poll(() => presence.list(TOPIC).ada?.metas[0]?.phx_ref).not.toBe(before?.phx_ref);
    await expect.poll(users).toEqual(["ada"]);
    await expect.poll(ada.held).toEqual(presence.list(TOPIC));
  });
});

describe("what a channel tracks is untracked", () => {
  it.each([
    ["left", "phx_leave"],
    ["stopped", "stop"],
    ["crashed", "crash"],
    ["was joined anew", "phx_join"],
  ])("when it %s", async (_how, event) => {
    await serve();
    const raw = await connectRaw(server.url);
    raw.send(["1", "1", TOPIC, "phx_join", { user: "ada" }]);
    await expect.poll(users).toEqual(["ada"]);
    raw.send([event === "phx_join" ? "2" : "1", "2", TOPIC, event, { user: "bob" }]);
    await expect.poll(users).toEqual(event === "phx_join" ? ["bob"] : []);
    raw.close();
    await expect.poll(users).toEqual([]);
  });

  it.each([
    [
      "was killed",
      () => server.endpoint.connections()[0]?.channels()[0]?.handle.crash(new Error("by a test")),
    ],
    ["lost its connection", () => server.endpoint.connections()[0]?.cut()],
    ["was drained", () => server.endpoint.drain()],
  ])("when it %s", async (_how, end) => {
    await serve();
    const raw = await connectRaw(server.url);
    raw.send(["1", "1", TOPIC, "phx_join", { user: "ada" }]);
    await expect.poll(users).toEqual(["ada"]);
    await end();
    await expect.poll(users).toEqual([]);
    raw.close();
  });

  it("when its long-poll session expired", async () => {
    await serve(400);
    const started: { readonly token: string } = await (
      await fetch(`${server.httpUrl}/longpoll?vsn=2.0.0`)
    ).json();
    await fetch(`${server.httpUrl}/longpoll?vsn=2.0.0&token=${encodeURIComponent(started.token)}`, {
      method: "POST",
      body: JSON.stringify(["1", "1", TOPIC, "phx_join", { user: "ada" }]),
    });
    await expect.poll(users).toEqual(["ada"]);
    await expect.poll(() => server.endpoint.connections()).toEqual([]);
    expect(users()).toEqual([]);
  });

  it("when its join was refused after it had tracked", async () => {
    await serve();
    let diffs = 0;
    server.endpoint.handle.subscribe(TOPIC, () => {
      diffs += 1;
    });
    const raw = await connectRaw(server.url);
    raw.send(["1", "1", TOPIC, "phx_join", { user: "refused" }]);
    expect(await raw.take(1)).toMatchObject([["1", "1", TOPIC, "phx_reply", { status: "error" }]]);
    expect(diffs).toBe(2);
    expect(users()).toEqual([]);
    raw.close();
  });
});

describe("the frames of presence", () => {
  it("are the diff as a broadcast, then the state as a push", async () => {
    await serve();
    const raw = await connectRaw(server.url);
    raw.send(["3", "3", TOPIC, "phx_join", { user: "ada" }]);
    const ada = { ada: { metas: [{ status: "on", phx_ref: expect.stringMatching(/^[\w-]{16}$/) }] } };
    expect(await raw.take(3)).toEqual([
      ["3", "3", TOPIC, "phx_reply", { status: "ok", response: {} }],
      [null, null, TOPIC, "presence_diff", { joins: ada, leaves: {} }],
      ["3", null, TOPIC, "presence_state", ada],
    ]);
    raw.close();
  });
});
