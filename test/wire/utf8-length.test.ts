import fc from "fast-check";
import { expect, it } from "vitest";
import { utf8Length } from "../../src/wire/utf8-length";
import { lawRuns } from "../support/law-runs";

it.each<[string, number]>([
  ["", 0],
  ["abc", 3],
  ["é", 2],
  ["→", 3],
  ["😀", 4],
  ["a\ud800b", 5],
  ["\udc00", 3],
])("the bytes of %j are counted as they are sent", (text, bytes) => {
  expect(utf8Length(text)).toBe(bytes);
});

it("is what an encoder makes of any text (seed 16)", () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      (text) => {
        expect(utf8Length(text)).toBe(encoder.encode(text).length);
      },
    ),
    { seed: 16, numRuns: lawRuns() },
  );
});
