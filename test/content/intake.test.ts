import { describe, expect, it } from "vitest";
import { MAX_FRAME_BYTES, readTapEvents } from "../../src/content/intake";
import { createPageEvents } from "../support/page-events";

const NOW = 5;

describe("what comes from the tap's port", () => {
  it("is the tap's events, in order", () => {
    const events = createPageEvents();
    const sent = [events.socket(), events.open(), events.in("[]")];

    expect(read({ kind: "events", first: 1, events: sent })).toEqual(sent);
  });

  it("shows what is no event as broken, and goes on after it, whatever a page has forged", () => {
    const cyclic: Record<string, unknown> = { type: "in" };
    cyclic.self = cyclic;
    const event = createPageEvents().in("[]");
    const taken = read({ kind: "events", first: 1, events: [10n, cyclic, new Map(), null, event] });

    expect(taken.map(({ type }) => type)).toEqual(["broken", "broken", "broken", "broken", "in"]);
    expect(taken[0]).toMatchObject({ at: NOW, text: "10" });
  });

  it("shows a message that is none as broken", () => {
    expect(read({ kind: "eval", code: "x".repeat(1e6) })).toEqual([
      expect.objectContaining({ type: "broken", text: expect.stringMatching(/^\{"kind":"eval"/) }),
    ]);
  });

  it("has a gap in the place of a frame that is larger than can be carried", () => {
    const frame = createPageEvents().in(new ArrayBuffer(MAX_FRAME_BYTES + 1), 3);
    const gap = { type: "gap", at: frame.at, socket: 3, events: 1, bytes: MAX_FRAME_BYTES + 1 };

    expect(read({ kind: "events", first: 1, events: [frame] })).toEqual([expect.objectContaining(gap)]);
  });
});

function read(message: unknown) {
  return readTapEvents(message, () => NOW);
}
