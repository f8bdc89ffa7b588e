import { describe, expect, it } from "vitest";
import type { Port } from "../../src/bridge/port";
import { createBuffer } from "../../src/content/buffer";
import { createRelay } from "../../src/content/relay";
import { createPageEvents } from "../support/page-events";
import { createPortPair } from "../support/port-pair";

const HELLO = { document: "d1", url: "http://localhost:4000/", tap: true };

describe("the relay of a document", () => {
  it("says hello, and sends nothing before the host has said where to resume", () => {
    const { port, received } = listen();
    const buffer = createBuffer(1e6);
    buffer.add(createPageEvents().socket());
    createRelay(port, buffer, HELLO).pump();

    expect(received).toEqual([{ kind: "hello", ...HELLO }]);
  });

  it("sends what the host does not hold, and then what comes", () => {
    const { port, host, received } = listen();
    const events = createPageEvents();
    const buffer = createBuffer(1e6);
    for (const event of [events.socket(), events.open(), events.in("a")]) buffer.add(event);
    const relay = createRelay(port, buffer, HELLO);
    host.post({ kind: "resume", after: 2, bytes: 0 });
    buffer.add(events.in("b"));
    relay.pump();

    expect(received.slice(1)).toEqual([
      { kind: "events", first: 3, events: [expect.objectContaining({ data: "a" })] },
      { kind: "events", first: 4, events: [expect.objectContaining({ data: "b" })] },
    ]);
  });

  it("does not flood a host that has not answered, and goes on when it has", () => {
    const { port, host, received } = listen();
    const events = createPageEvents();
    const buffer = createBuffer(1e6);
    const relay = createRelay(port, buffer, HELLO);
    host.post({ kind: "resume", after: 0, bytes: 0 });
    for (let n = 1; n <= 20; n++) {
      buffer.add(events.in(`frame ${n}`));
      relay.pump();
    }
    const beforeAck = received.length - 1;
    host.post({ kind: "ack", upTo: beforeAck });

    expect(beforeAck).toBeLessThan(20);
    expect(received.slice(1).flatMap((message) => message.events ?? [])).toHaveLength(20);
  });

  it("ignores what is no message of a host", () => {
    const { port, host, received } = listen();
    createRelay(port, createBuffer(1e6), HELLO);
    for (const nonsense of [null, 7, "ack", {}, { kind: "resume" }, { kind: "ack", upTo: -1 }])
      host.post(nonsense);

    expect(received).toHaveLength(1);
  });
});

type Received = { readonly kind: string; readonly events?: readonly unknown[] };

function listen(): { port: Port; host: Port; received: Received[] } {
  const [port, host] = createPortPair();
  const received: Received[] = [];
  host.onMessage((message) => received.push(message as Received));
  return { port, host, received };
}
