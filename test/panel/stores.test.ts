import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { OverviewView, Query, View } from "../../src/bridge/view";
import { createLink } from "../../src/panel/model/link";
import { keyOf, type Selection } from "../../src/panel/model/store-key";
import { createStores } from "../../src/panel/model/stores";
import type { Json } from "../../src/wire/json";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { connection, overview, root, storeNode } from "../support/panel-views";

const CART = root("cart");
const POLL = root("poll");
const at = (of: typeof CART, ...storeId: readonly string[]): Selection => ({
  kind: "store",
  root: of.key,
  store_id: storeId,
});

function setUp(first: OverviewView | null = overview([connection(1, { roots: [CART, POLL] })])) {
  const clock = createClock();
  const view = signal(first);
  const isShown = signal(true);
  let value: Json = { count: 1, list: [1, 2] };
  const host = createFakeHost((query: Query): View | null => {
    if (query.kind === "tree") {
      const tree = storeNode([], storeNode(["lines"], storeNode(["lines", "l1"])));
      return { kind: "tree", root: query.root, tree };
    }
    return query.kind === "store"
      ? {
          kind: "store",
          root: query.root,
          store_id: query.store_id,
          version: 1,
          value,
          streams: [],
          uploads: [],
        }
      : null;
  });
  const { signal: lifetime } = new AbortController();
  const link = createLink({
    open: host.open,
    schedule: clock.schedule,
    delay: clock.delay,
    signal: lifetime,
  });
  const stores = createStores(link, view, isShown, lifetime);
  host.attach();
  clock.frame();
  return {
    ...{ stores, clock, view, isShown },
    asked: (kind: Query["kind"]) => host.watched().filter((query) => query.kind === kind),
    change(next: Json) {
      value = next;
      host.update();
      clock.frame();
    },
  };
}

describe("the stores", () => {
  it("follow the trees of the roots that are unfolded, and the first root's state", () => {
    const { asked, stores } = setUp();
    expect(asked("tree")).toHaveLength(2);
    expect(stores.selection.value).toEqual(at(CART));
    expect(stores.detail.view.value?.value).toEqual({ count: 1, list: [1, 2] });
    stores.toggle(keyOf(at(POLL)), false);
    expect(asked("tree")).toEqual([{ kind: "tree", root: CART.key }]);
  });

  it("choose nothing while there is nothing", () => {
    const { asked, stores, view } = setUp(null);
    expect(stores.selection.value).toBeNull();
    expect(asked("store")).toEqual([]);
    view.value = overview([connection(1, { roots: [POLL] })]);
    expect(stores.selection.value).toEqual(at(POLL));
  });

  it("keep what was chosen when another root comes first, and when it comes back after it went", () => {
    const { stores, view } = setUp(overview([connection(1, { roots: [POLL] })]));
    view.value = overview([connection(1, { roots: [CART, POLL] })]);
    expect(stores.selection.value).toEqual(at(POLL));
    view.value = overview([connection(1, { roots: [CART] })]);
    expect(stores.selection.value).toEqual(at(CART));
    view.value = overview([connection(1, { roots: [CART, POLL] })]);
    expect(stores.selection.value).toEqual(at(POLL));
  });

  it("show no other store's state under a newly chosen one", () => {
    const { clock, stores } = setUp();
    stores.select(at(CART, "lines"));
    expect(stores.detail.view.value).toBeNull();
    clock.frame();
    expect(stores.detail.view.value?.store_id).toEqual(["lines"]);
  });

  it("unfold what is around a store that is led to", () => {
    const { clock, stores } = setUp();
    for (const item of [...stores.items.value].reverse()) {
      if (item.expandable) stores.toggle(item.key, false);
    }
    expect(stores.items.value).toHaveLength(1);
    stores.reveal(at(CART, "lines", "l1"));
    clock.frame();
    expect(stores.items.value.map((item) => item.key)).toContain(keyOf(at(CART, "lines", "l1")));
  });

  it("ask nothing while they are not shown, and keep what they have", () => {
    const { asked, isShown, stores } = setUp();
    isShown.value = false;
    expect([...asked("tree"), ...asked("store")]).toEqual([]);
    expect(stores.items.value.length).toBeGreaterThan(3);
    expect(stores.detail.view.value).not.toBeNull();
    isShown.value = true;
    expect([...asked("tree"), ...asked("store")]).toHaveLength(3);
  });
});

describe("the changes of the chosen store", () => {
  it("are counted by update and path", () => {
    const { change, stores } = setUp();
    expect(stores.detail.changes.value.updates).toBe(0);
    change({ count: 2, list: [1, 2] });
    change({ count: 2, list: [1, 3] });
    const { updates, values, insides } = stores.detail.changes.value;
    expect(updates).toBe(2);
    expect([...values]).toEqual([
      ["/count", 1],
      ["/list/1", 2],
    ]);
    expect(insides.get("/list")).toBe(2);
  });

  it("do not count an update that changed nothing", () => {
    const { change, stores } = setUp();
    change({ count: 1, list: [1, 2] });
    expect(stores.detail.changes.value.updates).toBe(0);
  });

  it("begin anew with another store, whose lines are as they unfold by themselves", () => {
    const { change, clock, stores } = setUp();
    change({ count: 2, list: [] });
    stores.detail.unfolding.toggle("/list", false);
    stores.select(at(POLL));
    clock.frame();
    expect(stores.detail.changes.value.updates).toBe(0);
    expect(stores.detail.unfolding.state.value.open.size).toBe(0);
  });
});
