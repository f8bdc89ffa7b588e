import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import type { Answer } from "../../src/engine/ask/answer";
import { createActions } from "../../src/panel/model/actions";
import { createLink } from "../../src/panel/model/link";
import { createPassingMemory } from "../../src/panel/model/memory";
import type { Place } from "../../src/panel/model/place";
import { createStoreDetail } from "../../src/panel/model/store-detail";
import type { Selection } from "../../src/panel/model/store-key";
import { createStoreTabs, STORE_TABS } from "../../src/panel/model/store-tabs";
import { HISTORY_STEP } from "../../src/panel/model/value-history";
import type { Json } from "../../src/wire/json";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { overview, root } from "../support/panel-views";

const CART = root("cart").key;
const ROOT: Selection = { kind: "store", root: CART, store_id: [] };

function setUp(memory = createPassingMemory()) {
  const clock = createClock();
  let value: Json = { count: 1, other: { deep: 1 } };
  let render = 5;
  const host = createFakeHost((query: Query): View | null => {
    if (query.kind === "store") {
      const { root, store_id } = query;
      return { kind: "store", root, store_id, version: 1, value, streams: [], uploads: [] };
    }
    return query.kind === "ask" ? { kind: "answer", answer: answerTo(query, render) } : null;
  });
  const { signal: lifetime } = new AbortController();
  const link = createLink({ ...clock, open: host.open, signal: lifetime });
  const selection = signal<Selection | null>(ROOT);
  const isShown = signal(true);
  const view = signal(overview([]));
  const detail = createStoreDetail(link, { selection, session: signal("1") }, isShown, lifetime);
  const actions = createActions();
  const places: Place[] = [];
  const goTo = (place: Place): void => void places.push(place);
  const deps = { link, memory, overview: view, actions, goTo, lifetime };
  const tabs = createStoreTabs(deps, { selection, detail }, isShown);
  host.attach();
  clock.frame();
  return {
    ...{ actions, clock, detail, host, isShown, memory, places, selection, tabs },
    asked: () =>
      host
        .watched()
        .filter(({ kind }) => kind !== "store")
        .map((query) =>
          query.kind === "log" ? query.what : query.kind === "ask" ? kindOf(query) : query.kind,
        ),
    /** How often the history was asked for. */
    histories: () =>
      host.received.filter((sent) => sent.kind === "watch" && kindOf(sent.query) === "history").length,
    change(next: Json) {
      value = next;
      host.update();
      clock.frame();
    },
    renderAgain() {
      render++;
      host.update();
      clock.frame();
    },
  };
}

function kindOf(query: Query): Json {
  const question = query.kind === "ask" ? query.question : null;
  return typeof question === "object" && question !== null && "kind" in question ? question.kind : null;
}

function answerTo(query: Query, render: number): Answer {
  if (kindOf(query) === "assigns") {
    const told = {
      ...{ seq: render, t: 1, epoch: 1, version: 1, cause: null, us: null },
      ...{ changed: ["qty"], removed: [] },
    };
    return { kind: "assigns", module: "Cart", assigns: { qty: render }, renders: [told] };
  }
  return { kind: "history", values: [], end: "beginning" };
}

describe("the sides of a store", () => {
  it("ask for what they show, one at a time, and only while they are shown", () => {
    const { asked, isShown, tabs } = setUp();
    const seen = STORE_TABS.map((tab) => {
      tabs.choose(tab);
      return asked();
    });
    expect(seen).toEqual([[], ["changes"], ["assigns"], ["events"], ["commands"], []]);
    tabs.choose("commands");
    isShown.value = false;
    expect(asked()).toEqual([]);
  });

  it("ask for the store's state where they show it, and nowhere else", () => {
    const { host, tabs } = setUp();
    const asking = STORE_TABS.filter((tab) => {
      tabs.choose(tab);
      return host.watched().some(({ kind }) => kind === "store");
    });
    expect(asking).toEqual(["state", "raw"]);
  });

  it("are remembered", () => {
    const { memory, tabs } = setUp();
    expect(tabs.tab.value).toBe("state");
    tabs.choose("events");
    expect(setUp(memory).tabs.tab.value).toBe("events");
    memory.write("store-tab", { no: "tab" });
    expect(setUp(memory).tabs.tab.value).toBe("state");
  });

  it("can each be gone to by an action, while a store is chosen", () => {
    const { actions, places, selection, tabs } = setUp();
    const commands = actions.all.value.find(({ id }) => id === "store.commands");
    expect(commands?.isPossible()).toBe(true);
    commands?.run();
    expect([tabs.tab.value, places]).toEqual(["commands", [ROOT]]);
    selection.value = { kind: "connection", connection: 1 };
    expect(commands?.isPossible()).toBe(false);
  });

  it("show nothing of another store than the chosen one", () => {
    const { clock, selection, tabs } = setUp();
    tabs.choose("assigns");
    clock.frame();
    expect(tabs.assigns.answered.value).toMatchObject({ ok: true, answer: { assigns: { qty: 5 } } });
    selection.value = { ...ROOT, store_id: ["lines"] };
    expect(tabs.assigns.answered.value).toBeNull();
    clock.frame();
    expect(tabs.assigns.answered.value).toMatchObject({ ok: true });
  });
});

describe("a value that a person is led to", () => {
  it("is shown in the state, with all around it unfolded", () => {
    const { clock, detail, tabs } = setUp();
    tabs.choose("raw");
    tabs.showValue("/other/deep");
    clock.frame();
    expect([tabs.tab.value, detail.unfolding.chosen.value]).toEqual(["state", "/other/deep"]);
    expect([...detail.unfolding.state.value.open]).toEqual([
      ["", true],
      ["/other", true],
    ]);
  });

  it("waits for its store, and is none of the next one's", () => {
    const { clock, detail, selection, tabs } = setUp();
    selection.value = { ...ROOT, store_id: ["lines"] };
    tabs.showValue("/other");
    expect(detail.unfolding.chosen.value).toBeNull();
    clock.frame();
    expect(detail.unfolding.chosen.value).toBe("/other");
    selection.value = ROOT;
    clock.frame();
    expect(detail.unfolding.chosen.value).toBeNull();
  });

  it("is forgotten where its store was left before it came", () => {
    const { clock, detail, selection, tabs } = setUp();
    selection.value = { ...ROOT, store_id: ["lines"] };
    tabs.showValue("/other");
    selection.value = ROOT;
    clock.frame();
    selection.value = { ...ROOT, store_id: ["lines"] };
    clock.frame();
    expect(detail.unfolding.chosen.value).toBeNull();
  });
});

describe("the history of a value", () => {
  it("is asked for when it is opened, and for more when a person wants more", () => {
    const { asked, clock, host, tabs } = setUp();
    expect(asked()).toEqual([]);
    tabs.openHistory("state", "/count");
    const target = { what: "field", store_id: [], path: "/count" };
    const question = { kind: "history", root: CART, target, count: HISTORY_STEP };
    expect(host.watched()).toContainEqual({ kind: "ask", question, once: true });
    clock.frame();
    expect(tabs.history.answered.value).toMatchObject({ ok: true, answer: { values: [] } });
    tabs.history.showMore();
    expect(tabs.history.answered.value).not.toBeNull();
    const more = { ...question, count: 2 * HISTORY_STEP };
    expect(host.watched()).toContainEqual({ kind: "ask", question: more, once: true });
    tabs.history.close();
    expect([asked(), tabs.history.answered.value]).toEqual([[], null]);
  });

  it("is asked for again when the value has changed, and not for another one", () => {
    const { change, histories, tabs } = setUp();
    tabs.openHistory("state", "/other/deep");
    expect(histories()).toBe(1);
    change({ count: 2, other: { deep: 1 } });
    expect(histories()).toBe(1);
    change({ count: 2, other: { deep: 2 } });
    expect(histories()).toBe(2);
    change({ count: 2, other: 7 });
    expect(histories()).toBe(3);
  });

  it("is asked for again after a render that changed the assign", () => {
    const { clock, histories, renderAgain, tabs } = setUp();
    tabs.choose("assigns");
    clock.frame();
    tabs.openHistory("assigns", "/qty");
    tabs.openHistory("assigns", "/qty");
    expect(histories()).toBe(1);
    renderAgain();
    expect(histories()).toBe(2);
  });

  it("rests while another side is shown, and ends with the store", () => {
    const { asked, selection, tabs } = setUp();
    tabs.openHistory("state", "/count");
    tabs.choose("raw");
    expect(asked()).toEqual([]);
    tabs.choose("state");
    expect(asked()).toEqual(["history"]);
    selection.value = { ...ROOT, store_id: ["lines"] };
    expect([asked(), tabs.history.subject.value]).toEqual([[], null]);
  });
});
