import { describe, expect, it } from "vitest";
import { changedPaths } from "../../src/panel/model/json-change";
import { NO_SLOTS, slotsOf } from "../../src/panel/model/slots";
import type { Json } from "../../src/wire/json";

function changed(before: Json, after: Json): Record<string, string> {
  return changedIn({ value: before, slots: NO_SLOTS }, { value: after, slots: NO_SLOTS });
}

function changedIn(...shown: Parameters<typeof changedPaths>): Record<string, string> {
  return Object.fromEntries([...changedPaths(...shown)].sort());
}

const loading = { __musubi_async__: true, status: "loading", result: null, reason: null };

describe("what changed between two values", () => {
  it("is nothing between equal ones", () => {
    expect(changed({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual({});
    expect(changed(1, 1)).toEqual({});
  });

  it("is the value's path, and every path above", () => {
    expect(changed({ a: { b: 1, c: 2 } }, { a: { b: 5, c: 2 } })).toEqual({
      "": "inside",
      "/a": "inside",
      "/a/b": "value",
    });
  });

  it("is a value that came, or that became another kind", () => {
    expect(changed({ a: 1 }, { a: [1], b: 2 })).toEqual({ "": "inside", "/a": "value", "/b": "value" });
  });

  it("is around what went", () => {
    expect(changed({ list: [1, 2] }, { list: [1] })).toEqual({ "": "inside", "/list": "inside" });
  });

  it("is an async value whose status moved, a stream of another name, another store", () => {
    expect(changed({ a: loading }, { a: { ...loading, status: "ok" } })["/a"]).toBe("value");
    expect(changed({ a: { __musubi_stream__: "x" } }, { a: { __musubi_stream__: "y" } })["/a"]).toBe("value");
    expect(changed({ a: { __musubi_store_id__: ["x"] } }, { a: { __musubi_store_id__: ["y"] } })["/a"]).toBe(
      "value",
    );
  });

  it("is what came to a stream or changed in it, by key, though the value stays as it is", () => {
    const holding = (total: number, ...items: readonly (readonly [string, Json])[]) => {
      const value = { rows: { __musubi_stream__: "rows" } };
      const stream = { name: "rows", total, items: items.map(([item_key, item]) => ({ item_key, item })) };
      return { value, slots: slotsOf({ value, streams: [stream], uploads: [] }) };
    };
    const around = { "": "inside", "/rows": "inside" };
    expect(changedIn(holding(1, ["a", 1]), holding(2, ["b", 2], ["a", 1]))).toEqual({
      ...around,
      "/rows/b": "value",
    });
    expect(changedIn(holding(1, ["a", 1]), holding(1, ["a", 2]))).toEqual({ ...around, "/rows/a": "value" });
    expect(changedIn(holding(8, ["a", 1]), holding(9, ["a", 1]))).toEqual(around);
    expect(changedIn(holding(8, ["a", 1]), holding(8, ["a", 1]))).toEqual({});
  });

  it("is looked for only so deep", () => {
    const nest = (leaf: Json): Json => {
      let value = leaf;
      for (let depth = 0; depth < 5_000; depth++) value = [value];
      return value;
    };
    expect(changed(nest(1), nest(2))).toEqual({});
  });
});
