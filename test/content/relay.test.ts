import { describe, expect, it } from "vitest";
import type { PageStatus } from "../../src/bridge/page-message";
import type { Port } from "../../src/bridge/port";
import { type Buffer, createBuffer } from "../../src/content/buffer";
import { createRelay, type Relay, STALL_MS } from "../../src/content/relay";
import { type Clock, createClock } from "../support/clock";
import { createPageEvents } from "../support/page-events";
import { createPortPair } from "../support/port-pair";
import { foldOldest } from "./told";

const STATUS: PageStatus = { tap: "active", why: null, otherSockets: false, title: "" };
const HELLO = { document: "d1", url: "http://localhost:4000/", status: STATUS };
const MEBIBYTE = 1024 * 1024;

type Received = { readonly kind: string; readonly first?: number; readonly events?: readonly unknown[] };

type Scene = {
  readonly buffer: Buffer;
  readonly relay: Relay;
  readonly host: Port;
  readonly received: Received[];
  readonly clock: Clock;
  readonly told: string[];
};

function start(buffer = createBuffer(1e6)): Scene {
  const [port, host] = createPortPair();
  const received: Received[] = [];
  host.onMessage((message) => received.push(message as Received));
  const clock = createClock();
  const told: string[] = [];
  const relay = createRelay({
    port,
    buffer,
    known: null,
    hello: HELLO,
    delay: clock.delay,
    welcomed: () => told.push("welcomed"),
    stalled: () => told.push("stalled"),
    dismissed: () => told.push("dismissed"),
  });
  return { buffer, relay, host, received, clock, told };
}

describe("the relay of a document", () => {
  it("says hello, and sends nothing before the host has said where to resume", () => {
    const { buffer, relay, received } = start();
    buffer.add(createPageEvents().socket());
    relay.pump();

    expect(received).toEqual([{ kind: "hello", ...HELLO }]);
    expect(relay.standing()).toBeNull();
  });

  it("sends what the host does not hold, and then what comes", () => {
    const events = createPageEvents();
    const { buffer, relay, host, received } = start();
    for (const event of [events.socket(), events.open(), events.in("a")]) buffer.add(event);
    host.post({ kind: "resume", after: 2, bytes: 0 });
    buffer.add(events.in("b"));
    relay.pump();

    expect(received.slice(1)).toEqual([
      { kind: "events", first: 3, events: [expect.objectContaining({ data: "a" })] },
      { kind: "events", first: 4, events: [expect.objectContaining({ data: "b" })] },
    ]);
  });

  it("sends what was folded to a host that stands before its end, and then the rest", () => {
    const events = createPageEvents();
    const buffer = createBuffer(16_000);
    while (!buffer.isCrowded()) buffer.add(events.in("x".repeat(172)));
    foldOldest(buffer);
    const { host, received } = start(buffer);
    host.post({ kind: "resume", after: 1, bytes: 172 });

    expect(received.map(({ kind }) => kind)).toEqual(["hello", "folded", "events"]);
    expect(received[1]).toMatchObject({ upTo: Number(received[2]?.first) - 1 });
  });

  it("does not flood a host that has not answered, and goes on when it has", () => {
    const events = createPageEvents();
    const buffer = createBuffer(1e9);
    const { host, relay, received } = start(buffer);
    host.post({ kind: "resume", after: 0, bytes: 0 });
    for (let n = 1; n <= 20; n++) {
      buffer.add(events.in(new ArrayBuffer(MEBIBYTE)));
      relay.pump();
    }
    const beforeAck = received.length - 1;
    host.post({ kind: "ack", upTo: 1 });
    const afterAck = received.length - 1;
    for (let upTo = 2; upTo <= 20; upTo++) host.post({ kind: "ack", upTo });

    expect([beforeAck, afterAck]).toEqual([8, 9]);
    expect(received.slice(1).map(({ first }) => first)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  it("knows where the host stands by what it has stored, to the byte", () => {
    const events = createPageEvents();
    const { buffer, host, relay } = start();
    host.post({ kind: "resume", after: 0, bytes: 0 });
    for (const data of ["a", "bb", "ccc"]) {
      buffer.add(events.in(data));
      relay.pump();
    }
    host.post({ kind: "ack", upTo: 3 });
    expect(relay.standing()).toEqual({ seq: 0, bytes: 0 });
    host.post({ kind: "stored", upTo: 2 });
    expect(relay.standing()).toEqual({ seq: 2, bytes: 3 });
  });

  it("lets the buffer go of what the host has stored", () => {
    const events = createPageEvents();
    const { buffer, host } = start(createBuffer(8000));
    host.post({ kind: "resume", after: 0, bytes: 0 });
    for (let n = 0; n < 20; n++) buffer.add(events.in("x".repeat(172)));
    host.post({ kind: "stored", upTo: 20 });
    for (let n = 0; n < 5; n++) buffer.add(events.in("x".repeat(172)));

    expect(buffer.after({ seq: 0, bytes: 0 }, 1e9)?.message.events).toMatchObject([
      { type: "gap", events: 5 },
    ]);
  });

  it("holds on to what was stored once, for a host that has lost it", () => {
    const events = createPageEvents();
    const { buffer, host } = start(createBuffer(8000));
    host.post({ kind: "resume", after: 0, bytes: 0 });
    for (let n = 0; n < 20; n++) buffer.add(events.in("x".repeat(172)));
    host.post({ kind: "stored", upTo: 20 });
    host.post({ kind: "resume", after: 0, bytes: 0 });
    for (let n = 0; n < 5; n++) buffer.add(events.in("x".repeat(172)));

    expect(buffer.after({ seq: 0, bytes: 0 }, 1e9)?.message.events).toHaveLength(25);
  });

  it("sends nothing more once nobody looks", () => {
    const { buffer, relay, host, received, told } = start();
    host.post({ kind: "resume", after: 0, bytes: 0 });
    host.post({ kind: "bye" });
    buffer.add(createPageEvents().socket());
    relay.pump();

    expect(received).toHaveLength(1);
    expect([relay.standing(), told]).toEqual([null, ["welcomed", "dismissed"]]);
  });

  it("tells of a new status", () => {
    const { relay, received } = start();
    const status: PageStatus = { tap: "off", why: "It broke.", otherSockets: true, title: "" };
    relay.announce(status);
    expect(received[1]).toEqual({ kind: "status", status });
  });

  it("ignores what is no message of a host", () => {
    const { host, received } = start();
    for (const nonsense of [null, 7, "ack", {}, { kind: "resume" }, { kind: "ack", upTo: -1 }])
      host.post(nonsense);

    expect(received).toHaveLength(1);
  });
});

describe("a port that does not answer", () => {
  it("is given up when nothing was acknowledged for a while", () => {
    const { buffer, host, relay, clock, told } = start();
    host.post({ kind: "resume", after: 0, bytes: 0 });
    buffer.add(createPageEvents().socket());
    relay.pump();
    clock.pass(STALL_MS - 1);
    expect(told).toEqual(["welcomed"]);
    clock.pass(1);
    expect(told).toEqual(["welcomed", "stalled"]);
  });

  it("is not one that acknowledges something, nor one with nothing to say", () => {
    const events = createPageEvents();
    const { buffer, host, relay, clock, told } = start();
    host.post({ kind: "resume", after: 0, bytes: 0 });
    clock.pass(STALL_MS * 2);
    for (let n = 1; n <= 4; n++) {
      for (let more = 0; more < 2; more++) {
        buffer.add(events.in("x"));
        relay.pump();
      }
      clock.pass(STALL_MS - 1);
      host.post({ kind: "ack", upTo: n });
    }
    expect(told).toEqual(["welcomed"]);
    host.post({ kind: "ack", upTo: 8 });
    clock.pass(STALL_MS * 2);
    expect(told).toEqual(["welcomed"]);
  });

  it.each([
    ["the host has gone", ({ host }: Scene) => host.close()],
    ["it was closed here", ({ relay }: Scene) => relay.close()],
  ])("is not waited for when %s", (_, end) => {
    const scene = start();
    scene.host.post({ kind: "resume", after: 0, bytes: 0 });
    scene.buffer.add(createPageEvents().socket());
    scene.relay.pump();
    end(scene);
    scene.clock.pass(STALL_MS * 2);
    expect(scene.told).toEqual(["welcomed"]);
  });
});
