import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sketch } from "../../src/bridge/sketch";

const SEED = 21;

describe("a sketch of a value", () => {
  it("reads like JSON where the value is short", () => {
    const value = { type: "in", at: 1.5, list: [null, true, { a: "ü" }] };
    expect(sketch(value, 1000)).toBe(JSON.stringify(value));
  });

  it("shows what JSON does not know", () => {
    expect(sketch([10n, undefined, Number.NaN], 100)).toBe("[10,undefined,NaN]");
  });

  it("ends in a value that holds itself", () => {
    const value: unknown[] = [];
    value.push(value, value);
    expect(sketch(value, 50)).toHaveLength(50);
  });

  it("visits only what it shows", () => {
    let visited = 0;
    const items = new Proxy(new Array(1_000_000).fill("item"), {
      get(target, key) {
        visited++;
        return Reflect.get(target, key);
      },
    });
    sketch(items, 100);
    expect(visited).toBeLessThan(200);
  });

  it(`never throws and keeps to its length (seed ${SEED})`, () => {
    const length = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), length, (value, most) => {
        expect(sketch(value, most).length).toBeLessThanOrEqual(most);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});
