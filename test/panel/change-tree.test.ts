import { describe, expect, it } from "vitest";
import { changeTree } from "../../src/panel/model/change-tree";

describe("the steps of a change as a tree", () => {
  it("stand under their paths, with what was there and what is", () => {
    const steps = [
      { what: "field", path: "/count", before: 1, after: 2 },
      { what: "field", path: "/tags/0", before: "old", after: undefined },
      { what: "stream", path: "/rows/0", before: undefined, after: { id: 1 } },
    ] as const;
    expect(changeTree(steps)).toEqual({
      count: { before: 1, after: 2 },
      "tags/0": { before: "old" },
      "stream rows/0": { after: { id: 1 } },
    });
  });

  it("keep apart what is about one path", () => {
    const step = { what: "field", path: "/list/0", before: undefined, after: 1 } as const;
    expect(changeTree([step, { ...step, after: 2 }])).toEqual({
      "list/0": { after: 1 },
      "list/0 (2)": { after: 2 },
    });
  });

  it("are the store itself where it came or went", () => {
    const value = { count: 0 };
    expect(changeTree([{ what: "mounted", path: "", before: undefined, after: value }])).toEqual({
      mounted: value,
    });
    expect(changeTree([{ what: "unmounted", path: "", before: value, after: undefined }])).toEqual({
      unmounted: value,
    });
  });
});
