import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import { createLink } from "../../src/panel/model/link";
import { createStoreDetail } from "../../src/panel/model/store-detail";
import type { Selection } from "../../src/panel/model/store-key";
import type { Json } from "../../src/wire/json";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { root } from "../support/panel-views";

const CART: Selection = { kind: "store", root: root("cart").key, store_id: [] };
const POLL: Selection = { kind: "store", root: root("poll").key, store_id: [] };
const TOTAL = 1_440;

function setUp() {
  const clock = createClock();
  let value: Json = { count: 1, list: [1, 2], rows: { __musubi_stream__: "rows" } };
  let version = 1;
  const host = createFakeHost((query: Query): View | null => {
    if (query.kind !== "store") return null;
    const { root, store_id, streams = [] } = query;
    const from = streams[0]?.from ?? 0;
    const items = [{ item_key: `rows-${from}`, item: { id: from } }];
    return {
      ...{ kind: "store", root, store_id, version, value, uploads: [] },
      streams: [{ name: "rows", total: TOTAL, from, items }],
      digits: [["/count", "1.00000000000000000001"]],
    };
  });
  const { signal: lifetime } = new AbortController();
  const link = createLink({ ...clock, open: host.open, signal: lifetime });
  const selection = signal<Selection | null>(CART);
  const session = signal("1");
  const detail = createStoreDetail(link, { selection, session }, signal(true), lifetime);
  host.attach();
  clock.frame();
  return {
    ...{ detail, session },
    asked: () => host.watched().flatMap((query) => (query.kind === "store" ? (query.streams ?? []) : [])),
    change(next: Json) {
      value = next;
      version++;
      host.update();
      clock.frame();
    },
    choose(next: Selection) {
      selection.value = next;
      clock.frame();
    },
    frame: () => clock.frame(),
  };
}

describe("a store that is chosen again", () => {
  it("says what has changed since it was looked at last, and leads to it in turn", () => {
    const { change, choose, detail } = setUp();
    expect(detail.since.value).toBeNull();
    choose(POLL);
    change({ count: 2, list: [1], rows: { __musubi_stream__: "rows" } });
    choose(CART);
    expect(detail.since.value).toMatchObject({ version: 1, stops: ["/count", "/list"] });
    const led = [1, 2, 3].map(() => {
      detail.nextSince();
      return detail.unfolding.chosen.value;
    });
    expect(led).toEqual(["/count", "/list", "/count"]);
    detail.clearSince();
    expect(detail.since.value).toBeNull();
  });

  it("says nothing where nothing has changed, and of what changes while it is looked at", () => {
    const { change, choose, detail } = setUp();
    choose(POLL);
    choose(CART);
    expect(detail.since.value).toBeNull();
    change({ count: 7 });
    expect(detail.since.value).toBeNull();
    expect(detail.changes.value.values.get("/count")).toBe(1);
    choose(POLL);
    choose(CART);
    expect(detail.since.value).toBeNull();
  });

  it("is another one in another session", () => {
    const { change, choose, detail, session } = setUp();
    choose(POLL);
    session.value = "2";
    change({ count: 2 });
    choose(CART);
    expect(detail.since.value).toBeNull();
  });
});

describe("a long stream", () => {
  it("is shown from any of its items on, which is no change of it", () => {
    const { asked, choose, detail, frame } = setUp();
    detail.showItems("rows", 500);
    expect(asked()).toEqual([{ name: "rows", from: 500 }]);
    frame();
    expect(detail.view.value?.streams[0]?.items[0]?.item_key).toBe("rows-500");
    expect(detail.changes.value.updates).toBe(0);
    choose(POLL);
    expect(asked()).toEqual([]);
    choose(CART);
    expect(asked()).toEqual([{ name: "rows", from: 500 }]);
    expect(detail.since.value).toBeNull();
    detail.showItems("rows", 0);
    frame();
    choose(POLL);
    choose(CART);
    expect(detail.since.value).toBeNull();
  });
});

describe("the numbers of a store", () => {
  it("come with their source digits", () => {
    expect(setUp().detail.digits.value).toEqual(new Map([["/count", "1.00000000000000000001"]]));
  });
});
