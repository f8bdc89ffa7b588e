import { describe, expect, it } from "vitest";
import { previewJson } from "../../src/panel/model/json-preview";

describe("a container on one line", () => {
  it("shows its entries, and that there is more inside of them", () => {
    const value = { id: "1", done: false, tags: ["a"], none: null, empty: {}, list: [] };
    expect(previewJson(value)).toBe('{id: "1", done: false, tags: […], none: null, empty: {}, list: []}');
    expect(previewJson([1, "two", [3], { four: 4 }])).toBe('[1, "two", […], {…}]');
  });

  it("names markers", () => {
    expect(previewJson([{ __musubi_stream__: "rows" }, { __musubi_store_id__: ["a"] }])).toBe(
      "[stream, store]",
    );
  });

  it("leaves out a store's own id", () => {
    expect(previewJson({ __musubi_store_id__: [], a: 1 })).toBe("{a: 1}");
  });

  it("is cut where it gets long", () => {
    const long = previewJson(Array.from({ length: 100_000 }, () => "x".repeat(100)));
    expect(long.endsWith(", …]")).toBe(true);
    expect(long.length).toBeLessThan(160);
    expect(previewJson(Array.from({ length: 61 }, () => 0)).length).toBeLessThan(160);
  });
});
