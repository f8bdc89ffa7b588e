import { describe, expect, it } from "vitest";
import { diffContents } from "../../src/engine/ask/diff";
import { EMPTY } from "../../src/engine/content/draft";
import { changesOf } from "../../src/panel/model/timeline-change";

describe("what an envelope changed", () => {
  it("is listed value by value, as the engine tells it", () => {
    const diff = diffContents(
      { ...EMPTY, state: { count: 1, old: true } },
      { ...EMPTY, state: { count: 2, fresh: null } },
    );
    const told = changesOf({ kind: "diff", diff });
    expect(told).toMatchObject({ kind: "changes", more: false });
    expect(
      told?.kind === "changes" && told.changes.map(({ path, before, after }) => [path, before, after]),
    ).toEqual([
      ["/count", 1, 2],
      ["/old", true, undefined],
      ["/fresh", undefined, null],
    ]);
  });

  it("names the stream of an item, and where it moved to", () => {
    const items = [
      { kind: "added", item_key: "m-2", at: 1, after: { id: 2 } },
      { kind: "moved", item_key: "m-1", from: 0, to: 2 },
    ];
    const diff = {
      ...{ state: { differences: [], more: false }, uploads: [], assigns: [], more: true },
      streams: [{ store_id: ["cart"], name: "messages", items }],
    };
    const holder = { kind: "stream", store_id: ["cart"], name: "messages" };
    expect(changesOf({ kind: "diff", diff })).toEqual({
      kind: "changes",
      changes: [
        { holder, path: "m-2", before: undefined, after: { id: 2 }, moved: null },
        { holder, path: "m-1", before: undefined, after: undefined, moved: { from: 0, to: 2 } },
      ],
      more: true,
    });
  });

  it("is the whole slot where it came or went", () => {
    const slot = { store_id: [], name: "avatar", before: undefined, after: { entries: [] }, differences: [] };
    const diff = {
      ...{ state: { differences: [], more: false }, streams: [], assigns: [], more: false },
      uploads: [slot],
    };
    expect(changesOf({ kind: "diff", diff })).toMatchObject({
      changes: [{ holder: { kind: "upload", name: "avatar" }, path: "", after: { entries: [] } }],
    });
  });

  it("is a sentence where it cannot be told, and nothing where nothing was asked", () => {
    expect(changesOf({ kind: "refused", reason: "truncated", message: "It is gone." })).toEqual({
      kind: "refused",
      message: "It is gone.",
    });
    for (const none of [null, undefined, 3, "diff", { kind: "diff" }, { kind: "store", store: {} }]) {
      expect(changesOf(none)).toBeNull();
    }
  });
});
