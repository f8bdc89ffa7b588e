import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeBinaryFrame } from "../../../src/wire/codec-binary";
import { connectRaw, type RawClient } from "../raw-client";
import { envelopeOf, type FaultyServer, join, startFaultyServer, TOPIC } from "./faulty-server";

let server: FaultyServer;
let client: RawClient;

beforeEach(async () => {
  server = await startFaultyServer();
  client = await connectRaw(server.url);
});

afterEach(async () => {
  server.faults.clearAll();
  await server.close();
});

const patch = (version: number, topic = TOPIC) => ["1", null, topic, "patch", envelopeOf(topic, version)];
const ask = (version: number, topic = TOPIC) => client.send(["1", null, topic, "version", version]);
const echo = (ref: string, payload: unknown = {}) => client.send(["1", ref, TOPIC, "echo", payload]);
const echoed = (ref: string, payload: unknown = {}) => [
  "1",
  ref,
  TOPIC,
  "phx_reply",
  { status: "ok", response: payload },
];

describe("a delay", () => {
  it("holds up what comes behind, and loses nothing", async () => {
    await join(client);
    server.inject({ kind: "delay", ms: 100, match: { direction: "in", event: "patch", count: 1 } });
    ask(1);
    echo("2");
    await expectMatched(1);
    expect(server.faults.list()).toMatchObject([{ seen: 1, acted: 1 }]);
    server.time.pass(100);
    expect(await client.take(2)).toEqual([patch(1), echoed("2")]);
    expect(server.faults.list()).toEqual([]);
  });

  it("lets others by, where it is to reorder", async () => {
    await join(client);
    server.inject({ kind: "delay", ms: 100, reorder: true, match: { direction: "in", event: "patch" } });
    ask(1);
    echo("2");
    expect(await client.take(1)).toEqual([echoed("2")]);
    server.time.pass(100);
    expect(await client.take(1)).toEqual([patch(1)]);
  });
});

/** Until the first fault has seen so many frames. */
async function expectMatched(count: number): Promise<void> {
  await expect.poll(() => server.faults.list()[0]?.seen).toBe(count);
}

describe("a duplicate", () => {
  it("is of as many frames as it is told, after those that pass first", async () => {
    await join(client);
    server.inject({ kind: "duplicate", copies: 2, match: { event: "patch", after: 1, count: 1 } });
    for (const version of [1, 2, 3]) ask(version);
    expect(await client.take(5)).toEqual([1, 2, 2, 2, 3].map((version) => patch(version)));
  });

  it("works towards the server too", async () => {
    await join(client);
    server.inject({ kind: "duplicate", match: { direction: "out", event: "echo" } });
    echo("2");
    expect(await client.rest()).toEqual([echoed("2"), echoed("2")]);
  });
});

describe("reordering", () => {
  it("exchanges two envelopes", async () => {
    await join(client);
    server.inject({ kind: "reorder", match: { event: "patch" } });
    for (const version of [1, 2, 3]) ask(version);
    expect(await client.take(3)).toEqual([2, 1, 3].map((version) => patch(version)));
  });
});

describe("damage", () => {
  it("corrupts one frame, which is no JSON any more", async () => {
    await join(client);
    server.inject({ kind: "corrupt", match: { event: "patch" } });
    ask(1);
    const text = await client.next();
    expect(() => JSON.parse(text)).toThrow();
    expect(text).toHaveLength(JSON.stringify(patch(1)).length);
    ask(2);
    expect(await client.take(1)).toEqual([patch(2)]);
  });

  it("cuts one frame short", async () => {
    await join(client);
    server.inject({ kind: "truncate", length: 20, match: { event: "patch" } });
    ask(1);
    expect(await client.next()).toBe(JSON.stringify(patch(1)).slice(0, 20));
  });

  it("of what the client sends ends its connection with 1011", async () => {
    await join(client);
    server.inject({ kind: "corrupt", match: { direction: "out" } });
    echo("2");
    expect(await client.closed).toBe(1011);
  });

  it("pads an envelope, which stays one", async () => {
    await join(client);
    server.inject({ kind: "oversize", length: 300_000, root: "App.Cart:c1" });
    echo("2");
    ask(1);
    expect(await client.take(1)).toEqual([echoed("2")]);
    const text = await client.next();
    expect(text).toHaveLength(300_000);
    expect(JSON.parse(text)).toMatchObject(patch(1));
  });
});

describe("a skipped version", () => {
  it("is of the root that is named, and of no other", async () => {
    const other = "musubi:connection:App.Cart:c2";
    await join(client);
    await join(client, other, "1");
    server.inject({ kind: "skip_version", root: "App.Cart:c1" });
    ask(1, other);
    ask(1);
    ask(2);
    expect(await client.take(2)).toEqual([patch(1, other), patch(2)]);
  });

  it("is no other event of the topic", async () => {
    await join(client);
    server.inject({ kind: "skip_version", match: { topic: "musubi:connection:*" } });
    echo("2");
    for (const version of [1, 2]) ask(version);
    expect(await client.rest()).toEqual([echoed("2"), patch(2)]);
  });
});

describe("a refused join", () => {
  it("is answered with the reason, by the server that never sees it", async () => {
    server.inject({ kind: "refuse_join", reason: "full", match: { topic: "musubi:*", count: 2 } });
    for (const ref of ["1", "3", "5"]) client.send([ref, ref, TOPIC, "phx_join", {}]);
    const refusal = { status: "error", response: { reason: "full" } };
    expect(await client.take(3)).toEqual([
      ["1", "1", TOPIC, "phx_reply", refusal],
      ["3", "3", TOPIC, "phx_reply", refusal],
      ["5", "5", TOPIC, "phx_reply", { status: "ok", response: {} }],
    ]);
  });

  it("may be a mount on a shared channel", async () => {
    const topic = "musubi:connection";
    await join(client, topic);
    server.inject({ kind: "refuse_join", match: { event: "mount" } });
    client.send(["1", "2", topic, "mount", {}]);
    expect(await client.take(1)).toEqual([
      ["1", "2", topic, "phx_reply", { status: "error", response: { reason: "refused" } }],
    ]);
  });

  it("is refused in V1 too, without a join_ref", async () => {
    const old = await connectRaw(server.url, "?vsn=1.0.0");
    server.inject({ kind: "refuse_join" });
    old.send(JSON.stringify({ topic: TOPIC, event: "phx_join", ref: "1", payload: {} }));
    expect(await old.take(1)).toEqual([
      {
        topic: TOPIC,
        event: "phx_reply",
        ref: "1",
        payload: { status: "error", response: { reason: "refused" } },
      },
    ]);
  });
});

describe("a push that is never answered", () => {
  it("loses its reply alone, until that is cleared", async () => {
    await join(client);
    const id = server.inject({ kind: "never_answer", match: { event: "echo" } });
    echo("2");
    client.send(["1", "3", TOPIC, "other", {}]);
    expect(await client.rest()).toEqual([echoed("3")]);
    server.faults.clear(id ?? 0);
    echo("4");
    expect(await client.take(1)).toEqual([echoed("4")]);
  });

  it("may be a heartbeat", async () => {
    server.inject({ kind: "never_answer", match: { topic: "phoenix", count: 1 } });
    client.send([null, "1", "phoenix", "heartbeat", {}]);
    client.send([null, "2", "phoenix", "heartbeat", {}]);
    expect(await client.next()).toContain('[null,"2","phoenix","phx_reply"');
    expect(server.faults.list()).toEqual([]);
  });
});

describe("frames of other forms", () => {
  it("are matched in V1", async () => {
    const old = await connectRaw(server.url, "?vsn=1.0.0");
    old.send(JSON.stringify({ topic: TOPIC, event: "phx_join", ref: "1", payload: {} }));
    await old.take(1);
    server.inject({ kind: "skip_version" });
    for (const payload of [1, 2]) {
      old.send(JSON.stringify({ topic: TOPIC, event: "version", ref: null, payload }));
    }
    expect(await old.take(1)).toMatchObject([{ event: "patch", payload: { version: 2 } }]);
  });

  it("are matched and damaged in binary", async () => {
    await join(client);
    const frame = { join_ref: "1", ref: "2", topic: TOPIC, event: "upload", payload: null };
    const encoded = encodeBinaryFrame({ frame, data: Uint8Array.of(1, 2, 3) }, "out");
    if (!encoded.ok) throw new Error("The frame was not encoded.");
    client.sendBytes(encoded.value);
    const reply = await client.nextBytes();
    server.inject({ kind: "never_answer", match: { event: "upload", count: 1 } });
    client.sendBytes(encoded.value);
    server.inject({ kind: "truncate", length: 4, match: { direction: "in", event: "phx_reply", after: 0 } });
    await expect.poll(() => server.faults.list().length).toBe(1);
    client.sendBytes(encoded.value);
    expect(await client.nextBytes()).toEqual(reply.slice(0, 4));
  });

  it("that nobody can read pass by matchers of topic and event, and harm nobody", async () => {
    await join(client);
    server.inject({ kind: "duplicate", match: { topic: "*", event: "echo" } });
    client.send("no frame");
    expect(await client.closed).toBe(1011);
    expect(server.faults.list()).toMatchObject([{ seen: 0 }]);
  });
});

describe("whose faults they are", () => {
  it("tells one connection from another", async () => {
    const other = await connectRaw(server.url);
    await join(client);
    await join(other);
    const [first] = server.faults.connections();
    server.inject({ kind: "skip_version" }, first?.id);
    ask(1);
    other.send(["1", null, TOPIC, "version", 1]);
    expect(await other.take(1)).toEqual([patch(1)]);
    expect(await client.rest()).toEqual([]);
  });

  it("waits for the next connection, and no later one", async () => {
    server.inject({ kind: "skip_version" }, "next");
    await join(client);
    ask(1);
    expect(await client.take(1)).toEqual([patch(1)]);
    const next = await connectRaw(server.url);
    await join(next);
    for (const version of [1, 2]) next.send(["1", null, TOPIC, "version", version]);
    expect(await next.take(1)).toEqual([patch(2)]);
  });

  it("ends with its connection", async () => {
    const [{ id } = { id: 0 }] = server.faults.connections();
    server.inject({ kind: "delay", ms: 50 }, id);
    client.close();
    await expect.poll(() => server.faults.list()).toEqual([]);
    expect(server.faults.inject(id, { kind: "stall" })).toEqual({
      ok: false,
      failure: `There is no connection ${id}: it has closed, or never was.`,
    });
  });

  it("is asked of an endpoint", async () => {
    expect(() => server.faults.attach({ connections: () => [] })).toThrow("attached to another endpoint");
  });
});
