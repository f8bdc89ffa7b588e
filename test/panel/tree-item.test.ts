import { describe, expect, it } from "vitest";
import { allLines, findByLabel, stepForKey, type TreeItem } from "../../src/panel/model/tree-item";

/** A tree as it looks: two spaces a level, `+` folded, `-` unfolded. */
function tree(drawing: string): readonly TreeItem[] {
  return drawing
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, indent = "", sign, label = ""] = /^( *)([+-]?) ?(.*)$/.exec(line) ?? [];
      return {
        ...{ key: label, label, level: indent.length / 2 + 1, position: 1, size: 1 },
        ...{ expandable: sign !== "", expanded: sign === "-" },
      };
    });
}

const SHOP = tree(`
- socket
  - Cart
     line 1
     line 2
  + Counter
   room`);

function press(key: string, from: number): string {
  const step = stepForKey(allLines(SHOP), from, key);
  const label = step === null ? "" : (SHOP[step.line]?.label ?? "none");
  if (step?.kind === "toggle") return `${step.open ? "unfold" : "fold"} ${label}`;
  return step === null ? "nothing" : `${step.kind} ${label}`;
}

describe("keys in a tree", () => {
  it.each([
    ["ArrowDown", 0, "move Cart"],
    ["ArrowDown", 5, "nothing"],
    ["ArrowDown", -1, "move socket"],
    ["ArrowUp", 1, "move socket"],
    ["ArrowUp", 0, "nothing"],
    ["Home", 4, "move socket"],
    ["End", 0, "move room"],
    ["PageDown", 0, "move room"],
    ["PageUp", 3, "move socket"],
    ["ArrowRight", 4, "unfold Counter"],
    ["ArrowRight", 1, "move line 1"],
    ["ArrowRight", 5, "nothing"],
    ["ArrowLeft", 1, "fold Cart"],
    ["ArrowLeft", 3, "move Cart"],
    ["ArrowLeft", 4, "move socket"],
    ["Enter", 4, "activate Counter"],
    [" ", 1, "activate Cart"],
    ["F5", 1, "nothing"],
  ])("%s on line %i: %s", (key, from, expected) => {
    expect(press(key, from)).toBe(expected);
  });

  it("mean nothing in an empty tree", () => {
    for (const key of ["ArrowDown", "End", "Home", "Enter", "ArrowLeft"]) {
      expect(stepForKey(allLines([]), -1, key)).toBeNull();
    }
  });

  it("know the line that a line stands under", () => {
    expect([0, 1, 2, 3, 4].map(allLines(SHOP).parentOf)).toEqual([0, 0, 1, 1, 0]);
  });

  it("move through lines that are not at hand, of which nothing else can be known", () => {
    const lines = { total: 1_000, itemAt: () => undefined, parentOf: (line: number) => line };
    const steps = ["ArrowDown", "PageUp", "End", "ArrowRight", "ArrowLeft", "Enter"];
    expect(steps.map((key) => stepForKey(lines, 500, key))).toEqual([
      { kind: "move", line: 501 },
      { kind: "move", line: 490 },
      { kind: "move", line: 999 },
      ...[null, null, null],
    ]);
  });
});

describe("type-ahead", () => {
  const find = (from: number, typed: string) => SHOP[findByLabel(SHOP, from, typed)]?.label;

  it("finds the next label that starts so, around the end", () => {
    expect(find(-1, "c")).toBe("Cart");
    expect(find(1, "c")).toBe("Counter");
    expect(find(4, "c")).toBe("Cart");
    expect(find(4, "cc")).toBe("Cart");
  });

  it("stays on the line that still matches a longer text", () => {
    expect(find(2, "line")).toBe("line 1");
    expect(find(0, "line 2")).toBe("line 2");
  });

  it("finds nothing where nothing starts so", () => {
    expect(findByLabel(SHOP, 0, "x")).toBe(-1);
    expect(findByLabel([], -1, "x")).toBe(-1);
  });
});
