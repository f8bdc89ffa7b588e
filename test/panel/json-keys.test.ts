import { describe, expect, it } from "vitest";
import { type JsonLine, linesOf, pinnedLines } from "../../src/panel/model/json-line";
import { createUnfolding, type UnfoldingModel } from "../../src/panel/model/unfolding";
import { unfoldForKey } from "../../src/panel/view/json-keys";
import type { Json } from "../../src/wire/json";

const STATE: Json = {
  cart: { first: { lines: { sku: { id: 1 } } }, second: { lines: { sku: { id: 2 } } } },
  user: { name: { given: "Ada" } },
};

function press(key: string, unfolding: UnfoldingModel, pins: readonly string[] = []): boolean {
  const state = unfolding.state.value;
  const digit = /^\d$/.test(key);
  const lines = [...linesOf(STATE, state), ...pinnedLines(STATE, pins, state, {})];
  return unfoldForKey({ key, code: digit ? `Digit${key}` : "", shiftKey: digit }, unfolding, lines);
}

function opened(lines: readonly JsonLine[]): readonly string[] {
  return lines.filter(({ expanded }) => expanded).map(({ path }) => path);
}

describe("the keys of a JSON tree", () => {
  it("unfold to a depth by Shift and a digit, and everything by 0", () => {
    const unfolding = createUnfolding();
    expect(press("2", unfolding)).toBe(true);
    expect(opened(linesOf(STATE, unfolding.state.value))).toEqual(["/cart", "/user"]);
    press("0", unfolding);
    expect(opened(linesOf(STATE, unfolding.state.value))).toContain("/cart/first/lines/sku");
  });

  it("unfold what stands beside the chosen line by *", () => {
    const unfolding = createUnfolding();
    unfolding.chosen.value = "/cart/first";
    expect(press("*", unfolding)).toBe(true);
    expect([...unfolding.state.value.open.keys()]).toEqual(["/cart/first", "/cart/second"]);
  });

  it("unfold what stands beside a line of a pinned value, and nothing else", () => {
    const unfolding = createUnfolding();
    unfolding.toggle("/cart/first", true);
    unfolding.toggle("/cart/first/lines", false);
    unfolding.chosen.value = "pin0/cart/first/lines";
    press("*", unfolding, ["/cart/first"]);
    expect([...unfolding.state.value.open]).toEqual([
      ["/cart/first", true],
      ["/cart/first/lines", true],
    ]);
  });

  it("leave all other keys alone", () => {
    const unfolding = createUnfolding();
    expect(press("a", unfolding)).toBe(false);
    expect(press("7", unfolding)).toBe(false);
    expect(unfolding.state.value.open.size + unfolding.state.value.levels.size).toBe(0);
  });
});
