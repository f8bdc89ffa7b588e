import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { roomSocket } from "./room";

let server: TestServer;
let client: RawClient;

beforeEach(async () => {
  server = await startServer(roomSocket);
  client = await connectRaw(server.url);
});

afterEach(() => server.close());

async function join(topic = "room:1", ref = "1", payload: unknown = {}): Promise<void> {
  client.send([ref, ref, topic, "phx_join", payload]);
  await client.take(1);
}

describe("a channel's life, byte for byte", () => {
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

  it("answers a push", async () => {
    await join("room:1", "3");
    client.send('["3","4","room:1","echo",{"a":[1,null]}]');
    expect(await client.next()).toBe(
      '["3","4","room:1","phx_reply",{"status":"ok","response":{"a":[1,null]}}]',
    );
  });

  it("pushes with the join_ref alone, broadcasts with neither", async () => {
    await join("room:1", "3");
    client.send('["3","4","room:1","push",1]');
    expect(await client.next()).toBe('["3",null,"room:1","news",{"payload":1}]');
    client.send('["3","5","room:1","broadcast",1]');
    expect(await client.next()).toBe('[null,null,"room:1","news",{"payload":1}]');
  });

  it("sends a crashed channel phx_error, and no reply", async () => {
    await join("room:1", "3");
    client.send('["3","4","room:1","crash",{}]');
    expect(await client.next()).toBe('["3","3","room:1","phx_error",{}]');
    expect(await client.rest()).toEqual([]);
    expect(server.log.join()).toContain("the channel crashes");
  });
});

describe("a channel ends", () => {
  it("with phx_error where it handles no events", async () => {
    await join("mute");
    client.send(["1", "2", "mute", "anything", {}]);
    expect(await client.take(1)).toEqual([["1", "1", "mute", "phx_error", {}]]);
  });

  it("with phx_error and no reply where somebody kills it", async () => {
    await join();
    client.send(["1", "2", "room:1", "kill", {}]);
    expect(await client.rest()).toEqual([["1", "1", "room:1", "phx_error", {}]]);
    expect(server.log.join()).toContain("the channel is killed");
  });

  it("with its reply, then phx_close, where it stops", async () => {
    await join();
    client.send(["1", "2", "room:1", "stop", {}]);
    expect(await client.rest()).toEqual([
      ["1", "2", "room:1", "phx_reply", { status: "ok", response: {} }],
      ["1", "1", "room:1", "phx_close", {}],
    ]);
  });

  it("with phx_close where it shuts down, phx_error where it stops with an error", async () => {
    await join();
    client.send(["1", "2", "room:1", "shutdown", {}]);
    expect(await client.rest()).toEqual([["1", "1", "room:1", "phx_close", {}]]);
    await join("room:1", "3");
    client.send(["3", "4", "room:1", "stop crash", {}]);
    expect(await client.rest()).toEqual([["3", "3", "room:1", "phx_error", {}]]);
    expect(server.log.join()).toContain("it wants to crash");
  });

  it("and its topic can be joined again", async () => {
    await join();
    client.send(["1", "2", "room:1", "crash", {}]);
    await client.take(1);
    client.send(["3", "3", "room:1", "phx_join", {}]);
    expect(await client.take(1)).toMatchObject([["3", "3", "room:1", "phx_reply", { status: "ok" }]]);
  });

  it("and is not there any more", async () => {
    await join();
    client.send(["1", "2", "room:1", "crash", {}]);
    client.send(["1", "3", "room:1", "echo", {}]);
    client.send(["1", "4", "room:1", "phx_leave", {}]);
    expect((await client.rest()).slice(1)).toEqual([
      [null, "3", "room:1", "phx_reply", { status: "error", response: { reason: "unmatched topic" } }],
      ["1", "4", "room:1", "phx_reply", { status: "ok", response: {} }],
    ]);
  });
});

describe("a message that is not for the current channel", () => {
  it("is dropped when its join_ref is stale, a leave too", async () => {
    await join();
    client.send(["0", "2", "room:1", "echo", {}]);
    client.send(["0", "3", "room:1", "phx_leave", {}]);
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
    expect(await client.next()).toBe('["1","2","room:never","phx_reply",{"status":"ok","response":{}}]');
  });
});

describe("messages of a channel", () => {
  it("reach every client on the topic when broadcast", async () => {
    await join();
    const other = await connectRaw(server.url);
    other.send(["7", "7", "room:1", "phx_join", {}]);
    await other.take(1);
    client.send(["1", "2", "room:1", "broadcast", 1]);
    const news = [[null, null, "room:1", "news", { payload: 1 }]];
    expect(await client.take(1)).toEqual(news);
    expect(await other.take(1)).toEqual(news);
  });

  it("reach every client but their sender when broadcast from it", async () => {
    await join();
    const other = await connectRaw(server.url);
    other.send(["7", "7", "room:1", "phx_join", {}]);
    await other.take(1);
    client.send(["1", "2", "room:1", "broadcast from", { a: 1 }]);
    expect(await other.take(1)).toEqual([[null, null, "room:1", "news", { a: 1 }]]);
    expect(await client.rest()).toEqual([]);
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

  it("come from the server itself too: broadcasts to clients, other messages to handleInfo", async () => {
    await join("room:1", "3");
    server.endpoint.handle.broadcast("room:1", "announce", { from: "server" });
    server.endpoint.handle.pubsub.publish("room:1", "psst");
    expect(await client.take(2)).toEqual([
      [null, null, "room:1", "announce", { from: "server" }],
      ["3", null, "room:1", "info", { message: "psst" }],
    ]);
  });
});
