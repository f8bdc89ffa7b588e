import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHostMessage } from "../../src/bridge/host-message";
import { isPageEvent, MAX_TEXT_CHARS } from "../../src/bridge/page-event";
import {
  isContentMessage,
  isHostToContentMessage,
  isNotice,
  isNumberedEvents,
  isPageRequest,
} from "../../src/bridge/page-message";
import { isPanelMessage } from "../../src/bridge/panel-message";
import {
  DEFAULT_SETTINGS,
  isSettings,
  MAX_JOURNAL_BYTES,
  MIN_JOURNAL_BYTES,
} from "../../src/bridge/settings";
import { isTapMessage } from "../../src/bridge/tap-message";
import { MAX_WINDOW_ROWS } from "../../src/bridge/window";
import { createPageEvents } from "../support/page-events";

const SEED = 7;
const GUARDS = {
  isPageEvent,
  isTapMessage,
  isContentMessage,
  isHostToContentMessage,
  isNotice,
  isNumberedEvents,
  isPageRequest,
  isPanelMessage,
  isHostMessage,
  isSettings,
};

const STATUS = { tap: "active", why: null, otherSockets: false, title: "" };
const ENVIRONMENT = {
  settings: DEFAULT_SETTINGS,
  sites: ["https://example.com/*"],
  unrevoked: [],
  isPrivate: false,
};

/** Each message that there is, by the guard that takes it. */
const GOOD: readonly (readonly [keyof typeof GUARDS, object])[] = [
  ["isTapMessage", { kind: "events", first: 1, events: [] }],
  ["isTapMessage", { kind: "off", why: "broken" }],
  ["isTapMessage", { kind: "other_socket" }],
  ["isContentMessage", { kind: "hello", document: "d", url: "http://x/", status: STATUS }],
  ["isContentMessage", { kind: "status", status: { ...STATUS, tap: "off", why: "broken" } }],
  ["isContentMessage", { kind: "events", first: 1, events: [] }],
  ["isContentMessage", { kind: "folded", upTo: 2, seqs: [1, 2], events: [{}, {}] }],
  ["isHostToContentMessage", { kind: "resume", after: 0, bytes: 0 }],
  ["isHostToContentMessage", { kind: "ack", upTo: 1 }],
  ["isHostToContentMessage", { kind: "stored", upTo: 1 }],
  ["isHostToContentMessage", { kind: "bye" }],
  ["isNotice", { kind: "look" }],
  ["isPageRequest", { kind: "last", document: "d", message: { kind: "events", first: 1, events: [] } }],
  [
    "isPageRequest",
    { kind: "last", document: "d", message: { kind: "folded", upTo: 1, seqs: [], events: [] } },
  ],
  ["isPageRequest", { kind: "icon", level: "musubi" }],
  ["isPageRequest", { kind: "fold", seqs: [1], events: [{}] }],
  ["isPanelMessage", { kind: "attach", tab: 1 }],
  ["isPanelMessage", { kind: "watch", id: 1, query: { kind: "overview" } }],
  ["isPanelMessage", { kind: "unwatch", id: 1 }],
  ["isPanelMessage", { kind: "beat" }],
  ["isPanelMessage", { kind: "show", session: null }],
  ["isPanelMessage", { kind: "show", session: "s" }],
  ["isPanelMessage", { kind: "configure", settings: DEFAULT_SETTINGS }],
  ["isPanelMessage", { kind: "allow", site: "https://example.com/*" }],
  ["isPanelMessage", { kind: "revoke", site: "http://example.com/*" }],
  ["isHostMessage", { kind: "attached" }],
  ["isHostMessage", { kind: "environment", environment: ENVIRONMENT }],
  ["isHostMessage", { kind: "view", id: 1, view: {} }],
  ["isSettings", { preserveLog: true, maxJournalBytes: MIN_JOURNAL_BYTES }],
];

/** Messages with one field that is not right. */
const BAD: readonly (readonly [keyof typeof GUARDS, object])[] = [
  ["isTapMessage", { kind: "events", first: 0, events: [] }],
  ["isTapMessage", { kind: "events", first: 1, events: { length: 0 } }],
  ["isTapMessage", { kind: "off" }],
  ["isContentMessage", { kind: "hello", document: "d", url: "http://x/" }],
  ["isContentMessage", { kind: "hello", document: "d".repeat(1_000), url: "http://x/", status: STATUS }],
  ["isContentMessage", { kind: "status", status: { ...STATUS, tap: "perhaps" } }],
  ["isContentMessage", { kind: "status", status: { ...STATUS, why: "x".repeat(MAX_TEXT_CHARS + 1) } }],
  ["isContentMessage", { kind: "status", status: { ...STATUS, otherSockets: 1 } }],
  ["isContentMessage", { kind: "folded", upTo: 2, seqs: [1], events: [{}, {}] }],
  ["isContentMessage", { kind: "folded", upTo: 2, seqs: ["1"], events: [{}] }],
  ["isHostToContentMessage", { kind: "resume", after: 0 }],
  ["isHostToContentMessage", { kind: "stored", upTo: -1 }],
  ["isPageRequest", { kind: "last", document: "d", message: { kind: "status", status: STATUS } }],
  ["isPageRequest", { kind: "last", message: { kind: "events", first: 1, events: [] } }],
  ["isPageRequest", { kind: "icon", level: "toString" }],
  ["isPageRequest", { kind: "fold", seqs: [1], events: [] }],
  ["isPanelMessage", { kind: "show" }],
  ["isPanelMessage", { kind: "allow", site: "file:///*" }],
  ["isPanelMessage", { kind: "allow", site: "*://*/*" }],
  ["isPanelMessage", { kind: "revoke", site: 1 }],
  ["isPanelMessage", { kind: "configure", settings: { ...DEFAULT_SETTINGS, preserveLog: "yes" } }],
  ["isHostMessage", { kind: "environment", environment: { ...ENVIRONMENT, sites: [1] } }],
  ["isHostMessage", { kind: "environment", environment: { ...ENVIRONMENT, isPrivate: null } }],
  ["isSettings", { preserveLog: true, maxJournalBytes: MIN_JOURNAL_BYTES - 1 }],
  ["isSettings", { preserveLog: true, maxJournalBytes: MAX_JOURNAL_BYTES + 1 }],
  ["isSettings", { preserveLog: true, maxJournalBytes: MIN_JOURNAL_BYTES + 0.5 }],
];

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

  it.each(GOOD)("take each message that there is: %s %j", (name, message) => {
    expect(GUARDS[name](message)).toBe(true);
    expect(GUARDS[name]({ ...message, kind: undefined, preserveLog: undefined })).toBe(false);
  });

  it.each(BAD)("refuse a message with one wrong field: %s %j", (name, message) => {
    expect(GUARDS[name](message)).toBe(false);
  });

  it.each([
    ["a time that is no number", { type: "open", at: Number.NaN, socket: 1, protocol: "" }],
    ["a time that no clock can tell", { type: "open", at: Number.MAX_VALUE, socket: 1, protocol: "" }],
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
    const kinds = [...new Set([...GOOD, ...BAD].map(([, message]) => kindOf(message))), "in", "socket"];
    const message = fc.oneof(
      fc.anything(),
      fc.record({ kind: fc.constantFrom(...kinds), type: fc.constantFrom(...kinds), query: fc.anything() }),
      fc.record({ kind: fc.constantFrom(...kinds), message: fc.anything(), status: fc.anything() }),
    );
    fc.assert(
      fc.property(message, (value) => {
        for (const guard of Object.values(GUARDS)) expect(guard(value)).toBeTypeOf("boolean");
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

function kindOf(message: object): string {
  return "kind" in message ? String(message.kind) : "";
}
