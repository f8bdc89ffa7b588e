import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { roomSocket } from "../room";

let server: TestServer;

beforeEach(async () => {
  server = await startServer(roomSocket);
});

afterEach(() => server.close());

/** The bytes of a binary frame: kind, lengths, strings, data (wire.md 1.3). */
function bytes(head: readonly number[], strings: string, data: readonly number[]): Uint8Array {
  return Uint8Array.from([...head, ...Buffer.from(strings), ...data]);
}

describe("V2 binary, byte for byte", () => {
  let client: RawClient;

  beforeEach(async () => {
    client = await connectRaw(server.url);
    client.send(["5", "5", "room:bin", "phx_join", {}]);
    await client.take(1);
  });

  it("takes a push, and answers bytes with a reply of kind 1", async () => {
    client.sendBytes(bytes([0, 1, 1, 8, 4], "57room:binecho", [0, 1, 2, 254, 255]));
    expect(await client.nextBytes()).toEqual(bytes([1, 1, 1, 8, 2], "57room:binok", [0, 1, 2, 254, 255]));
  });

  it("takes and gives empty data", async () => {
    client.sendBytes(bytes([0, 1, 1, 8, 4], "58room:binecho", []));
    expect(await client.nextBytes()).toEqual(bytes([1, 1, 1, 8, 2], "58room:binok", []));
  });

  it("pushes with kind 0, which has no ref from the server", async () => {
    client.sendBytes(bytes([0, 1, 2, 8, 4], "510room:binpush", [1, 2, 3]));
    expect(await client.nextBytes()).toEqual(bytes([0, 1, 8, 4], "5room:binnews", [1, 2, 3]));
  });

  it("broadcasts with kind 2", async () => {
    client.sendBytes(bytes([0, 1, 2, 8, 9], "512room:binbroadcast", [7]));
    expect(await client.nextBytes()).toEqual(bytes([2, 8, 4], "room:binnews", [7]));
  });

  it("tells lengths in bytes of UTF-8", async () => {
    const topic = "room:ünïcode 🛰";
    client.send(["6", "6", topic, "phx_join", {}]);
    await client.take(1);
    client.sendBytes(bytes([0, 1, 2, 19, 4], `613${topic}echo`, [1]));
    expect(await client.nextBytes()).toEqual(bytes([1, 1, 2, 19, 2], `613${topic}ok`, [1]));
  });

  it("joins with bytes, and is answered with bytes", async () => {
    client.sendBytes(bytes([0, 1, 1, 6, 8], "77room:jphx_join", [9]));
    expect(await client.nextBytes()).toEqual(bytes([1, 1, 1, 6, 2], "77room:jok", [9]));
  });

  it("crashes the channel whose string does not fit in a length of one byte", async () => {
    const topic = `room:${"x".repeat(251)}`;
    client.send(["8", "8", topic, "phx_join", {}]);
    await client.take(1);
    server.endpoint.connections()[0]?.channels()[1]?.handle.push("fits", {});
    expect(await client.take(1)).toEqual([["8", null, topic, "fits", {}]]);
    const broadcast = () => server.endpoint.handle.broadcast(topic, "news", Uint8Array.of(1));
    expect(broadcast).toThrow("256 bytes");
  });

  it.each([
    ["nothing at all", []],
    ["lengths that are cut", [0, 1, 2]],
    ["strings that are cut", [0, 1, 1, 8, 4, 53]],
    ["a kind that only servers send", [1, 1, 1, 1, 2, 53, 53, 53, 111, 107]],
    ["a kind that does not exist", [9, 0, 0, 0, 0]],
    ["text that is not UTF-8", [0, 0, 0, 1, 1, 255, 97]],
  ])("closes the connection with 1011 for %s", async (_what, frame) => {
    client.sendBytes(Uint8Array.from(frame));
    expect(await client.closed).toBe(1011);
    expect(server.log.join()).toContain("cannot be decoded");
  });
});

describe("V1, byte for byte", () => {
  let client: RawClient;

  beforeEach(async () => {
    client = await connectRaw(server.url, "?vsn=1.0.0");
    client.send('{"topic":"room:1","event":"phx_join","payload":{},"ref":"3","join_ref":"3"}');
    expect(await client.next()).toBe(
      '{"ref":"3","topic":"room:1","event":"phx_reply","payload":{"status":"ok","response":{"hello":"room:1"}}}',
    );
  });

  it("answers heartbeats without a join_ref", async () => {
    client.send('{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"4"}');
    expect(await client.next()).toBe(
      '{"ref":"4","topic":"phoenix","event":"phx_reply","payload":{"status":"ok","response":{}}}',
    );
  });

  it("pushes and broadcasts with a ref of null", async () => {
    client.send('{"topic":"room:1","event":"push","payload":1,"ref":"4","join_ref":"3"}');
    expect(await client.next()).toBe('{"ref":null,"topic":"room:1","event":"news","payload":{"payload":1}}');
    client.send('{"topic":"room:1","event":"broadcast","payload":1,"ref":"5","join_ref":"3"}');
    expect(await client.next()).toBe('{"ref":null,"topic":"room:1","event":"news","payload":{"payload":1}}');
  });

  it("leaves, its join_ref in the ref of the close", async () => {
    client.send('{"topic":"room:1","event":"phx_leave","payload":{},"ref":"9","join_ref":"3"}');
    expect(await client.next()).toBe(
      '{"ref":"9","topic":"room:1","event":"phx_reply","payload":{"status":"ok","response":{}}}',
    );
    expect(await client.next()).toBe('{"ref":"3","topic":"room:1","event":"phx_close","payload":{}}');
  });

  it("accepts messages without join_refs, a join too", async () => {
    client.send('{"topic":"room:old","event":"phx_join","payload":{},"ref":"70"}');
    await client.next();
    client.send('{"topic":"room:old","event":"echo","payload":{"v":1},"ref":"71","join_ref":"12"}');
    expect(await client.next()).toBe(
      '{"ref":"71","topic":"room:old","event":"phx_reply","payload":{"status":"ok","response":{"v":1}}}',
    );
  });

  it("crashes the channel that wants to send bytes, and the sender of a broadcast of bytes", async () => {
    const handle = server.endpoint.connections()[0]?.channels()[0]?.handle;
    expect(() => handle?.push("news", Uint8Array.of(1))).toThrow("binary");
    const other = await connectRaw(server.url);
    other.send(["1", "1", "room:1", "phx_join", {}]);
    await other.next();
    other.sendBytes(bytes([0, 1, 1, 6, 9], "12room:1broadcast", [7]));
    expect(await other.nextBytes()).toEqual(bytes([2, 6, 4], "room:1news", [7]));
    expect(await other.next()).toBe('["1","1","room:1","phx_error",{}]');
    expect(server.log.join()).toContain("binary");
  });

  it("closes the connection with 1011 for a V2 frame, and for bytes", async () => {
    client.send('["3","4","room:1","echo",{}]');
    expect(await client.closed).toBe(1011);
    const other = await connectRaw(server.url, "");
    other.sendBytes(Uint8Array.of(0, 0, 0, 1, 1, 97, 97));
    expect(await other.closed).toBe(1011);
  });
});

describe("V2 text", () => {
  it.each([
    ["text that is not JSON", "nonsense"],
    ["a frame of four elements", '["1","1","room:1","phx_join"]'],
    ["a topic that is a number", '["1","1",7,"phx_join",{}]'],
    ["a V1 frame", '{"topic":"room:1","event":"phx_join","payload":{},"ref":"3"}'],
  ])("closes the connection with 1011 for %s", async (_what, text) => {
    const client = await connectRaw(server.url);
    client.send(text);
    expect(await client.closed).toBe(1011);
  });

  it("takes no notice of elements after the fifth", async () => {
    const client = await connectRaw(server.url);
    client.send('[null,"8","phoenix","heartbeat",{},"more"]');
    expect(await client.take(1)).toHaveLength(1);
  });
});
