import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copiedText, writeJson } from "../../src/panel/model/json-text";
import { slotsOf } from "../../src/panel/model/slots";
import type { Json } from "../../src/wire/json";

const SEED = 20261122;

describe("a value as JSON", () => {
  it(`is written as JSON.stringify writes it, where it holds nothing else (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (given) => {
        const value: Json = JSON.parse(JSON.stringify(given));
        expect(writeJson(value, {})).toBe(JSON.stringify(value, null, 2));
        expect(writeJson(value, { digits: new Map([["/nowhere", "1"]]) })).toBe(
          JSON.stringify(value, null, 2),
        );
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("has every number as the server wrote it, in a stream as well", () => {
    const value = { id: 9007199254740992, rows: { __musubi_stream__: "rows" } };
    const items = [{ item_key: "r/1", item: { id: 12345678901234567000 } }];
    const slots = slotsOf({ value, streams: [{ name: "rows", total: 1, items }], uploads: [] });
    const digits = new Map([
      ["/id", "9007199254740993"],
      ["/rows/r~11/id", "12345678901234567890"],
    ]);
    const besides = { slots, digits };
    expect(writeJson(value, besides).replaceAll(/\s/g, "")).toBe(
      '{"id":9007199254740993,"rows":[{"id":12345678901234567890}]}',
    );
    expect(copiedText(value, besides, "/id")).toBe("9007199254740993");
    expect(copiedText(value, besides, "/rows/r~11/id")).toBe("12345678901234567890");
  });

  it("is a word where it is nested deeper than can be written", () => {
    let value: Json = 1;
    for (let depth = 0; depth < 200_000; depth++) value = [value];
    expect(() => writeJson({ value }, {})).not.toThrow();
  });
});

describe("a copied value", () => {
  it("is a string as it is, anything else as JSON, and nothing where nothing is", () => {
    const value = { text: 'say "hi"', list: [1, 2] };
    expect(copiedText(value, {}, "/text")).toBe('say "hi"');
    expect(copiedText(value, {}, "/list")).toBe("[\n  1,\n  2\n]");
    expect(copiedText(value, {}, "/gone")).toBe("");
  });
});
