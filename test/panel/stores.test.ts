import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { OverviewView, Query, RootView, View } from "../../src/bridge/view";
import { createLink } from "../../src/panel/model/link";
import { keyOf, type Selection } from "../../src/panel/model/store-key";
import { createStores } from "../../src/panel/model/stores";
import type { Json } from "../../src/wire/json";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { fakeStores } from "../support/fake-store-lines";
import { BOARD, type StoreFixture } from "../support/fake-stores";
import { connection, overview, root, storeNode } from "../support/panel-views";

const CART = root("cart");
const POLL = root("poll");
const at = (of: typeof CART, ...storeId: readonly string[]): Selection => ({
  kind: "store",
  root: of.key,
  store_id: storeId,
});

const SMALL: StoreFixture = {
  tree: storeNode([], storeNode(["lines"], storeNode(["lines", "l1"]))),
  values: new Map(),
};
const SIZE = 2_000;

/** @param boards the roots that have very many stores */
function setUp(
  first: OverviewView | null = overview([connection(1, { roots: [CART, POLL] })]),
  boards: readonly RootView[] = [],
) {
  const clock = createClock();
  const view = signal(first);
  const isShown = signal(true);
  let value: Json = { count: 1, list: [1, 2] };
  let isSilent = false;
  const host = createFakeHost((query: Query): View | null => {
    if (isSilent) return null;
    if (query.kind === "stores") {
      const connections = view.peek()?.connections ?? [];
      return fakeStores(query, connections, (one) => (boards.includes(one) ? BOARD(SIZE) : SMALL));
    }
    if (query.kind !== "store") return null;
    const { kind, root, store_id } = query;
    return { kind, root, store_id, version: 1, value, streams: [], uploads: [] };
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
  const drawn = (): readonly string[] => {
    const { total, itemAt } = stores.tree.lines.value;
    return Array.from({ length: total }, (_, line) => {
      const item = itemAt(line);
      return item === undefined ? "?" : keyOf(item.selection);
    });
  };
  /** What is chosen, as the tree shows it. */
  const activeKey = (): string | null => {
    const line = stores.tree.active.value;
    return line === null ? null : (stores.tree.lines.value.itemAt(line)?.key ?? "?");
  };
  return {
    ...{ stores, clock, view, isShown, drawn, activeKey },
    asked: (kind: Query["kind"]) => host.watched().filter((query) => query.kind === kind),
    silence: (on: boolean) => {
      isSilent = on;
    },
    update() {
      host.update();
      clock.frame();
    },
    change(next: Json) {
      value = next;
      host.update();
      clock.frame();
    },
  };
}

describe("the stores", () => {
  it("are shown with the roots that they stand in, and the first root's state", () => {
    const { drawn, stores } = setUp();
    const below = [[], ["lines"], ["lines", "l1"]];
    expect(drawn()).toEqual([
      "[1]",
      ...below.map((id) => keyOf(at(CART, ...id))),
      ...below.map((id) => keyOf(at(POLL, ...id))),
    ]);
    expect(stores.selection.value).toEqual(at(CART));
    expect(stores.tree.active.value).toBe(1);
    expect(stores.detail.view.value?.value).toEqual({ count: 1, list: [1, 2] });
  });

  it("take their names from the overview, and stand without them where it does not know them yet", () => {
    const { stores, view } = setUp();
    const { itemAt } = stores.tree.lines.value;
    expect([itemAt(0), itemAt(1), itemAt(2)].map((item) => item?.label)).toEqual([
      ...["ws://localhost:4000/socket/websocket", "Demo.CounterStore", "lines"],
    ]);
    view.value = overview([connection(1, { roots: [POLL] })]);
    expect(stores.tree.lines.value.itemAt(1)).toMatchObject({
      label: "cart",
      shows: { kind: "root", root: null },
    });
  });

  it("fold and unfold, with what a person had folded before", () => {
    const { clock, drawn, stores } = setUp();
    stores.tree.toggle(keyOf(at(CART)), false);
    clock.frame();
    expect(drawn()).toHaveLength(5);
    stores.tree.toggle(keyOf(at(POLL)), false);
    clock.frame();
    expect(drawn()).toEqual(["[1]", keyOf(at(CART)), keyOf(at(POLL))]);
    stores.tree.toggle(keyOf(at(CART)), true);
    clock.frame();
    expect(drawn()).toHaveLength(5);
  });

  it("choose nothing while there is nothing", () => {
    const { asked, clock, stores, view } = setUp(null);
    expect(stores.selection.value).toBeNull();
    expect(asked("store")).toEqual([]);
    view.value = overview([connection(1, { roots: [POLL] })]);
    clock.frame();
    expect(stores.selection.value).toEqual(at(POLL));
  });

  it("hold the places of lines that have not come", () => {
    const { activeKey, clock, drawn, silence, stores, update, view } = setUp(null);
    silence(true);
    view.value = overview([connection(1, { roots: [CART, POLL] })]);
    clock.frame();
    expect(stores.tree.active.value).toBeNull();
    silence(false);
    update();
    expect(drawn()).toHaveLength(7);
    expect(activeKey()).toBe(keyOf(at(CART)));
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

  it("unfold what is around a store that is led to, for good, and bring it into view", () => {
    const { activeKey, clock, drawn, stores } = setUp();
    for (const key of ["[1]", keyOf(at(CART)), keyOf(at(CART, "lines"))]) stores.tree.toggle(key, false);
    clock.frame();
    expect(drawn()).toEqual(["[1]"]);
    stores.reveal(at(CART, "lines", "l1"));
    clock.frame();
    clock.frame();
    expect(activeKey()).toBe(keyOf(at(CART, "lines", "l1")));
    expect(stores.tree.scrollTo.value).toBe(stores.tree.active.value);
    stores.select(at(POLL));
    clock.frame();
    expect(drawn()).toContain(keyOf(at(CART, "lines", "l1")));
  });

  it("stay as they are when one is led to that is not there", () => {
    const { clock, drawn, stores } = setUp();
    const before = drawn();
    stores.reveal(at(CART, "gone"));
    clock.frame();
    expect(drawn()).toEqual(before);
    expect(stores.tree.active.value).toBeNull();
    expect(stores.selection.value).toEqual(at(CART, "gone"));
  });

  it("ask nothing while they are not shown, and keep what they have", () => {
    const { asked, drawn, isShown, stores } = setUp();
    isShown.value = false;
    stores.reveal(at(CART, "lines"));
    expect([...asked("stores"), ...asked("store")]).toEqual([]);
    expect(drawn().length).toBeGreaterThan(3);
    isShown.value = true;
    expect(asked("store")).toHaveLength(1);
    expect(asked("stores").length).toBeGreaterThan(0);
  });
});

describe("very many stores", () => {
  const setUpBoard = () => setUp(overview([connection(1, { roots: [CART] })]), [CART]);

  it("are at hand as far as they are near to what is seen", () => {
    const { asked, clock, drawn, stores } = setUpBoard();
    expect(stores.tree.lines.value.total).toBe(SIZE + 2);
    expect(drawn().filter((line) => line !== "?")).toHaveLength(150);
    stores.tree.see({ first: 1_000, count: 20 });
    clock.frame();
    expect(drawn().findIndex((line) => line !== "?")).toBe(900);
    expect(asked("stores")).toMatchObject([{ from: 900, count: 250 }]);
  });

  it("are gone to, wherever they are: the chosen one is chosen when it has come", () => {
    const { activeKey, clock, stores } = setUpBoard();
    stores.tree.moveTo(1_500);
    expect(stores.selection.value).toEqual(at(CART));
    expect([stores.tree.active.value, stores.tree.scrollTo.value]).toEqual([1_500, 1_500]);
    stores.tree.see({ first: 1_490, count: 20 });
    clock.frame();
    expect(stores.selection.value).toEqual(at(CART, "cards", "card-1499"));
    expect(activeKey()).toBe(keyOf(at(CART, "cards", "card-1499")));
  });

  it("are known by their lines while they are out of sight", () => {
    const { clock, stores } = setUpBoard();
    stores.select(at(CART, "cards", "card-3"));
    stores.tree.see({ first: 1_500, count: 20 });
    clock.frame();
    expect(stores.tree.active.value).toBe(4);
  });

  it("are led to", () => {
    const { clock, stores } = setUpBoard();
    stores.reveal(at(CART, "cards", "card-1700"));
    clock.frame();
    expect(stores.tree.scrollTo.value).toBe(1_701);
    expect(stores.tree.active.value).toBe(1_701);
  });

  it("are found by the beginnings of their names", () => {
    const { clock, stores } = setUpBoard();
    for (const typed of ["c", "ca", "card-1", "card-199"]) {
      stores.tree.find(typed);
      clock.frame();
    }
    expect(stores.tree.active.value).toBe(200);
    stores.tree.see({ first: 190, count: 20 });
    clock.frame();
    expect(stores.selection.value).toEqual(at(CART, "cards", "card-199"));
    stores.tree.find("card-19");
    clock.frame();
    expect(stores.tree.active.value).toBe(200);
    stores.tree.find("card-1999");
    clock.frame();
    expect([stores.tree.active.value, stores.tree.scrollTo.value]).toEqual([2_000, 2_000]);
    stores.tree.find("nothing");
    clock.frame();
    expect(stores.tree.active.value).toBe(2_000);
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
