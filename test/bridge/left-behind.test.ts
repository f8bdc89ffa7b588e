import { expect, it } from "vitest";
import { type Last, leftBehindKey, readLeftBehind, writeLeftBehind } from "../../src/bridge/left-behind";

function last(...data: readonly (string | ArrayBuffer)[]): Last {
  const events = data.map((one) => ({ type: "in", at: 1, socket: 1, data: one }));
  return { kind: "last", document: "d1", message: { kind: "events", first: 7, events } };
}

it("what a page leaves behind is read as it was written, bytes too", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at).buffer;
  const left = last('{"n": "ü \\u2028"}', bytes, new ArrayBuffer(0), '{"bytes":"x"}');
  expect(readLeftBehind(writeLeftBehind(left))).toEqual(left);
});

it("what was not written so is nothing", () => {
  const nonsense = [null, 7, {}, "", "{", "[]", '{"kind":"last"}', '{"kind":"icon","level":"none"}'];
  expect(nonsense.map(readLeftBehind)).toEqual(nonsense.map(() => null));
});

it("the parts of a document stand in the order of their keys", () => {
  const keys = [2, 10, 1, 100].map((part) => leftBehindKey("d1", part)).sort();
  expect(keys).toEqual([1, 2, 10, 100].map((part) => leftBehindKey("d1", part)));
});
