import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPageEvent, MAX_TEXT_CHARS } from "../../src/bridge/page-event";
import {
  isContentMessage,
  isHostToContentMessage,
  isNotice,
  isTapMessage,
} from "../../src/bridge/page-message";
import { isHostMessage, isPanelMessage, MAX_WINDOW_ROWS } from "../../src/bridge/panel-message";
import { createPageEvents } from "../support/page-events";

const SEED = 7;
const GUARDS = {
  isPageEvent,
  isTapMessage,
  isContentMessage,
  isHostToContentMessage,
  isNotice,
  isPanelMessage,
  isHostMessage,
};

describe("the guards between contexts", () => {
  it("take every event that the tap makes", () => {
    const events = createPageEvents();
    const made = [
      events.socket(),
      events.open(),
      events.in("x"),
      events.in(new ArrayBuffer(2)),
      events.close(),
    ];
    expect(made.filter((event) => !isPageEvent(event))).toEqual([]);
  });

  it.each([
    ["a time that is no number", { type: "open", at: Number.NaN, socket: 1, protocol: "" }],
    ["no socket", { type: "open", at: 1, protocol: "" }],
    ["socket 0", { type: "error", at: 1, socket: 0 }],
    ["data that is neither text nor bytes", { type: "in", at: 1, socket: 1, data: { length: 1 } }],
    ["a type of its own", { type: "eval", at: 1, socket: 1 }],
    ["protocols that are no list", { type: "socket", at: 1, socket: 1, url: "ws://x", protocols: "phoenix" }],
    ["a field of its own", { type: "error", at: 1, socket: 1, luggage: [] }],
    [
      "a text as long as a book",
      { type: "open", at: 1, socket: 1, protocol: "x".repeat(MAX_TEXT_CHARS + 1) },
    ],
    ["a type that every object has", { type: "constructor", at: 1 }],
    ["a field called __proto__", JSON.parse('{"type":"error","at":1,"socket":1,"__proto__":{}}')],
  ])("refuse an event with %s", (_, event) => expect(isPageEvent(event)).toBe(false));

  it("refuse a window that is larger than any panel's", () => {
    const query = { kind: "rows", from: 0, count: MAX_WINDOW_ROWS, filter: { text: "", heartbeats: false } };
    expect(isPanelMessage({ kind: "watch", id: 1, query })).toBe(true);
    const larger = { ...query, count: MAX_WINDOW_ROWS + 1 };
    expect(isPanelMessage({ kind: "watch", id: 1, query: larger })).toBe(false);
  });

  it(`answer yes or no to anything at all (seed ${SEED})`, () => {
    const kinds = ["events", "hello", "tap", "resume", "ack", "watch", "attach", "in", "socket", "view"];
    const message = fc.oneof(
      fc.anything(),
      fc.record({ kind: fc.constantFrom(...kinds), type: fc.constantFrom(...kinds), query: fc.anything() }),
    );
    fc.assert(
      fc.property(message, (value) => {
        for (const guard of Object.values(GUARDS)) expect(guard(value)).toBeTypeOf("boolean");
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});
