import { describe, expect, it } from "vitest";
import { diffContents, diffRoot, diffVersions } from "../../../src/engine/ask/diff";
import { diffOwnValues, diffValues, MAX_DIFFERENCES } from "../../../src/engine/ask/difference";
import { isEqual, isEqualField } from "../../../src/engine/ask/equal";
import { EMPTY } from "../../../src/engine/content/draft";
import { createEngine, type LiveRoot } from "../../../src/engine/engine";
import type { SessionEvent } from "../../../src/session/event";
import type { Json } from "../../../src/wire/json";
import { frames } from "../../support/frames";

const ID = "__musubi_store_id__";

function rootOf(events: readonly SessionEvent[], maxHistoryChars?: number): LiveRoot {
  const engine = createEngine(maxHistoryChars);
  for (const event of events) engine.fold(event);
  const root = engine.connections[0]?.roots[0];
  if (root === undefined) throw new Error("There is no root.");
  return root;
}

/** A value that nests this deep around a leaf. */
function nest(leaf: Json, levels: number): Json {
  let value = leaf;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe("the differences of two values", () => {
  it("name what stood there and what stands there now", () => {
    const before = { total: 0, "a/b": [1, 2, 3], gone: null };
    const after = { total: 4, "a/b": [1, 5], came: {} };
    expect(diffValues(before, after)).toEqual({
      differences: [
        { path: "/total", op: "replace", before: 0, after: 4 },
        { path: "/a~1b/1", op: "replace", before: 2, after: 5 },
        { path: "/a~1b/2", op: "remove", before: 3, after: undefined },
        { path: "/gone", op: "remove", before: null, after: undefined },
        { path: "/came", op: "add", before: undefined, after: {} },
      ],
      more: false,
    });
  });

  it("are one where the kind changes, and none where the order of keys does", () => {
    expect(diffValues([1], { 0: 1 }).differences).toHaveLength(1);
    expect(diffValues({ a: 1, b: 2 }, { b: 2, a: 1 }).differences).toEqual([]);
  });

  it("end at their cap, and say so", () => {
    const many = Array.from({ length: MAX_DIFFERENCES + 1 }, (_, at) => at);
    const { differences, more } = diffValues([], many);
    expect([differences.length, more]).toEqual([MAX_DIFFERENCES, true]);
    expect(diffValues([], many.slice(1)).more).toBe(false);
  });

  it("are found however deep the values nest", () => {
    const [before, after] = [nest(1, 100_000), nest(2, 100_000)];
    expect(diffValues(before, after).differences).toMatchObject([{ before: 1, after: 2 }]);
    expect(isEqual(before, after)).toBe(false);
    expect(isEqual(before, nest(1, 100_000))).toBe(true);
  });

  it("of a store leave out what belongs to the stores in it", () => {
    const line = (id: string, n: number) => ({ [ID]: ["lines", id], n });
    const before = { [ID]: [], lines: [line("a", 1), line("b", 1)] };
    const after = { [ID]: [], lines: [line("a", 2), line("c", 1)] };
    expect(diffOwnValues(before, after).differences).toEqual([
      { path: "/lines/1", op: "replace", before: { [ID]: ["lines", "b"] }, after: { [ID]: ["lines", "c"] } },
    ]);
    expect(isEqualField(before.lines[0], after.lines[0])).toBe(true);
    expect(isEqualField(before.lines, after.lines)).toBe(false);
  });
});

describe("the differences of two contents", () => {
  it("tell the items of a stream by their keys", () => {
    const list = (...keys: readonly string[]) => keys.map((item_key) => ({ item_key, item: item_key }));
    const streams = (...keys: readonly string[]) => ({ ...EMPTY, streams: { "[]": { log: list(...keys) } } });
    expect(diffContents(streams("a", "b", "c"), streams("c", "b", "d")).streams).toEqual([
      {
        store_id: [],
        name: "log",
        items: [
          { kind: "removed", item_key: "a", at: 0, before: "a" },
          { kind: "moved", item_key: "c", from: 2, to: 0 },
          { kind: "moved", item_key: "b", from: 1, to: 1 },
          { kind: "added", item_key: "d", at: 2, after: "d" },
        ],
      },
    ]);
  });

  it("tell uploads and assigns by store and name", () => {
    const upload = (progress: number) => ({
      config: null,
      entries: [{ ref: "u", entry: { progress } }],
      errors: [],
    });
    const before = { ...EMPTY, uploads: { "[]": { file: upload(0) } } };
    const assigns = { "[]": { module: "Shop", assigns: { qty: 1 } } };
    const diff = diffContents(before, { ...EMPTY, uploads: { "[]": { file: upload(50) } }, assigns });
    expect(diff.uploads).toMatchObject([
      {
        store_id: [],
        name: "file",
        differences: [{ path: "/entries/0/entry/progress", before: 0, after: 50 }],
      },
    ]);
    expect(diff.assigns).toMatchObject([
      { name: "module", before: undefined, after: "Shop" },
      { name: "assigns", before: undefined, after: { qty: 1 } },
    ]);
  });

  it("are asked for by events and by versions, in either direction", () => {
    const root = rootOf(frames`> join < ok > mount A c1 < ok < v1 {n: 0} < v2 /n=1 < v3 /n=2`);
    const there = [{ path: "/n", op: "replace", before: 0, after: 2 }];
    const back = [{ path: "/n", op: "replace", before: 2, after: 0 }];
    expect(diffRoot(root, 7, 9)).toMatchObject({ state: { differences: there } });
    expect(diffRoot(root, 9, 7)).toMatchObject({ state: { differences: back } });
    const version = (number: number) => ({ epoch: 1, version: number });
    expect(diffVersions(root, version(1), version(3))).toMatchObject({ state: { differences: there } });
    expect(diffVersions(root, version(1), version(4))).toBeNull();
    expect(diffVersions(root, { epoch: 2, version: 1 }, version(3))).toBeNull();
  });

  it("are truncated where the history is not kept", () => {
    const root = rootOf(frames`> join < ok > mount A c1 < ok < v1 {n: 0} < v2 /n=1`, 0);
    expect(diffRoot(root, 7, 8)).toBe("truncated");
    expect(diffVersions(root, { epoch: 1, version: 1 }, { epoch: 1, version: 2 })).toBe("truncated");
  });
});
