import { describe, expect, it } from "vitest";
import { MAX_SEARCH_HITS, searchContent } from "../../../src/engine/ask/search";
import { createTextMatch, MAX_MATCHED_CHARS, type TextQuery } from "../../../src/engine/ask/text-match";
import { type Content, EMPTY } from "../../../src/engine/content/draft";
import type { Json } from "../../../src/wire/json";

const ID = "__musubi_store_id__";
const text = (wanted: string): TextQuery => ({ kind: "text", text: wanted });

function search(content: Content, query: TextQuery, most?: number) {
  const found = searchContent(content, query, most);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

describe("a search", () => {
  it("finds keys and values of a store, with paths from its own node", () => {
    const line = { [ID]: ["lines", "a"], note: { label: "A red Mug" } };
    const state = { [ID]: [], lines: [line], mugs: 2 };
    const none = { area: "state", name: null, item_key: null };
    expect(search({ ...EMPTY, state }, text("mug"))).toEqual({
      hits: [
        { ...none, store_id: ["lines", "a"], path: "/note/label", kind: "value", preview: "A red Mug" },
        { ...none, store_id: [], path: "/mugs", kind: "key", preview: "mugs" },
      ],
      more: false,
    });
  });

  it("finds the items of streams by key and by content, uploads and assigns", () => {
    const content: Content = {
      ...EMPTY,
      streams: { '["chat"]': { log: [{ item_key: "log-7", item: { body: "seven 7" } }] } },
      uploads: {
        "[]": { file: { config: null, entries: [{ ref: "u", entry: { client_size: 70 } }], errors: [] } },
      },
      assigns: { "[]": { module: "Shop.Cart", assigns: { qty: 7 } } },
    };
    const { hits } = search(content, { kind: "regex", source: "7" });
    expect(
      hits.map(({ area, store_id, name, item_key, path, kind }) => [
        area,
        store_id,
        name,
        item_key,
        path,
        kind,
      ]),
    ).toEqual([
      ["streams", ["chat"], "log", "log-7", "", "key"],
      ["streams", ["chat"], "log", "log-7", "/body", "value"],
      ["uploads", [], "file", null, "/entries/0/entry/client_size", "value"],
      ["assigns", [], null, null, "/assigns/qty", "value"],
    ]);
  });

  it("shows what is around a match", () => {
    const value = `${"x".repeat(50)}here${"y".repeat(200)}`;
    const [hit] = search({ ...EMPTY, state: [value] }, text("HERE")).hits;
    expect(hit?.preview).toBe(`…${"x".repeat(20)}here${"y".repeat(76)}…`);
  });

  it("ends at its cap, and says so", () => {
    const state: Json = Array.from({ length: MAX_SEARCH_HITS + 1 }, () => "a");
    const { hits, more } = search({ ...EMPTY, state }, text("a"));
    expect([hits.length, more]).toEqual([MAX_SEARCH_HITS, true]);
    expect(search({ ...EMPTY, state }, text("a"), MAX_SEARCH_HITS + 1).more).toBe(false);
  });

  it("goes as deep as the content does", () => {
    let state: Json = "deep";
    for (let level = 0; level < 100_000; level++) state = [state];
    expect(search({ ...EMPTY, state }, text("deep")).hits).toHaveLength(1);
  });

  it("tells in a sentence that an expression is none", () => {
    const found = searchContent(EMPTY, { kind: "regex", source: "(" });
    expect(found).toMatchObject({ ok: false, failure: { reason: "bad_regex" } });
    expect(found.ok ? "" : found.failure.message).toMatch(/^This is no regular expression: .+\.$/);
  });

  it("finds nothing for an empty text, and looks at the beginning of a long one only", () => {
    expect(search({ ...EMPTY, state: ["", "a"] }, text("")).hits).toEqual([]);
    const match = createTextMatch(text("z"));
    if (!match.ok) throw new Error(match.failure.message);
    const long = "a".repeat(MAX_MATCHED_CHARS);
    expect([match.value(`${long.slice(1)}z`), match.value(`${long}z`)]).toEqual([
      MAX_MATCHED_CHARS - 1,
      null,
    ]);
  });
});
