import { describe, expect, it } from "vitest";
import { createStoreActivity } from "../../../src/engine/ask/store-activity";
import { blame, valueHistory } from "../../../src/engine/ask/value-history";
import type { ValueTarget } from "../../../src/engine/ask/value-target";
import type { Change } from "../../../src/engine/content/change";
import { makeChange } from "../../../src/engine/content/edit";
import { createArchive, type History } from "../../../src/engine/content/history";
import type { SessionEvent } from "../../../src/session/event";
import { folded } from "../../support/folding";
import { frames } from "../../support/frames";

const EVENTS = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0, lines: ["a"]}
  > add {sku: "x"} < ok < v2 /total=4 < v3 +/lines/0="b" < v4 /lines/1="c" < v5 -/lines/0`;

function ask(target: ValueTarget, seq = EVENTS.length) {
  const engine = folded(EVENTS);
  const root = engine.connections[0]?.roots[0];
  if (root === undefined) throw new Error("There is no root.");
  return { activity: createStoreActivity(root.history), causes: root.causes, seq, target };
}

const field = (path: string): ValueTarget => ({ what: "field", store_id: [], path });

/** Version and value, newest first. */
function valuesIn(events: readonly SessionEvent[], target: ValueTarget) {
  const root = folded(events).connections[0]?.roots[0];
  if (root === undefined) throw new Error("There is no root.");
  const found = valueHistory(createStoreActivity(root.history), events.length, target, new Map());
  if (found === "truncated") throw new Error("All of it is kept.");
  return found.values.map(({ version, value }) => [version, value]);
}

describe("who wrote a value", () => {
  it("is the envelope after which it differed, and its command", () => {
    const { activity, causes, seq, target } = ask(field("/total"));
    const written = { seq: 10, epoch: 1, version: 2, kind: "envelope", command: 8, value: 4 };
    expect(blame(activity, seq, target, causes)).toEqual(written);
    expect(blame(activity, 7, target, causes)).toMatchObject({ version: 1, command: null, value: 0 });
    expect(blame(activity, 6, target, causes)).toBeNull();
  });

  it("is nobody where there is no such store, field or pointer", () => {
    for (const path of ["/none", "total", "/lines/x"]) {
      const { activity, causes, seq, target } = ask(field(path));
      expect(blame(activity, seq, target, causes)).toBeNull();
    }
    const { activity, causes, seq } = ask(field(""));
    expect(blame(activity, seq, { what: "field", store_id: ["x"], path: "" }, causes)).toBeNull();
  });
});

describe("what a value was before", () => {
  it("follows an element through what comes and goes before it", () => {
    const { activity, causes, seq, target } = ask(field("/lines/0"));
    const found = valueHistory(activity, seq, target, causes);
    expect(found).toMatchObject({
      values: [
        { version: 4, value: "c" },
        { version: 1, value: "a" },
      ],
      end: "beginning",
    });
  });

  it("takes a list for one as long as it was one", () => {
    const events = frames`> join < ok > mount A c1 < ok < v1 {l: ["a", "b", "c"]} < v2 -/l/0 /l={"1": "new"}`;
    expect(valuesIn(events, field("/l/1"))).toEqual([
      [2, "new"],
      [1, "c"],
    ]);
  });

  it("tells elements by their index where the server made another store of their list's node (wire.md 6)", () => {
    const events = frames`> join < ok > mount A c1 < ok < v1 {rows: [
        {__musubi_store_id__: ["rows","a"], l: ["a0", "a1"]}, {__musubi_store_id__: ["rows","b"], l: ["b0"]}
      ]} < v2 /rows/0/__musubi_store_id__/1="b" /rows/1/__musubi_store_id__/1="a" +/rows/1/l/0="new"`;
    expect(valuesIn(events, { what: "field", store_id: ["rows", "a"], path: "/l/1" })).toEqual([
      [2, "b0"],
      [1, "a1"],
    ]);
  });

  it("says that there is more beyond the cap", () => {
    const { activity, causes, seq, target } = ask(field("/total"));
    expect(valueHistory(activity, seq, target, causes, 1)).toMatchObject({
      values: [{ value: 4 }],
      end: "more",
    });
  });

  it("tells assigns, which may go with their store", () => {
    const history = createArchive().create();
    append(history, {
      area: "state",
      op: "replace",
      path: "",
      left: null,
      entered: { __musubi_store_id__: [] },
    });
    const shown = { module: "Shop.Cart", assigns: { qty: 1, user: { name: "a" } } };
    append(history, { area: "assigns", op: "add", path: "/[]", left: undefined, entered: shown });
    append(history, { area: "assigns", op: "replace", path: "/[]/assigns/qty", left: 1, entered: 2 });
    append(history, { area: "assigns", op: "replace", path: "", left: history.now().assigns, entered: {} });
    const activity = createStoreActivity(history);
    const qty: ValueTarget = { what: "assign", store_id: [], name: "qty", path: "" };
    const found = valueHistory(activity, 4, qty, new Map());
    if (found === "truncated") throw new Error("All of it is kept.");
    expect(found.values.map(({ seq, value }) => [seq, value])).toEqual([
      [4, undefined],
      [3, 2],
      [2, 1],
    ]);
    const name: ValueTarget = { what: "assign", store_id: [], name: "user", path: "/name" };
    expect(blame(activity, 3, name, new Map())).toMatchObject({ seq: 2, value: "a" });
    expect([1, 2, 3, 4].map(activity.storesOf)).toEqual([["[]"], ["[]"], ["[]"], ["[]"]]);
  });
});

function append(history: History, change: Change): void {
  makeChange(history.draft, change, history.log);
  const seq = history.count() + 1;
  history.append({ seq, kind: "assigns", epoch: 1, version: 1, size: 10 });
}
