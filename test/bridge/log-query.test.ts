import { describe, expect, it } from "vitest";
import { isQuery } from "../../src/bridge/query-guard";
import { LOGS } from "../../src/bridge/stores-view";
import { MAX_WINDOW_ROWS } from "../../src/bridge/window";

const ROOT = { connection: 1, topic: "musubi:connection", root_id: "c1" };
const GOOD = {
  kind: "log",
  what: "events",
  root: ROOT,
  store_id: ["a"],
  whole: false,
  from: "end",
  count: 50,
};

describe("a query for what happened to a store", () => {
  it.each(LOGS)("is one for its %s", (what) => {
    expect(isQuery({ ...GOOD, what })).toBe(true);
    expect(isQuery({ ...GOOD, what, from: 7, count: 1, whole: true })).toBe(true);
  });

  it.each([
    ...[{ what: "frames" }, { root: "c1" }, { store_id: null }, { store_id: [1] }, { whole: undefined }],
    ...[{ from: -1 }, { count: MAX_WINDOW_ROWS + 1 }],
  ])("is none with %j", (wrong) => {
    expect(isQuery({ ...GOOD, ...wrong })).toBe(false);
  });
});
