import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asyncLoading } from "../../../src/server/musubi/async-result";
import { isEqual } from "../../../src/server/musubi/equal";
import { lawRuns } from "../../support/law-runs";

const SEED = 20_262;
const shared = () => 1;
const loadingData = { status: "loading", result: null, reason: null };

describe("structural equality", () => {
  it.each<[string, unknown, unknown]>([
    ["arrays", [1, [2]], [1, [2]]],
    ["objects, whatever the order of their keys", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["objects without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ["dates", new Date(5), new Date(5)],
    ["URLs", new URL("https://a.example"), new URL("https://a.example/")],
    ["bytes", new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    ["maps", new Map([["a", [1]]]), new Map([["a", [1]]])],
    ["sets", new Set([1, "a"]), new Set(["a", 1])],
    ["NaN", Number.NaN, Number.NaN],
    ["one function", { f: shared }, { f: shared }],
  ])("holds for %s of the same content", (_what, left, right) => {
    expect(isEqual(left, right)).toBe(true);
    expect(isEqual(right, left)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ["null and undefined", null, undefined],
    ["an absent key and undefined", {}, { a: undefined }],
    ["0 and -0", 0, -0],
    ["a number and its text", 1, "1"],
    ["arrays of different length", [1], [1, 2]],
    ["an array and an object", [], {}],
    ["dates", new Date(5), new Date(6)],
    ["a date and what it prints", new Date(5), new Date(5).toISOString()],
    ["URLs", new URL("https://a.example/1"), new URL("https://a.example/2")],
    ["bytes", new Uint8Array([1, 2]), new Uint8Array([1, 3])],
    ["maps of different values", new Map([["a", 1]]), new Map([["a", 2]])],
    ["maps of different keys", new Map([["a", 1]]), new Map([["b", 1]])],
    ["sets", new Set([1]), new Set([2])],
    ["a set and a map", new Set(), new Map()],
    ["two functions", () => 1, () => 1],
    ["two instances of a class", new (class A {})(), new (class A {})()],
    ["an async result and data that looks like one", asyncLoading(), { ...loadingData }],
    ["what objects inherit", { a: 1, b: 2 }, { a: 1, toString: 2 }],
  ])("does not hold for %s", (_what, left, right) => {
    expect(isEqual(left, right)).toBe(false);
    expect(isEqual(right, left)).toBe(false);
  });

  it(`holds for a value and its copy, and for what has the same JSON (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        expect(isEqual(left, structuredClone(left))).toBe(true);
        const sorted = (value: unknown) => JSON.stringify(value, (_key, inner) => sortKeys(inner));
        // JSON does not tell -0 from 0.
        if (!JSON.stringify([left, right]).includes("0"))
          expect(isEqual(left, right)).toBe(sorted(left) === sorted(right));
      }),
      { seed: SEED, numRuns: lawRuns() },
    );
  });
});

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
