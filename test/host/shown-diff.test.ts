import { expect, it } from "vitest";
import type { Answer } from "../../src/engine/ask/answer";
import type { ContentDiff } from "../../src/engine/ask/diff";
import { showDiff } from "../../src/host/shown-diff";
import { showValue } from "../../src/host/shown-value";
import type { Json } from "../../src/wire/json";

const LONG = "x".repeat(1000);
const NOTHING: ContentDiff = {
  state: { differences: [], more: false },
  ...{ streams: [], uploads: [], assigns: [], more: false },
};

const replaced = (path: string, before: Json, after: Json) =>
  ({ path, op: "replace", before, after }) as const;

function shown(diff: Partial<ContentDiff>, maxChars: number): ContentDiff {
  const answer = showDiff({ kind: "diff", diff: { ...NOTHING, ...diff } }, maxChars);
  if (answer.kind !== "diff") throw new Error("A diff is shown as a diff.");
  return answer.diff;
}

it("leaves a diff as it is where there is room for it, and any other answer", () => {
  const diff: ContentDiff = {
    ...NOTHING,
    state: { differences: [replaced("/a", [1, { b: null }], "two")], more: true },
    streams: [{ store_id: [], name: "rows", items: [{ kind: "moved", item_key: "k", from: 0, to: 1 }] }],
  };
  expect(shown(diff, 1000)).toEqual(diff);
  const refused: Answer = { kind: "refused", reason: "truncated", message: "It is gone." };
  expect(showDiff(refused)).toBe(refused);
});

it("cuts the values that there is no room for, keeps every path, and says that there is more", () => {
  const differences = [replaced("/a", 1, LONG), replaced("/b", 1, 2), replaced("/c", 1, [1, 2])];
  const { state, more } = shown({ state: { differences, more: false } }, 100);
  expect(more).toBe(true);
  expect(state.differences.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
  expect(String(state.differences[0]?.after)).toMatch(/^x{84}…$/);
  expect(state.differences[2]?.after).toEqual([]);
});

it("cuts what became of items and slots, too", () => {
  const items = [
    { kind: "added", item_key: "a", at: 0, after: LONG },
    { kind: "removed", item_key: "b", at: 0, before: LONG },
    { kind: "changed", item_key: "c", before: LONG, after: LONG },
  ] as const;
  const slot = { store_id: [], name: "file", before: undefined, after: LONG, differences: [] };
  const diff = shown(
    { streams: [{ store_id: [], name: "rows", items }], uploads: [slot], assigns: [slot] },
    50,
  );
  expect(JSON.stringify(diff).length).toBeLessThan(600);
  expect(diff.streams[0]?.items.map(({ kind }) => kind)).toEqual(["added", "removed", "changed"]);
  expect(diff.uploads[0]?.before).toBeUndefined();
  expect(diff.more).toBe(true);
});

it("has nothing to say of a slot that its differences tell of", () => {
  const differences = [replaced("/n", 1, 2)];
  const slot = {
    store_id: [],
    name: "assigns",
    before: { n: 1, text: LONG + LONG },
    after: { n: 2 },
    differences,
  };
  const diff = shown({ assigns: [slot] }, 100);
  expect(diff.more).toBe(false);
  expect(diff.assigns[0]?.differences).toEqual(differences);
  expect(JSON.stringify(diff.assigns[0]?.before).length).toBeLessThan(1100);
});

it("shows the beginning of a long value, whatever its keys", () => {
  const room = { chars: 40, isCut: false };
  const value: Json = JSON.parse('{"__proto__": 1, "constructor": [1, 2, 3, 4, 5], "last": true}');
  expect(JSON.stringify(showValue(value, room))).toBe('{"__proto__":1,"constructor":[]}');
  expect(room.isCut).toBe(true);
});
