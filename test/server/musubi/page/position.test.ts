import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectKeysAbove, type Position, replaceAt } from "../../../../src/server/musubi/page/position";
import { lawRuns } from "../../../support/law-runs";

const SEED = 20_264;

const at = (...keys: readonly (string | number)[]): Position => {
  const [last = "", ...rest] = keys.toReversed();
  return { above: rest.length === 0 ? null : at(...rest.toReversed()), key: last };
};

describe("the object keys above a value", () => {
  it.each<[Position, readonly string[]]>([
    [at("header"), []],
    [at("lines", 3), ["lines"]],
    [at("layout", "nav"), ["layout"]],
    [at("a", 0, "b", 1, 2), ["a", "b"]],
  ])("%j", (position, keys) => {
    expect(objectKeysAbove(position)).toEqual(keys);
  });
});

describe("other values at some positions", () => {
  it("leave what stands beside them the very same, and what was there before as it was", () => {
    const before = { lines: [{ n: 1 }, { n: 2 }], footer: { text: "x" } };
    const after = replaceAt(before, [[at("lines", 1), { n: 9 }]]);
    expect([before.lines[1], after]).toEqual([
      { n: 2 },
      { lines: [{ n: 1 }, { n: 9 }], footer: { text: "x" } },
    ]);
    expect(after.footer).toBe(before.footer);
    expect(Array.isArray(after.lines) && after.lines[0]).toBe(before.lines[0]);
  });

  it("keep __proto__ an ordinary key, and the order of keys", () => {
    const before = JSON.parse('{"b":1,"__proto__":{"c":{"d":1}},"a":2}');
    const after = replaceAt(before, [[at("__proto__", "c"), 5]]);
    expect(JSON.stringify(after)).toBe('{"b":1,"__proto__":{"c":5},"a":2}');
  });

  it("are refused where nothing stands", () => {
    expect(() => replaceAt({ a: 1 }, [[at("a", "b"), 1]])).toThrow('Nothing stands at "a"');
  });

  it(`are there, and nothing else is different (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.nat()), (random, picks) => {
        const json = JSON.parse(JSON.stringify(random));
        const places = positionsIn(json, null);
        const replacements = picks.flatMap((pick) => {
          const position = places[pick % Math.max(places.length, 1)];
          return position === undefined ? [] : [[position, pick] as const];
        });
        const expected = JSON.parse(JSON.stringify(json));
        for (const [position, value] of replacements) setIn(expected, position, value);
        expect(replaceAt(json, replacements)).toEqual(expected);
        expect(json).toEqual(JSON.parse(JSON.stringify(random)));
      }),
      { seed: SEED, numRuns: lawRuns() },
    );
  });
});

/** Of values that are no containers: replacing one takes no other's place away. */
function positionsIn(container: object, above: Position | null): readonly Position[] {
  return Object.entries(container).flatMap(([name, value]: [string, unknown]) => {
    const position = { above, key: Array.isArray(container) ? Number(name) : name };
    return typeof value === "object" && value !== null ? positionsIn(value, position) : [position];
  });
}

function setIn(root: object, position: Position, value: unknown): void {
  const keys: (string | number)[] = [];
  for (let step = position.above; step !== null; step = step.above) keys.unshift(step.key);
  const container = keys.reduce(
    (inner: object, key) => Object.getOwnPropertyDescriptor(inner, key)?.value,
    root,
  );
  Object.defineProperty(container, position.key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
