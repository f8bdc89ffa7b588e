import { afterEach, describe, expect, it } from "vitest";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, stop } from "../../../src/server/phoenix/channel";
import { route } from "../../../src/server/phoenix/route";
import type { Serializer } from "../../../src/server/phoenix/serializers/serializer";
import { v1Json } from "../../../src/server/phoenix/serializers/v1-json";
import { v2 } from "../../../src/server/phoenix/serializers/v2";
import { assign } from "../../../src/server/phoenix/socket";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { mute } from "./room";

let server: TestServer;

afterEach(() => server.close());

/** Lets each client see only what is meant for its name. */
const filtered: Channel<{ readonly name: string }> = {
  join: (payload, socket) => joined(assign(socket, "name", String(payload))),
  intercept: ["whisper", "kick"],
  handleOut: (event, payload, socket) => {
    if (event === "kick") return stop(socket);
    if (Reflect.get(payload, "to") === "nobody") throw new Error("nobody is nobody");
    if (Reflect.get(payload, "to") === socket.assigns.name) {
      socket.channel.push(event, { for: socket.assigns.name });
    }
    return noreply(socket);
  },
};

async function joinAs(name: string): Promise<RawClient> {
  const client = await connectRaw(server.url);
  client.send(["3", "3", "room:1", "phx_join", name]);
  await client.take(1);
  return client;
}

describe("a broadcast that a channel intercepts", () => {
  it("goes through handleOut of each subscriber, and is a push then", async () => {
    server = await startServer({ routes: [route("room:*", filtered)] });
    const [ann, bob] = [await joinAs("ann"), await joinAs("bob")];
    const { broadcast } = server.endpoint.handle;
    broadcast("room:1", "whisper", { to: "ann" });
    broadcast("room:1", "loud", { to: "ann" });
    expect(await ann.rest()).toEqual(
      [
        ["3", null, "room:1", "whisper", { for: "ann" }],
        [null, null, "room:1", "loud", { to: "ann" }],
      ].toReversed(),
    );
    expect(await bob.rest()).toEqual([[null, null, "room:1", "loud", { to: "ann" }]]);
  });

  it("may end the channel, with or without an error", async () => {
    server = await startServer({ routes: [route("room:*", filtered)] });
    const client = await joinAs("ann");
    server.endpoint.handle.broadcast("room:1", "kick", {});
    expect(await client.rest()).toEqual([["3", "3", "room:1", "phx_close", {}]]);
    const other = await joinAs("ann");
    server.endpoint.handle.broadcast("room:1", "whisper", { to: "nobody" });
    expect(await other.rest()).toEqual([["3", "3", "room:1", "phx_error", {}]]);
    expect(server.log.join()).toContain("nobody is nobody");
  });

  it("needs a handleOut: a route without one is refused at its declaration", async () => {
    server = await startServer({ routes: [] });
    const channel: Channel<NoAssigns> = { ...mute, intercept: ["news"] };
    expect(() => route("room:*", channel)).toThrow("handleOut");
  });
});

describe("a broadcast to many clients", () => {
  it("is encoded once for each serializer", async () => {
    const encoded: string[] = [];
    const counting = (serializer: Serializer): Serializer => ({
      ...serializer,
      encode: (message) => {
        if (message.kind === "broadcast") encoded.push(`${serializer.vsn} ${message.event}`);
        return serializer.encode(message);
      },
    });
    const serializers = [
      { requirement: "~> 1.0.0", serializer: counting(v1Json) },
      { requirement: "~> 2.0.0", serializer: counting(v2) },
    ];
    server = await startServer({ routes: [route("room:*", mute)] }, { mounted: { serializers } });
    const clients = await Promise.all(
      ["?vsn=2.0.0", "?vsn=2.0.0", "?vsn=2.0.0", ""].map((query) => connectRaw(server.url, query)),
    );
    for (const [at, client] of clients.entries()) {
      const frame = { topic: "room:1", event: "phx_join", payload: {}, ref: "1" };
      client.send(at === 3 ? JSON.stringify(frame) : ["1", "1", "room:1", "phx_join", {}]);
      await client.take(1);
    }
    server.endpoint.handle.broadcast("room:1", "news", { n: 1 });
    for (const client of clients) expect(await client.next()).toContain('"news"');
    expect(encoded.sort()).toEqual(["1.0.0 news", "2.0.0 news"]);
  });

  it("reaches all others where one cannot be sent it", async () => {
    server = await startServer({ routes: [route("room:*", mute)] });
    const old = await connectRaw(server.url, "");
    old.send('{"topic":"room:1","event":"phx_join","payload":{},"ref":"1"}');
    await old.take(1);
    const client = await connectRaw(server.url);
    client.send(["1", "1", "room:1", "phx_join", {}]);
    await client.take(1);
    expect(() => server.endpoint.handle.broadcast("room:1", "news", Uint8Array.of(1))).toThrow("binary");
    expect(await client.nextBytes()).toHaveLength(14);
  });
});
