import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { LogQuery, LogView, PushEventLine } from "../../src/bridge/stores-view";
import type { Query, View } from "../../src/bridge/view";
import { createLink } from "../../src/panel/model/link";
import { createLogList, type StoreSelection } from "../../src/panel/model/log-list";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { root } from "../support/panel-views";

const CART: StoreSelection = { kind: "store", root: root("cart").key, store_id: [] };
const LINES: StoreSelection = { ...CART, store_id: ["lines"] };

const line = (nth: number, whole: boolean): PushEventLine => ({
  ...{ seq: 10 + nth, t: nth, name: `event ${nth}`, preview: "{}" },
  body: whole ? { payload: { nth } } : null,
});

function logOf(total: number, { from: first, count, whole }: LogQuery): LogView {
  const from = first === "end" ? Math.max(0, total - count) : Math.min(first, total);
  const lines = Array.from({ length: Math.min(count, total - from) }, (_, at) => line(from + at, whole));
  return { kind: "log", what: "events", from, total, forgotten: 0, fault: null, lines };
}

function setUp(events = 1000) {
  const clock = createClock();
  let total = events;
  const host = createFakeHost((query: Query): View | null =>
    query.kind === "log" ? logOf(query.store_id.length === 0 ? total : 3, query) : null,
  );
  const { signal: lifetime } = new AbortController();
  const link = createLink({ ...clock, open: host.open, signal: lifetime });
  const store = signal<StoreSelection | null>(CART);
  const isShown = signal(true);
  const session = signal("1");
  const list = createLogList(link, "events", { store, session, isShown }, lifetime);
  host.attach();
  clock.frame();
  return {
    ...{ clock, host, isShown, list, session, store },
    name: (row: number) => list.lineAt(row)?.name,
    scroll(first: number) {
      list.see({ first, count: 20 });
      clock.frame();
    },
    grow(by: number) {
      total += by;
      host.update();
      clock.frame();
    },
  };
}

describe("what happened to a store", () => {
  it("is listed newest first, a window at a time", () => {
    const { host, list, name, scroll } = setUp();
    expect(list.total.value).toBe(1000);
    expect([name(0), name(1)]).toEqual(["event 999", "event 998"]);
    expect(name(500)).toBeUndefined();
    scroll(500);
    expect([name(500), name(519)]).toEqual(["event 499", "event 480"]);
    const [asked] = host.watched();
    expect(asked).toMatchObject({ kind: "log", what: "events", whole: false });
    expect(asked?.kind === "log" && asked.count).toBeLessThanOrEqual(300);
    scroll(980);
    expect(name(999)).toBe("event 0");
  });

  it("follows what comes while its top is seen", () => {
    const { grow, list, name } = setUp();
    grow(2);
    expect([list.total.value, name(0)]).toEqual([1002, "event 1001"]);
    expect(list.newer.value).toBe(0);
  });

  it("stands still while earlier lines are looked at, and says how many came since", () => {
    const { clock, grow, list, name, scroll } = setUp();
    scroll(500);
    grow(7);
    expect([name(500), list.total.value, list.newer.value]).toEqual(["event 499", 1000, 7]);
    list.showNewest();
    clock.frame();
    expect([name(0), list.total.value, list.newer.value]).toEqual(["event 1006", 1007, 0]);
  });

  it("follows again when a person scrolls back to the top", () => {
    const { grow, list, scroll } = setUp();
    scroll(500);
    grow(7);
    scroll(0);
    expect([list.total.value, list.newer.value]).toEqual([1007, 0]);
  });

  it("keeps the chosen line where it is, and asks for all of it", () => {
    const { clock, grow, list } = setUp();
    list.choose(2);
    expect(list.chosen.value).toBeNull();
    clock.frame();
    expect(list.chosen.value).toMatchObject({ name: "event 997", body: { payload: { nth: 997 } } });
    grow(5);
    expect([list.row.value, list.chosen.value?.name, list.newer.value]).toEqual([2, "event 997", 5]);
    list.choose(0);
    clock.frame();
    expect(list.chosen.value?.name).toBe("event 999");
    list.choose(null);
    expect([list.row.value, list.total.value]).toEqual([null, 1005]);
  });

  it("has no chosen line at a moment before it", () => {
    const { grow, list } = setUp();
    list.choose(0);
    grow(-10);
    expect([list.row.value, list.total.value]).toEqual([null, 990]);
  });

  it("begins anew with another store, and with another session", () => {
    const { clock, list, scroll, session, store } = setUp();
    for (const change of [() => (store.value = LINES), () => (session.value = "2")]) {
      list.choose(1);
      scroll(200);
      change();
      expect([list.window.value, list.row.value]).toEqual([null, null]);
      clock.frame();
      expect(list.window.value).not.toBeNull();
    }
    expect(list.total.value).toBe(3);
  });

  it("asks nothing while it is not shown, or no store is chosen", () => {
    const { host, isShown, list, store } = setUp();
    list.choose(1);
    expect(host.watched()).toHaveLength(2);
    isShown.value = false;
    expect(host.watched()).toEqual([]);
    expect(list.window.value).not.toBeNull();
    isShown.value = true;
    expect(host.watched()).toHaveLength(2);
    store.value = null;
    expect(host.watched()).toEqual([]);
  });
});
