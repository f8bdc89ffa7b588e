import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { TimelineLine } from "../../src/bridge/timeline-view";
import type { OverviewView, Query, View } from "../../src/bridge/view";
import type { RootHit } from "../../src/engine/ask/answer";
import { createLink } from "../../src/panel/model/link";
import { createSearch } from "../../src/panel/model/search";
import { toValues } from "../../src/panel/model/search-result";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { connection, overview, root } from "../support/panel-views";

const KEY = root("c1").key;

function hit(more: Partial<RootHit>): RootHit {
  const place = { area: "state", store_id: [], name: null, item_key: null, path: "", kind: "value" } as const;
  return { ...KEY, ...place, preview: "", ...more };
}

const LINE: TimelineLine = {
  ...{ place: 3, seq: 7, t: 1, kind: "command", root: KEY, store_id: [], summary: "increment" },
  ...{ size: 1, by: "page", command: null, confidence: null },
};

function setUp(answer: (query: Query) => View | null) {
  const clock = createClock();
  const text = signal("");
  const { signal: lifetime } = new AbortController();
  const host = createFakeHost(answer);
  const link = createLink({
    open: host.open,
    schedule: clock.schedule,
    delay: clock.delay,
    signal: lifetime,
  });
  const channels = [{ topic: "room:increments", state: "joined", kind: "plain" }] as const;
  const roots = [root("Demo.CounterStore:c1", { module: "Demo.CounterStore" })];
  const seen = signal<OverviewView | null>(overview([connection(1, { roots, channels })]));
  const search = createSearch({ link, overview: seen, lifetime }, text, clock.delay);
  host.attach();
  const asked = (): readonly string[] => host.watched().map(({ kind }) => kind);
  return {
    ...{ clock, text, search, asked },
    found: () =>
      search.groups.value.map(({ group, results }) => [group, ...results.map(({ label }) => label)]),
    settle() {
      clock.pass(150);
      clock.frame();
    },
  };
}

function answer(query: Query): View | null {
  if (query.kind === "ask") {
    const hits = [hit({ path: "/incremented", kind: "key", preview: "incremented" })];
    return { kind: "answer", answer: { kind: "search", hits, more: false } };
  }
  if (query.kind !== "timeline") return null;
  const view = { from: 0, total: 1, forgotten: 0, located: null, left: 0, fault: null };
  return { kind: "timeline", rows: [LINE], ...view };
}

describe("the search", () => {
  it("finds names at once, and what the host finds when nothing is typed for a while", () => {
    const { text, found, settle, search } = setUp(answer);
    text.value = "increment";
    expect(found()).toEqual([["names", "room:increments"]]);
    expect(search.isSearching.value).toBe(true);
    settle();
    expect(found()).toEqual([
      ["names", "room:increments"],
      ["values", "incremented"],
      ["entries", "increment"],
    ]);
    expect(search.isSearching.value).toBe(false);
  });

  it("asks nothing for a text that is found everywhere", () => {
    const { text, asked, settle, found } = setUp(answer);
    text.value = "i ";
    settle();
    expect([asked(), found()]).toEqual([[], []]);
  });

  it("asks for the newest text alone, and forgets what another one found", () => {
    const { text, asked, found, clock, settle } = setUp(answer);
    text.value = "incr";
    clock.pass(100);
    text.value = "incre";
    clock.pass(100);
    expect(asked()).toEqual([]);
    settle();
    expect(found()).toHaveLength(3);
    text.value = "xyz";
    expect([asked(), found()]).toEqual([[], []]);
  });
});

describe("what the engine found", () => {
  it("is shown where the state of its store has it", () => {
    const hits = [
      hit({ store_id: ["cart"], path: "/note", preview: "tea" }),
      hit({ area: "streams", name: "rows", item_key: "rows/1", path: "/text", preview: "tea" }),
      hit({ area: "assigns", path: "/assigns/tea", kind: "key", preview: "tea" }),
      hit({ area: "assigns", path: "/module", preview: "tea" }),
    ];
    expect(toValues(hits).map(({ place }) => place)).toEqual([
      { kind: "store", root: KEY, store_id: ["cart"], path: "/note", within: "state" },
      { kind: "store", root: KEY, store_id: [], path: "/rows/rows~11/text", within: "state" },
      { kind: "store", root: KEY, store_id: [], path: "/tea", within: "assigns" },
      { kind: "store", root: KEY, store_id: [] },
    ]);
  });

  it("is a store once, by its own name and not by those around it", () => {
    const part = (at: number) =>
      hit({ store_id: ["cart", "tea"], path: `/__musubi_store_id__/${at}`, preview: "tea" });
    expect(toValues([part(0), part(1), part(1)])).toMatchObject([
      { kind: "store", place: { kind: "store", store_id: ["cart", "tea"] } },
    ]);
  });
});
