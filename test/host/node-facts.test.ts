import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StoreTree, storeIds, storeTree } from "../../src/engine/content/store-tree";
import { createTellStores, linesOf, type StoreFacts } from "../../src/host/node-facts";
import type { Json } from "../../src/wire/json";

const async = (status: string, result: Json = null): Json => {
  return { __musubi_async__: true, status, result, reason: null };
};

/** Any value with stores and async values somewhere in it. */
const state = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(1, "text", null, async("loading"), async("failed"), async("ok")),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
    fc
      .record({
        id: fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 }),
        a: tie("value"),
        b: tie("value"),
      })
      .map(({ id, a, b }) => ({ __musubi_store_id__: id, a, b })),
  ),
})).value;

type Shape = { readonly store_id: readonly string[]; readonly children: readonly Shape[] };

const shape = ({ store_id, children }: StoreFacts | StoreTree): Shape => {
  return { store_id, children: children.map(shape) };
};

describe("what is told of the nodes of a state", () => {
  it("is its stores, nested as they were rendered, and how many are in each", () => {
    fc.assert(
      fc.property(state, (value) => {
        const [facts, tree] = [createTellStores()(value), storeTree(value)];
        expect(facts === null ? null : shape(facts)).toEqual(tree === null ? null : shape(tree));
        if (facts === null) return;
        const count = ({ children }: StoreFacts): number =>
          children.reduce((sum, child) => sum + 1 + count(child), 0);
        expect(facts.inside).toBe(count(facts));
      }),
    );
  });

  it("is the same when most of it was told before, wherever it stood", () => {
    const row = (nth: number, n: number): Json => ({ __musubi_store_id__: ["row", `${nth}`], n });
    const edit = fc.oneof(
      fc.record({ kind: fc.constant("set" as const), at: fc.nat(39), value: state }),
      fc.record({ kind: fc.constant("add" as const), at: fc.nat(39), value: state }),
      fc.record({ kind: fc.constant("drop" as const), at: fc.nat(39) }),
    );
    fc.assert(
      fc.property(state, fc.array(edit, { maxLength: 5 }), (first, edits) => {
        const tell = createTellStores();
        let rows = Array.from({ length: 40 }, (_, nth) => row(nth, nth));
        let more: Json = first;
        for (const edit of edits) {
          rows = [...rows];
          if (edit.kind === "set") rows[edit.at] = edit.value;
          else if (edit.kind === "add") rows.splice(edit.at, 0, edit.value);
          else rows.splice(edit.at, 1);
          if (edit.kind === "set") more = edit.value;
          const whole = { __musubi_store_id__: [], rows, more };
          expect(tell(whole)).toEqual(createTellStores()(structuredClone(whole)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("counts async values of a store, and not those of the stores in it", () => {
    const inner = { __musubi_store_id__: ["in"], one: async("failed"), two: [async("failed"), async("ok")] };
    const facts = createTellStores()({
      __musubi_store_id__: [],
      inner,
      deep: { a: async("loading", inner) },
    });
    expect(facts).toMatchObject({ loading: 1, failed: 0, inside: 2 });
    expect(facts?.children.map(({ loading, failed }) => [loading, failed])).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });

  it("knows no store where there is none", () => {
    expect([createTellStores()(null), createTellStores()({ a: [1, { b: 2 }] }), storeIds({ a: 1 })]).toEqual([
      null,
      null,
      [],
    ]);
  });

  it("counts lines as they unfold by themselves", () => {
    const list = (size: number): Json => ({
      __musubi_store_id__: ["list"],
      rows: Array.from({ length: size }, (_, nth) => ({ __musubi_store_id__: ["list", `${nth}`] })),
    });
    const lines = (value: Json): number => {
      const facts = createTellStores()(value);
      return facts === null ? 0 : linesOf(facts);
    };
    expect([lines(list(0)), lines(list(50)), lines(list(51))]).toEqual([1, 51, 1]);
    expect(lines({ __musubi_store_id__: [], a: list(50), b: list(51) })).toBe(53);
  });
});
