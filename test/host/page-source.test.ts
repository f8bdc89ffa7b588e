import { describe, expect, it } from "vitest";
import { createPageSource, freshSource, MAX_SOCKETS } from "../../src/host/page-source";
import { createPageEvents } from "../support/page-events";

describe("the events of one document, on their way into a session", () => {
  it("become session events with session times, and sockets that are unique in the session", () => {
    const { source, other } = createSources();
    const events = createPageEvents(0);
    const taken = source.take(1, [events.socket(1, "ws://a/websocket"), events.open(1), events.in("[1]")]);
    const others = other.take(1, [events.socket(1, "ws://b/websocket")]);

    expect(taken).toEqual([
      { type: "socket", t: 1, socket: 1, url: "ws://a/websocket", transport: "websocket" },
      { type: "open", t: 2, socket: 1 },
      { type: "in", t: 3, socket: 1, text: "[1]" },
    ]);
    expect(others).toEqual([
      {
        type: "socket",
        t: 4,
        socket: 2,
        url: "ws://b/websocket",
        transport: "websocket",
        frame: "http://localhost/frame",
      },
    ]);
  });

  it("keep a binary frame's bytes", () => {
    const { source } = createSources();
    const bytes = new Uint8Array(100_000).map((_, index) => index);
    const [event] = source.take(1, [createPageEvents().in(bytes.buffer)]);

    expect(event).toMatchObject({ base64: Buffer.from(bytes).toString("base64") });
  });

  it("are taken once, however often they are sent", () => {
    const { source } = createSources();
    const events = createPageEvents();
    const [one, two, three] = [events.in("1"), events.in("2"), events.in("3")];
    source.take(1, [one, two]);

    expect(source.take(1, [one, two])).toEqual([]);
    expect(source.take(2, [two, three])).toEqual([expect.objectContaining({ text: "3" })]);
    expect(source.held()).toEqual({ seq: 3, bytes: 3 });
  });

  it("show a gap where the document says that it let events go", () => {
    const { source } = createSources();
    const events = createPageEvents();
    const gap = { type: "gap", at: 5, events: 6, bytes: 700, why: "too much" };
    const taken = source.takeFolded(7, { seqs: [1, 7], events: [events.socket(), gap] });

    expect(taken.map((event) => event.type)).toEqual(["socket", "gap"]);
    expect(source.held()).toEqual({ seq: 7, bytes: 700 });
    expect(source.take(8, [events.in("8")])).toEqual([expect.objectContaining({ text: "8" })]);
  });

  it("show a gap where events are missing and nobody said so", () => {
    const { source } = createSources();
    const events = createPageEvents();
    source.take(1, [events.in("1")]);

    expect(source.take(4, [events.in("4")])).toEqual([
      expect.objectContaining({ type: "gap", events: 2 }),
      expect.objectContaining({ text: "4" }),
    ]);
  });

  it("show what is no event, and go on after it", () => {
    const { source } = createSources();
    const events = createPageEvents();

    expect(source.take(1, [{ type: "in" }, null, events.in("3")])).toEqual([
      expect.objectContaining({ type: "broken", text: '{"type":"in"}' }),
      expect.objectContaining({ type: "broken", text: "null" }),
      expect.objectContaining({ type: "in", text: "3" }),
    ]);
  });

  it("show what no text can, too", () => {
    const { source } = createSources();
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;

    expect(source.take(1, [10n, cyclic]).map(({ type }) => type)).toEqual(["broken", "broken"]);
  });

  it("follow only so many sockets, and say when there are more", () => {
    const { source } = createSources();
    const events = createPageEvents();
    const sockets = Array.from({ length: MAX_SOCKETS }, (_, at) => events.open(at + 1));
    source.take(1, sockets);
    const more = source.take(MAX_SOCKETS + 1, [events.open(MAX_SOCKETS + 1), events.in("x", 1)]);

    expect(more.map(({ type }) => type)).toEqual(["broken", "in"]);
  });

  it("are taken folded, without a gap for what was folded, and go on after that", () => {
    const { source } = createSources();
    const events = createPageEvents();
    const [one, two, six, seven] = [events.in("1"), events.in("2"), events.in("6"), events.in("7")];
    const text = '{"topic":"room","join_ref":"1","presence":null}';
    const base = { type: "base", at: 5, socket: 1, text };
    source.take(1, [one]);

    expect(source.takeFolded(6, { seqs: [1, 2, 6, 6], events: [one, two, six, base] })).toEqual([
      expect.objectContaining({ text: "2" }),
      expect.objectContaining({ text: "6" }),
      expect.objectContaining({ type: "base", topic: "room", presence: null }),
    ]);
    expect(source.held()).toEqual({ seq: 6, bytes: 3 });
    expect(source.takeFolded(6, { seqs: [6], events: [base] })).toEqual([]);
    expect(source.take(7, [seven])).toEqual([expect.objectContaining({ text: "7" })]);
  });

  it("are shown as broken where they are folded in an order that cannot be", () => {
    const { source } = createSources();
    const events = createPageEvents();
    const taken = source.takeFolded(3, {
      seqs: [2, 1, 4],
      events: [events.in("2"), events.in("1"), events.in("4")],
    });

    expect(taken.map(({ type }) => type)).toEqual(["in", "broken", "broken"]);
    expect(source.held().seq).toBe(3);
  });

  it("leave the page's life to the top frame", () => {
    const { source, other } = createSources();
    const hide = createPageEvents().page("hide");

    expect(source.take(1, [hide])).toEqual([expect.objectContaining({ type: "page", phase: "hide" })]);
    expect(other.take(1, [hide])).toEqual([]);
  });
});

function createSources() {
  let sockets = 0;
  const terms = { nextSocket: () => ++sockets, toSessionTime: (at: number) => at };
  return {
    source: createPageSource(terms, freshSource(null)),
    other: createPageSource(terms, freshSource("http://localhost/frame")),
  };
}
