import { describe, expect, it } from "vitest";
import { isQuery } from "../../src/bridge/query-guard";

const LOBBY = { connection: 1, topic: "room:lobby" };
const WINDOW = { from: 0, count: 10 };
const FILTER = { text: "", heartbeats: false };

const GOOD: readonly object[] = [
  { kind: "channels", text: "", locate: null, ...WINDOW },
  { kind: "channels", text: "a", locate: LOBBY, from: "end", count: 10 },
  { kind: "channel", ...LOBBY, last: 50 },
  { kind: "presence", ...LOBBY, text: "", person: null, ...WINDOW },
  { kind: "presence", ...LOBBY, text: "a", person: "ada", ...WINDOW },
  { kind: "connection", connection: 1 },
  { kind: "rows", ...WINDOW, filter: { ...FILTER, only: "frames" } },
  { kind: "rows", ...WINDOW, filter: { ...FILTER, only: undefined } },
];

const BAD: readonly object[] = [
  { kind: "channels", text: 1, locate: null, ...WINDOW },
  { kind: "channels", text: "", locate: { connection: 1 }, ...WINDOW },
  { kind: "channels", text: "", ...WINDOW },
  { kind: "channels", text: "", locate: null, from: 0, count: 1e6 },
  { kind: "channel", ...LOBBY, last: 100_000 },
  { kind: "channel", connection: -1, topic: "room", last: 1 },
  { kind: "presence", ...LOBBY, text: "", person: 1, ...WINDOW },
  { kind: "connection", connection: "1" },
  { kind: "rows", ...WINDOW, filter: { ...FILTER, only: "toString" } },
];

describe("the guard of queries about lives", () => {
  it.each(GOOD)("takes %j", (query) => expect(isQuery(query)).toBe(true));
  it.each(BAD)("refuses %j", (query) => expect(isQuery(query)).toBe(false));
});
