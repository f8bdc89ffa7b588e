import { describe, expect, it } from "vitest";
import type { ComparedValue, ShownValue } from "../../src/engine/ask/comparison";
import { comparisonLines } from "../../src/panel/model/comparison-lines";
import { comparisonTree } from "../../src/panel/model/comparison-tree";

const shown = (value: unknown): ShownValue => {
  const text = JSON.stringify(value, null, 2);
  return { text, length: text.length };
};

const changed = (path: string, before: unknown, after: unknown): ComparedValue => ({
  ...{ what: "field", name: "", item_key: null, path, op: "replace" },
  ...{ before: shown(before), after: shown(after) },
});

describe("the tree of what differs", () => {
  const lines = comparisonLines(
    [
      { store_id: ["cart", "lines"], differences: [changed("/total", 1, 2), changed("/names", ["a"], [])] },
      { store_id: null, differences: [changed("", true, false)] },
    ],
    "unified",
    new Map(),
  );
  const tree = comparisonTree(lines);

  it("counts each line among its siblings", () => {
    expect(tree.map(({ level, position, size }) => [level, position, size].join(" "))).toEqual([
      "1 1 2",
      ...["2 1 2", "2 2 2"],
      ...["3 1 4", "3 2 4", "3 3 4", "3 4 4"],
      "1 2 2",
      "2 1 1",
    ]);
  });

  it("unfolds stores and long values, and nothing else", () => {
    expect(tree.filter(({ expandable }) => expandable).map(({ line }) => line.kind)).toEqual([
      ...["store", "place", "store"],
    ]);
    expect(tree.every(({ expandable, expanded }) => expandable === expanded)).toBe(true);
  });

  it("names its lines as one looks for them", () => {
    expect(tree.map(({ label }) => label).filter((label) => label !== "")).toEqual([
      ...["lines", "total", "names"],
    ]);
  });
});
