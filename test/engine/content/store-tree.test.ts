import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChangeLog } from "../../../src/engine/content/change-log";
import { createDraft, EMPTY } from "../../../src/engine/content/draft";
import { applyPatch } from "../../../src/engine/content/patch";
import { createStoreIndex } from "../../../src/engine/content/store-index";
import {
  ownValue,
  type StoreTree,
  storeIds,
  storeKey,
  storeTree,
} from "../../../src/engine/content/store-tree";
import type { Json } from "../../../src/wire/json";
import { formatPointer } from "../../../src/wire/json-pointer";
import { lawRuns } from "../../support/law-runs";
import { idsIn } from "../../support/naive-stores";

const ID = "__musubi_store_id__";
const store = (id: readonly string[], fields: { readonly [key: string]: Json } = {}) => ({
  [ID]: id,
  ...fields,
});

const CART = store([], {
  lines: [
    store(["lines", "b"], { qty: 2 }),
    store(["lines", "a"], { note: { tag: store(["lines", "a", "note", "t"]) } }),
  ],
  header: store(["header"], { "a/b": { x: store(["header", "x"]) } }),
  data: { [ID]: ["not", 7] },
});

function outline({ store_id, path, children }: StoreTree): unknown {
  return [store_id.join("."), path, ...children.map(outline)];
}

describe("store ids", () => {
  it("come shorter first, then element by element, each once", () => {
    const state = [
      store(["b"]),
      store(["a", "z"]),
      store([]),
      store(["a"]),
      store(["a"]),
      store(["B"]),
      store(["é"]),
    ];
    expect(storeIds(state)).toEqual([[], ["B"], ["a"], ["b"], ["é"], ["a", "z"]]);
  });

  it("order by code units, not by language", () => {
    expect(storeIds([store(["\u{1F600}"]), store(["\uFFFD"]), store([""])])).toEqual([
      [""],
      ["\u{1F600}"],
      ["\uFFFD"],
    ]);
  });

  it("are those of objects with an array of strings", () => {
    expect(storeIds(CART)).toEqual(idsIn(CART));
    expect(storeIds([{ [ID]: "x" }, { [ID]: {} }, { [ID]: null }, [[]], 5, null])).toEqual([]);
    expect(storeIds(null)).toEqual([]);
  });
});

describe("the tree of stores", () => {
  it("nests as they were rendered, with the pointer from the store around", () => {
    const tree = storeTree(CART);
    if (tree === null) throw new Error("There should be a tree.");
    expect(outline(tree)).toEqual([
      "",
      "",
      ["lines.b", "/lines/0"],
      ["lines.a", "/lines/1", ["lines.a.note.t", "/note/tag"]],
      ["header", "/header", ["header.x", "/a~1b/x"]],
    ]);
  });

  it("is none where the state has no store", () => {
    expect(storeTree(null)).toBeNull();
    expect(storeTree({ a: [1] })).toBeNull();
  });

  it("is walked however deep it nests", () => {
    let deep: Json = store(["leaf"]);
    for (let level = 0; level < 2000; level++) deep = level % 2 === 0 ? [deep] : { a: deep };
    expect(storeTree(deep)?.store_id).toEqual(["leaf"]);
    expect(storeIds(deep)).toEqual([["leaf"]]);
  });
});

describe("a store's own value", () => {
  it("cuts the stores in it down to their ids", () => {
    expect(ownValue(CART, [])).toEqual({
      [ID]: [],
      lines: [{ [ID]: ["lines", "b"] }, { [ID]: ["lines", "a"] }],
      header: { [ID]: ["header"] },
      data: { [ID]: ["not", 7] },
    });
    expect(ownValue(CART, ["lines", "b"])).toEqual(store(["lines", "b"], { qty: 2 }));
  });

  it("is absent where no node carries the id now, and shares nothing", () => {
    expect(ownValue(CART, ["lines"])).toBeUndefined();
    const value = ownValue(CART, ["lines", "a"]);
    Reflect.set(Reflect.get(Object(value), "note"), "tag", 0);
    expect(storeIds(CART)).toHaveLength(6);
  });
});

describe("the store index", () => {
  it("follows an id that is rewritten in place (wire.md 6)", () => {
    const draft = createDraft({ ...EMPTY, state: { rows: [store(["rows", "a"]), store(["rows", "b"])] } });
    const index = createStoreIndex();
    index.reset(draft.areas.state);
    const ops = [
      { op: "replace", path: `/rows/0/${ID}/1`, value: "b" },
      { op: "remove", path: "/rows/1" },
    ];
    applyPatch(draft, ops, createChangeLog(), index);
    expect([storeKey(["rows", "a"]), storeKey(["rows", "b"])].map(index.has)).toEqual([false, true]);
    expect(index.takeVanished()).toContain(storeKey(["rows", "a"]));
  });

  it("equals one that is rebuilt from the whole tree, whatever was applied or failed (seed 7)", () => {
    const key = fc.constantFrom("a", ID, "0", "1", "-");
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<Json[]>("x", "y", ["x"], [], 1),
        fc.array(tie("tree"), { maxLength: 2 }),
        fc.dictionary(key, tie("tree"), { maxKeys: 3 }),
      ),
    }));
    const op = fc.record({
      op: fc.constantFrom("add", "remove", "replace"),
      path: fc.array(key, { maxLength: 4 }).map(formatPointer),
      value: tree,
    });
    fc.assert(
      fc.property(tree, fc.array(fc.array(op, { maxLength: 3 }), { maxLength: 5 }), (state, envelopes) => {
        const draft = createDraft({ ...EMPTY, state });
        const index = createStoreIndex();
        index.reset(draft.areas.state);
        const seen = new Set(idsIn(draft.areas.state).map(storeKey));
        for (const ops of envelopes) {
          applyPatch(draft, ops, createChangeLog(), index);
          const now = new Set(idsIn(draft.areas.state).map(storeKey));
          for (const one of now) seen.add(one);
          expect([...seen].filter(index.has).sort()).toEqual([...now].sort());
        }
      }),
      { seed: 7, numRuns: lawRuns(3000) },
    );
  });
});
