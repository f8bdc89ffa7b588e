import { describe, expect, it } from "vitest";
import { type Chunk, unpack } from "../../src/bridge/chunk";
import { MAX_FRAME_BYTES } from "../../src/bridge/page-event";
import { BYTES_A_RECEIPT, createIntake, EVENTS_A_RECEIPT } from "../../src/content/intake";
import { toRun } from "../support/frame-runs";
import { createPageEvents } from "../support/page-events";
import { createPolls } from "./polls";

const NOW = 5;

const made = createPageEvents();

function read(message: unknown): readonly Chunk[] {
  return createIntake(() => NOW).take(message);
}

describe("what comes from the tap's port", () => {
  it("is the tap's events, in order", () => {
    const events = createPageEvents();
    const sent = [
      events.socket(),
      events.open(),
      events.in("[]"),
      events.out("[]"),
      events.error(),
      events.close(),
    ];

    expect(read({ kind: "events", first: 1, events: sent })).toEqual(sent);
  });

  it("is taken once, though the tap hands it over again as the page goes", () => {
    const events = createPageEvents();
    const intake = createIntake(() => NOW);
    const sent = [events.in("a"), events.in("b"), events.in("c")];
    intake.take({ kind: "events", first: 1, events: sent.slice(0, 2) });

    expect(intake.take({ kind: "events", first: 1, events: sent })).toEqual(sent.slice(2));
    expect(intake.take({ kind: "events", first: 2, events: sent.slice(1) })).toEqual([]);
  });

  it("is taken once, too, where it begins within a run of frames", () => {
    const events = createPageEvents();
    const intake = createIntake(() => NOW);
    const [a, b, c, d] = [events.in("a"), events.out("bb"), events.in("ccc"), events.open()];
    intake.take({ kind: "events", first: 1, events: [toRun([a, b])] });

    const rest = intake.take({ kind: "events", first: 1, events: [toRun([a, b, c]), d] });
    expect(unpack(rest)).toEqual([c, d]);
    expect(intake.taken()).toBe(4);
  });

  it("shows a run that does not add up as broken", () => {
    const run = { ...toRun([made.in("a")]), text: "ab" };
    expect(read({ kind: "events", first: 1, events: [run] })).toMatchObject([{ type: "broken" }]);
  });

  it("has a gap where the tap's numbers have one", () => {
    const events = createPageEvents();
    const event = events.in("d");
    expect(read({ kind: "events", first: 4, events: [event] })).toEqual([
      expect.objectContaining({ type: "gap", at: NOW, events: 3, why: expect.stringMatching(/^[A-Z].*\.$/) }),
      event,
    ]);
  });

  it("has long polls as sockets and frames", () => {
    const polls = createPolls();
    const sent = [polls.get(1), polls.answer(1, 410, "T"), polls.post(2, "T", '["a"]')];
    const taken = read({ kind: "events", first: 1, events: sent });
    expect(taken.map(({ type }) => type)).toEqual(["socket", "open", "out"]);
  });

  it("has all of a long poll's answer, however many messages it holds", () => {
    const polls = createPolls();
    const answer = polls.answer(
      1,
      200,
      "T",
      Array.from({ length: 300_000 }, () => ""),
    );
    const taken = read({ kind: "events", first: 1, events: [polls.get(1), answer] });
    expect(taken).toHaveLength(2 + 300_000);
  });

  it("shows what is no event as broken, and goes on after it, whatever a page has forged", () => {
    const cyclic: Record<string, unknown> = { type: "in" };
    cyclic.self = cyclic;
    const event = createPageEvents().in("[]");
    const taken = read({ kind: "events", first: 1, events: [10n, cyclic, new Map(), null, event] });

    expect(taken.map(({ type }) => type)).toEqual(["broken", "broken", "broken", "broken", "in"]);
    expect(taken[0]).toMatchObject({ at: NOW, text: "10" });
  });

  it.each([
    ["a base", made.base("{}")],
    ["the page's life", made.page()],
    ["something broken", { type: "broken", at: 1, text: "", why: "" }],
    ["a long poll's socket", made.socket(1, "http://localhost/longpoll", "longpoll")],
  ])("is not the tap's to tell: %s", (_, event) => {
    expect(read({ kind: "events", first: 1, events: [event] })).toMatchObject([{ type: "broken", at: NOW }]);
  });

  it("shows a message that is none as broken", () => {
    expect(read({ kind: "eval", code: "x".repeat(1e6) })).toEqual([
      expect.objectContaining({ type: "broken", text: expect.stringMatching(/^\{"kind":"eval"/) }),
    ]);
  });

  it("has a gap in the place of a frame that is larger than can be carried", () => {
    const frame = made.in(new ArrayBuffer(MAX_FRAME_BYTES + 1), 3);
    const gap = { type: "gap", at: frame.at, socket: 3, events: 1, bytes: MAX_FRAME_BYTES + 1 };

    expect(read({ kind: "events", first: 1, events: [frame] })).toEqual([expect.objectContaining(gap)]);
    expect(read({ kind: "events", first: 1, events: [made.in("x".repeat(MAX_FRAME_BYTES))] })).toMatchObject([
      { type: "in" },
    ]);
  });
});

describe("how far the capture has come", () => {
  it("is said by the tap: none before its first message, off with a reason, sockets of others", () => {
    const intake = createIntake(() => NOW);
    expect(intake.status()).toEqual({ tap: "none", why: null, otherSockets: false });
    intake.take("nonsense");
    expect(intake.status().tap).toBe("none");
    intake.take({ kind: "events", first: 1, events: [] });
    expect(intake.status().tap).toBe("active");
    intake.take({ kind: "other_socket" });
    intake.take({ kind: "off", why: "It broke three times." });
    intake.take({ kind: "events", first: 1, events: [] });
    expect(intake.status()).toEqual({ tap: "off", why: "It broke three times.", otherSockets: true });
  });
});

describe("the receipt for the tap", () => {
  it("is due after some events, and then after as many again", () => {
    const intake = createIntake(() => NOW);
    const events = createPageEvents();
    const due: number[] = [];
    for (let n = 1; n <= EVENTS_A_RECEIPT * 2; n++) {
      intake.take({ kind: "events", first: n, events: [events.in("x")] });
      const upTo = intake.takeReceipt();
      if (upTo !== null) due.push(upTo);
    }
    expect(due).toEqual([EVENTS_A_RECEIPT, EVENTS_A_RECEIPT * 2]);
  });

  it("is due after much of bytes", () => {
    const intake = createIntake(() => NOW);
    const large = createPageEvents().in("x".repeat(BYTES_A_RECEIPT));
    intake.take({ kind: "events", first: 1, events: [large] });
    expect([intake.takeReceipt(), intake.takeReceipt()]).toEqual([1, null]);
  });
});
