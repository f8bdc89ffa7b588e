import { describe, expect, it } from "vitest";
import type { ComparedValue, ShownValue, StoreComparison } from "../../src/engine/ask/comparison";
import {
  type ComparisonLine,
  comparisonLines,
  type Layout,
  placeOf,
} from "../../src/panel/model/comparison-lines";

const shown = (value: unknown, length?: number): ShownValue => {
  const text = JSON.stringify(value, null, 2);
  return { text, length: length ?? text.length };
};

function changed(path: string, before: unknown, after: unknown): ComparedValue {
  const sides = {
    before: before === undefined ? null : shown(before),
    after: after === undefined ? null : shown(after),
  };
  return { what: "field", name: "", item_key: null, path, op: "replace", ...sides };
}

const LONG = Array.from({ length: 20 }, (_, nth) => nth);

function linesOf(
  stores: readonly StoreComparison[],
  layout: Layout = "unified",
  folds: readonly (readonly [string, boolean])[] = [],
): readonly ComparisonLine[] {
  return comparisonLines(stores, layout, new Map(folds));
}

const store = (...differences: readonly ComparedValue[]): StoreComparison => ({
  store_id: ["cart"],
  differences,
});

describe("the lines of a comparison", () => {
  it("are a store and its places; a short value stands at its place", () => {
    expect(linesOf([store(changed("/total", 1, 2))])).toMatchObject([
      { kind: "store", store_id: ["cart"], count: 1, expanded: true },
      { kind: "place", isShort: true },
    ]);
  });

  it("show a longer value under its place, one side after the other or both beside each other", () => {
    const differing = [store(changed("/names", ["a", "b"], ["c"]))];
    const sides = (layout: Layout) =>
      linesOf(differing, layout).flatMap((line) =>
        line.kind === "value" ? [[line.before, line.after]] : [],
      );
    expect(sides("unified")).toEqual([
      ["[", null],
      ['  "a",', null],
      ['  "b"', null],
      ["]", null],
      [null, "["],
      [null, '  "c"'],
      [null, "]"],
    ]);
    expect(sides("beside")).toEqual([
      ["[", "["],
      ['  "a",', '  "c"'],
      ['  "b"', "]"],
      ["]", null],
    ]);
  });

  it("fold away what is long, until a person unfolds it", () => {
    const differing = [store(changed("/list", undefined, LONG))];
    const folded = linesOf(differing);
    const more = folded.find((line) => line.kind === "more");
    expect(folded).toHaveLength(15);
    expect(more).toMatchObject({ hidden: 10 });
    expect(linesOf(differing, "unified", [[more?.key ?? "", true]])).toHaveLength(24);
  });

  it("are none of a store or a place that a person has folded", () => {
    const differing = [store(changed("/list", undefined, LONG))];
    expect(linesOf(differing, "unified", [['["cart"]', false]])).toHaveLength(1);
    expect(linesOf(differing, "unified", [['["cart"] 0', false]])).toHaveLength(2);
  });

  it("break a long line, and tell what was cut", () => {
    const lines = linesOf([
      store({ ...changed("/note", undefined, ""), after: { text: "x".repeat(400), length: 9_000 } }),
    ]);
    expect(lines.filter(({ kind }) => kind === "value")).toHaveLength(3);
    expect(lines.at(-1)).toMatchObject({ kind: "cut", shown: 400, length: 9_000 });
  });

  it("have keys of their own", () => {
    const differing = [
      store(changed("/a", LONG, LONG), changed("/b", 1, 2)),
      { store_id: null, differences: [changed("", 1, 2)] },
    ];
    const keys = linesOf(differing, "beside").map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("name a place as the state of its store does", () => {
    const item = { ...changed("/text", 1, 2), what: "stream", name: "rows", item_key: "rows-1" } as const;
    expect(placeOf(item)).toBe("/rows/rows-1/text");
    expect(placeOf(changed("/a/b", 1, 2))).toBe("/a/b");
    expect(placeOf(changed("", 1, 2))).toBe("");
  });
});
