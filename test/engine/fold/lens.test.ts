import { describe, expect, it } from "vitest";
import { MAX_EARLY_STORES, MAX_LENS_NOTES } from "../../../src/engine/fold/lens";
import type { SessionEvent } from "../../../src/session/event";
import type { Json } from "../../../src/wire/json";
import { folded } from "../../support/folding";
import { frames, incoming } from "../../support/frames";

const TOPIC = "musubi:connection";
const MOUNTED = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0, child: {"__musubi_store_id__": ["a"]}}`;

/** A lens message for the root store, or another. */
function lens(version: number, assigns: Json, rest: { [key: string]: Json } = {}): SessionEvent {
  const payload = { root_id: "c1", store_id: [], module: "Shop.Cart", version, assigns, ...rest };
  return incoming(1, "1", null, TOPIC, "devtools:assigns", payload);
}

function patch(version: number, path: string, value: Json): SessionEvent {
  const ops = [{ op: "replace", path, value }];
  const payload = {
    ...{ type: "patch", root_id: "c1", base_version: version - 1, version, ops },
    stream_ops: [],
  };
  return incoming(1, "1", null, TOPIC, "patch", payload);
}

const rootAfter = (...events: readonly SessionEvent[]) => {
  const root = folded(events).connections[0]?.roots[0];
  if (root === undefined) throw new Error("There is no root.");
  return root;
};
const assignsAfter = (...events: readonly SessionEvent[]) => rootAfter(...events).content().assigns;
const own = (assigns: Json) => ({ "[]": { module: "Shop.Cart", assigns } });
const codesAfter = (...events: readonly SessionEvent[]) => folded(events).problems.map(({ code }) => code);

describe("the assigns lens", () => {
  it("shows a store's assigns, then what changed of them and what is gone", () => {
    const all = [...MOUNTED, lens(1, { qty: 1, total: 2, by: "a" })];
    expect(assignsAfter(...all)).toEqual(own({ qty: 1, total: 2, by: "a" }));
    expect(assignsAfter(...all, lens(2, { qty: 3 }, { removed: ["by"] }))).toEqual(own({ qty: 3, total: 2 }));
  });

  it("starts anew with a mount of the store, and with another module", () => {
    const all = [...MOUNTED, lens(1, { qty: 1, total: 2 })];
    expect(assignsAfter(...all, lens(2, { qty: 3 }, { cause: { kind: "mount" } }))).toEqual(own({ qty: 3 }));
    expect(assignsAfter(...all, lens(2, { n: 3 }, { module: "Shop.Other" }))).toEqual({
      "[]": { module: "Shop.Other", assigns: { n: 3 } },
    });
  });

  it("keeps every message's history, in revisions of their own that leave the version alone", () => {
    const root = rootAfter(...MOUNTED, lens(2, { qty: 1 }), lens(2, { qty: 2 }));
    const [before, after] = [2, 3].map((count) => root.history.revisionTo(count));
    expect(before).toMatchObject({ seq: 8, kind: "assigns", epoch: 1, version: 1 });
    expect(after?.changes).toEqual([
      { area: "assigns", op: "replace", path: "/[]/assigns/qty", left: 1, entered: 2 },
    ]);
    expect([root.version, root.status]).toEqual([1, "mounted"]);
    expect(root.lens).toMatchObject([
      { seq: 8, version: 2 },
      { seq: 9, version: 2 },
    ]);
  });

  it("appends nothing where nothing changed", () => {
    expect(rootAfter(...MOUNTED, lens(1, { qty: 1 }), lens(1, { qty: 1 })).history.count()).toBe(2);
  });

  it("survives coming before its envelope, and before the first one", () => {
    const early = lens(2, { n: 1 }, { store_id: ["b"] });
    const shown = { '["b"]': { module: "Shop.Cart", assigns: { n: 1 } } };
    expect(assignsAfter(...MOUNTED, early)).toEqual(shown);
    expect(assignsAfter(...MOUNTED, early, patch(2, "/new", { __musubi_store_id__: ["b"] }))).toEqual(shown);
    expect(assignsAfter(...MOUNTED, early, patch(2, "/total", 2))).toEqual({});
    expect(assignsAfter(...MOUNTED.slice(0, 6), lens(1, { qty: 1 }), ...MOUNTED.slice(6))).toEqual(
      own({ qty: 1 }),
    );
  });

  it("goes with its store, and with a new mount", () => {
    const child = [...MOUNTED, lens(1, { n: 1 }, { store_id: ["a"] })];
    expect(assignsAfter(...child, patch(2, "/child", null))).toEqual({});
    expect(
      assignsAfter(...MOUNTED, patch(2, "/child", null), lens(1, { n: 1 }, { store_id: ["a"] })),
    ).toEqual({});
    const again = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > mount Shop.Cart c1 < ok`;
    expect(assignsAfter(...again.slice(0, 7), lens(1, { qty: 1 }), ...again.slice(7))).toEqual({});
  });

  it("goes where the root is sent from the beginning without its store", () => {
    const child = [...MOUNTED, lens(1, { n: 1 }, { store_id: ["a"] }), lens(1, { qty: 1 })];
    expect(assignsAfter(...child, ...frames`> join < ok < v1 {total: 9} ^c1`.slice(-1))).toEqual(
      own({ qty: 1 }),
    );
  });

  it("is for the only root of its channel where it names none", () => {
    const topic = `${TOPIC}:Shop.Cart:c1`;
    const payload = { store_id: [], module: "Shop.Cart", version: 1, assigns: { qty: 1 } };
    const message = incoming(1, "1", null, topic, "devtools:assigns", payload);
    expect(assignsAfter(...frames`> join Shop.Cart:c1 < ok < v1 {total: 0}`, message)).toEqual(
      own({ qty: 1 }),
    );
    const two = frames`> join < ok > mount Shop.Cart c1 < ok > mount Shop.Cart c2 < ok`;
    expect(codesAfter(...two, incoming(1, "1", null, TOPIC, "devtools:assigns", payload))).toEqual([
      "unknown_root",
    ]);
  });

  it("is a problem where it is malformed, or for a root that is not known", () => {
    expect(codesAfter(...MOUNTED, lens(-1, {}))).toEqual(["bad_assigns"]);
    expect(codesAfter(...MOUNTED, lens(1, {}, { root_id: "c9" }))).toEqual(["unknown_root"]);
  });

  it("means nothing once the root is unmounted or lost", () => {
    const text = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > unmount c1 < ok`;
    expect(assignsAfter(...text, lens(1, { qty: 1 }))).toEqual({});
    const lost = rootAfter(...MOUNTED, patch(7, "/total", 1), lens(8, { qty: 1 }));
    expect([lost.content().assigns, lost.status, lost.lens.length]).toEqual([{}, "lost", 1]);
  });

  it("is a message like any other on a plain channel", () => {
    const events = [...frames`> join < ok`, incoming(1, null, null, "room", "devtools:assigns", {})];
    expect(codesAfter(...events)).toEqual([]);
  });

  it("remembers so many messages, and waits for so many stores", () => {
    const many = Array.from({ length: MAX_EARLY_STORES + 5 }, (_, at) =>
      lens(2, { n: at }, { store_id: [`s${at}`] }),
    );
    const root = rootAfter(...MOUNTED, ...many);
    expect(root.lens).toHaveLength(MAX_LENS_NOTES);
    expect(root.lens[0]?.seq).toBe(8 + 5);
    expect(Object.keys(Object(root.content().assigns))).toHaveLength(MAX_EARLY_STORES);
  });
});
