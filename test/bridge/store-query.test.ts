import { describe, expect, it } from "vitest";
import { MAX_STREAM_STARTS } from "../../src/bridge/attachment-view";
import { isQuery } from "../../src/bridge/query-guard";

const STORE = {
  kind: "store",
  root: { connection: 1, topic: "musubi:connection", root_id: "cart" },
  store_id: ["lines"],
};
const start = { name: "rows", from: 500 };

describe("what is asked of a store", () => {
  it("may name from where some of its streams are shown", () => {
    expect(isQuery(STORE)).toBe(true);
    expect(isQuery({ ...STORE, streams: [] })).toBe(true);
    expect(isQuery({ ...STORE, streams: [start, { ...start, name: "log" }] })).toBe(true);
  });

  it("names places that there can be, and not more streams than a store is shown with", () => {
    const many = Array.from({ length: MAX_STREAM_STARTS + 1 }, () => start);
    for (const streams of [
      ...[null, "rows", {}, [null], [{ name: "rows" }], [{ from: 1 }], [{ name: 1, from: 1 }]],
      ...[[{ ...start, from: -1 }], [{ ...start, from: 0.5 }], [{ ...start, from: "500" }], many],
    ]) {
      expect([streams, isQuery({ ...STORE, streams })]).toEqual([streams, false]);
    }
  });
});
