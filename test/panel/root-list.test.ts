import { describe, expect, it } from "vitest";
import { listRoots, MAX_LISTED_ROOTS } from "../../src/panel/model/root-list";
import { rootName } from "../../src/panel/model/root-name";
import { root } from "../support/panel-views";

const ROOTS = Array.from({ length: MAX_LISTED_ROOTS + 20 }, (_, index) => root(`cart ${index}`));
const LAST = root(`cart ${MAX_LISTED_ROOTS + 19}`).key;

describe("the roots to choose from", () => {
  it("are the first ones, with how many more there are", () => {
    const { listed, more, unlisted } = listRoots(ROOTS, null, "");
    expect([listed.length, more, unlisted]).toEqual([MAX_LISTED_ROOTS, 20, null]);
  });

  it("have the chosen one among them, however far down it is", () => {
    expect(listRoots(ROOTS, LAST, "").unlisted?.root?.key).toEqual(LAST);
    expect(listRoots(ROOTS, LAST, "cart 119").unlisted).toBeNull();
  });

  it("are found by a part of their name", () => {
    const { listed, more } = listRoots(ROOTS, null, " STORE CART 11");
    expect(listed.map(({ caller_id }) => caller_id)).toEqual([
      ...["cart 11", "cart 110", "cart 111", "cart 112", "cart 113", "cart 114"],
      ...["cart 115", "cart 116", "cart 117", "cart 118", "cart 119"],
    ]);
    expect(more).toBe(0);
  });

  it("name the chosen one that is gone", () => {
    const { unlisted } = listRoots(ROOTS, { ...LAST, connection: 7 }, "");
    expect(unlisted).toEqual({ key: { ...LAST, connection: 7 }, root: null });
  });
});

describe("the name of a root", () => {
  it("is its module without namespaces, and what the page calls it", () => {
    expect(rootName(root("c1", { module: "Shop.Stores.CartStore" }))).toBe("CartStore c1");
    expect(rootName(root("Shop.Stores.CartStore:u9", { caller_id: "" }))).toBe("CartStore:u9");
  });
});
