import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Position } from "../../src/bridge/moment";
import type { OverviewView, Query, View } from "../../src/bridge/view";
import { createActions } from "../../src/panel/model/actions";
import { createCompare } from "../../src/panel/model/compare";
import { createLink } from "../../src/panel/model/link";
import { createPassingMemory, type Memory } from "../../src/panel/model/memory";
import { createClock } from "../support/clock";
import { fakeAnswer } from "../support/fake-answer";
import { createFakeHost } from "../support/fake-host";
import { connection, overview, root } from "../support/panel-views";

const last = (seq: number) => ({ seq, t: seq, command: null });
const NEW = root("new", { status: "mounting" });
const CART = root("cart", { last_envelope: last(96) });
const COUNTER = root("Demo.CounterStore:c1", { last_envelope: last(90) });

function setUp({ memory = createPassingMemory() }: { readonly memory?: Memory } = {}) {
  const clock = createClock();
  const { signal: lifetime } = new AbortController();
  const host = createFakeHost((query): View | null =>
    query.kind === "ask" ? fakeAnswer(query, 100, 17) : null,
  );
  const link = createLink({
    open: host.open,
    schedule: clock.schedule,
    delay: clock.delay,
    signal: lifetime,
  });
  const seen = signal<OverviewView | null>(overview([connection(1, { roots: [NEW, CART, COUNTER] })]));
  const at = signal<Position | null>(null);
  const isShown = signal(true);
  const actions = createActions();
  const compare = createCompare({ link, overview: seen, moment: { at }, memory, actions, lifetime }, isShown);
  host.attach();
  const settle = (): void => {
    for (let frame = 0; frame < 5; frame++) clock.frame();
  };
  settle();
  const asked = (): readonly unknown[] =>
    host.watched().flatMap((query: Query) => (query.kind === "ask" ? [query.question] : []));
  const moments = (): readonly unknown[] => [
    compare.root.value?.root_id,
    compare.from.value,
    compare.to.value,
  ];
  return { compare, settle, asked, moments, at, isShown, seen };
}

describe("the comparison of two moments", () => {
  it("begins with what the last envelope of the first root that has one changed", () => {
    const { moments, asked, compare } = setUp();
    expect(moments()).toEqual(["cart", 95, 96]);
    expect(asked()).toContainEqual({ kind: "compare", root: CART.key, from_seq: 95, to_seq: 96 });
    expect(compare.result.value).toMatchObject({ from: 95, to: 96, answered: { ok: true } });
  });

  it("goes from the moment that the panel shows", () => {
    const { compare, at, settle, moments } = setUp();
    at.value = { seq: 50, t: 1, newest: 96, newest_t: 2 };
    compare.compareLast();
    settle();
    expect(moments()).toEqual(["cart", 47, 50]);
    compare.setPresent("from");
    expect(moments()).toEqual(["cart", 50, 50]);
  });

  it("is from before everything where there is no envelope before", () => {
    const { compare, settle, moments } = setUp();
    compare.set("to", 2);
    compare.setPrevious("from");
    settle();
    expect(moments()).toEqual(["cart", 0, 2]);
  });

  it("is turned round", () => {
    const { compare, moments } = setUp();
    compare.swap();
    expect(moments()).toEqual(["cart", 96, 95]);
  });

  it("begins anew for another root", () => {
    const { compare, settle, moments } = setUp();
    compare.chooseRoot(COUNTER.key);
    settle();
    expect(moments()).toEqual(["Demo.CounterStore:c1", 89, 90]);
  });

  it("shows two moments that somebody else has chosen", () => {
    const { compare, settle, moments } = setUp();
    compare.setPrevious("from");
    compare.show(COUNTER.key, 3, 9);
    settle();
    expect(moments()).toEqual(["Demo.CounterStore:c1", 3, 9]);
    expect(compare.result.value?.answered).toMatchObject({ ok: true, answer: { stores: [{}, {}] } });
  });

  it("asks nothing while it is not shown", () => {
    const { compare, isShown, asked } = setUp();
    isShown.value = false;
    compare.show(COUNTER.key, 3, 9);
    expect(asked().some((question) => JSON.stringify(question).includes('"compare"'))).toBe(false);
  });

  it("forgets the moments of another session", () => {
    const { compare, seen, settle } = setUp();
    compare.show(COUNTER.key, 3, 9);
    seen.value = overview([], "2");
    settle();
    expect([compare.root.value, compare.from.value, compare.result.value]).toEqual([null, null, null]);
  });

  it("keeps how it is laid out", () => {
    const memory = createPassingMemory();
    setUp({ memory }).compare.setLayout("beside");
    expect(setUp({ memory }).compare.layout.value).toBe("beside");
  });

  it("lists the envelopes of the root while a side is chosen", () => {
    const { compare } = setUp();
    expect(compare.versions.window.value).toBeNull();
    compare.setChoosing("from");
    expect(compare.choosing.value).toBe("from");
    compare.set("from", 4);
    expect(compare.choosing.value).toBeNull();
  });
});
