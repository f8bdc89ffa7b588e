import { setMaxListeners } from "node:events";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { TimelineQuery, TimelineView } from "../../src/bridge/timeline-view";
import type { Query, View } from "../../src/bridge/view";
import { createPassingMemory } from "../../src/panel/model/memory";
import { createPanel } from "../../src/panel/model/panel";
import { FIRST_FILTER } from "../../src/panel/model/timeline-filter";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { createFakeSession, type FakeSession } from "../support/fake-session";

type Change = (query: Query, view: View | null) => View | null;

/** A panel that shows the timeline of a made-up session. */
function setUp({
  events = 897,
  memory = createPassingMemory(),
  change = (_, view) => view,
}: {
  readonly events?: number;
  readonly memory?: ReturnType<typeof createPassingMemory>;
  readonly change?: Change;
} = {}) {
  const clock = createClock();
  const { signal: lifetime } = new AbortController();
  // Each part of a panel ends with it.
  setMaxListeners(0, lifetime);
  const session = createFakeSession({ events, hasPast: true });
  const host = createFakeHost((query, shown) => change(query, session.answer(query, shown)));
  const panel = createPanel({
    ...{ open: host.open, schedule: clock.schedule, delay: clock.delay, memory },
    access: { url: signal(null), request: null, reload: () => undefined },
    signal: lifetime,
  });
  host.attach();
  clock.frame();
  panel.panes.show("timeline");
  clock.frame();
  const { timeline } = panel;
  return {
    ...{ panel, timeline, clock, host, memory },
    asked: <Kind extends Query["kind"]>(kind: Kind) =>
      host.watched().find((query): query is Extract<Query, { kind: Kind }> => query.kind === kind),
    /** The chart's, and that of the scrubber. */
    rates: () => host.watched().filter(({ kind }) => kind === "rates"),
    settle() {
      for (let frame = 0; frame < 40; frame++) clock.frame();
    },
    session,
  };
}

const view = (timeline: { readonly window: { readonly value: TimelineView | null } }): TimelineView => {
  if (timeline.window.value === null) throw new Error("no window came");
  return timeline.window.value;
};

const kindsOf = ({ choice }: TimelineQuery): readonly string[] => choice.kinds ?? [];

describe("the timeline", () => {
  it("follows its end, without heartbeats, at first", () => {
    const { asked, timeline } = setUp();
    expect(asked("timeline")).toMatchObject({ from: "end", choice: { root: null, text: "" } });
    expect(view(timeline).rows.at(-1)?.seq).toBe(897);
    expect(view(timeline).rows.some(({ kind }) => kind === "heartbeat")).toBe(false);
  });

  it("asks for the window that is seen once it does not follow", () => {
    const { asked, timeline } = setUp();
    timeline.follow(false);
    timeline.see({ first: 400, count: 30 });
    expect(asked("timeline")).toMatchObject({ from: 300, count: 250 });
  });

  it("asks for nothing while another view is shown, and keeps what it has", () => {
    const { asked, panel, timeline } = setUp();
    timeline.choice.moveTo(850);
    panel.panes.show("frames");
    expect(asked("timeline")).toBeUndefined();
    expect(asked("entry")).toBeUndefined();
    expect(timeline.window.value).not.toBeNull();
  });

  it("shows heartbeats when they are asked for, and leaves out what is not", () => {
    const { asked, clock, timeline } = setUp();
    timeline.setFilter({ ...FIRST_FILTER, hidden: ["push"] });
    clock.frame();
    const query = asked("timeline");
    expect(query !== undefined && kindsOf(query)).toContain("heartbeat");
    const kinds = new Set(view(timeline).rows.map(({ kind }) => kind));
    expect([kinds.has("heartbeat"), kinds.has("push")]).toEqual([true, false]);
  });

  it("keeps the filter for the next time, and clears it", () => {
    const { memory, timeline } = setUp();
    timeline.setFilter({ ...FIRST_FILTER, text: "cart", hidden: ["push"] });
    const next = setUp({ memory });
    expect(next.timeline.filter.value).toMatchObject({ text: "cart", hidden: ["push"] });
    next.timeline.clearFilter();
    expect(setUp({ memory }).timeline.filter.value).toEqual(FIRST_FILTER);
  });

  it("offers the entries of the store that is chosen among the stores", () => {
    const { clock, panel, timeline } = setUp();
    panel.stores.select({ kind: "store", root: CART, store_id: ["cart", "lines", "l2"] });
    expect(timeline.offered.value).toMatchObject({ root: CART, store_id: ["cart", "lines", "l2"] });
    timeline.setFilter({ ...FIRST_FILTER, root: CART, store_id: ["cart", "lines", "l2"] });
    clock.frame();
    expect(view(timeline).total).toBeGreaterThan(0);
    expect(view(timeline).rows.every(({ store_id }) => store_id?.at(-1) === "l2")).toBe(true);
  });
});

describe("the chosen entry", () => {
  it("stays where it is: the list does not follow any more", () => {
    const { asked, clock, timeline } = setUp();
    timeline.choice.moveTo(view(timeline).total - 1);
    expect(timeline.choice.chosen.value).toMatchObject({ seq: 897 });
    expect(timeline.following.value).toBe(false);
    expect(asked("entry")).toEqual({ kind: "entry", seq: 897 });
    clock.frame();
    expect(timeline.choice.entry.value?.links.command?.seq).toBe(895);
  });

  it("is one of the entries of its event", () => {
    const { settle, timeline } = setUp();
    timeline.choice.jump(855);
    settle();
    const row = timeline.choice.row.value ?? 0;
    timeline.see({ first: row - 10, count: 30 });
    settle();
    const entries = timeline.choice.entry.value?.entries ?? [];
    expect(entries.map(({ kind }) => kind)).toEqual(["envelope", "event"]);
    expect(timeline.choice.chosen.value?.place).toBe(entries[0]?.place);
    timeline.choice.select({ seq: 855, place: entries[1]?.place ?? null, row: null });
    expect(timeline.choice.row.value).toBe(row + 1);
  });

  it("is found where the timeline is led to it, and scrolled to", () => {
    const { panel, settle, timeline } = setUp({ events: 5_000 });
    panel.panes.show("stores");
    panel.goTo({ kind: "event", seq: 1_234, in: "timeline" });
    settle();
    const row = timeline.choice.row.value ?? -1;
    expect(panel.panes.main.value).toBe("timeline");
    expect(timeline.revealed.value).toBe(row);
    timeline.see({ first: row - 10, count: 30 });
    settle();
    expect(view(timeline).rows[row - view(timeline).from]?.seq).toBe(1_234);
    expect(timeline.choice.chosen.value?.place).not.toBeNull();
  });

  it("shows although the filter leaves it out, and what is kept stays as it was", () => {
    const { memory, settle, timeline } = setUp();
    timeline.setFilter({ ...FIRST_FILTER, text: "heartbeat" });
    timeline.choice.jump(500);
    settle();
    expect(timeline.filter.value).toMatchObject({ text: "", hidden: [] });
    expect(timeline.choice.row.value).not.toBeNull();
    expect(memory.read("timeline.filter")).toMatchObject({ text: "heartbeat" });
  });

  it("has another row, or none, under another filter", () => {
    const { settle, timeline } = setUp();
    timeline.choice.jump(500);
    settle();
    const before = timeline.choice.row.value;
    timeline.setFilter({ ...FIRST_FILTER, hidden: ["heartbeat", "push"] });
    settle();
    expect(timeline.choice.chosen.value?.seq).toBe(500);
    expect(timeline.choice.row.value).toBeLessThan(before ?? 0);
    timeline.setFilter({ ...FIRST_FILTER, text: "nothing like it" });
    settle();
    expect(timeline.choice.chosen.value).toEqual({ seq: 500, place: null, row: null });
  });

  it("is the same of several entries of its event under another filter", () => {
    const { settle, timeline } = setUp();
    timeline.choice.jump(855);
    settle();
    const row = timeline.choice.row.value ?? 0;
    timeline.see({ first: row - 10, count: 30 });
    settle();
    const place = timeline.choice.entry.value?.entries[1]?.place ?? null;
    timeline.choice.select({ seq: 855, place, row: row + 1 });
    timeline.setFilter({ ...FIRST_FILTER, hidden: [] });
    settle();
    timeline.see({ first: timeline.choice.row.value ?? 0, count: 30 });
    settle();
    expect(timeline.choice.chosen.value?.place).toBe(place);
    const line = view(timeline).rows[(timeline.choice.row.value ?? 0) - view(timeline).from];
    expect(line?.place).toBe(place);
    timeline.setFilter({ ...FIRST_FILTER, text: "nothing like it" });
    settle();
    expect(timeline.choice.chosen.value).toEqual({ seq: 855, place, row: null });
  });

  it("is looked for no longer than it is shown, and again when it is", () => {
    let left = 400;
    const { host, panel, settle, timeline } = setUp({
      change: (query, answer) =>
        query.kind === "timeline" && query.locate !== null && answer?.kind === "timeline" && left > 0
          ? { ...answer, located: null, left }
          : answer,
    });
    const isSought = () => host.watched().some((query) => query.kind === "timeline" && query.locate !== null);
    timeline.choice.jump(500);
    expect(isSought()).toBe(true);
    panel.panes.show("frames");
    expect(isSought()).toBe(false);
    left = 0;
    panel.panes.show("timeline");
    settle();
    expect(timeline.choice.row.value).not.toBeNull();
  });

  it("waits for a host that has not looked through everything yet", () => {
    let left = 400;
    const { host, settle, timeline } = setUp({
      change: (query, answer) =>
        query.kind === "timeline" && query.locate !== null && answer?.kind === "timeline" && left > 0
          ? { ...answer, located: null, left }
          : answer,
    });
    timeline.choice.jump(500);
    settle();
    expect(timeline.choice.row.value).toBeNull();
    left = 0;
    host.update();
    settle();
    expect(timeline.choice.row.value).not.toBeNull();
    expect(timeline.filter.value).toEqual(FIRST_FILTER);
  });

  it("keeps its place while older entries are still found, which move its row", () => {
    let unseen = 300;
    const session = createFakeSession({ events: 897 });
    const { host, settle, timeline } = setUp({
      change: (query, answer) => (query.kind === "timeline" ? withoutOldest(session, query, unseen) : answer),
    });
    timeline.choice.jump(855);
    settle();
    const row = timeline.choice.row.value ?? 0;
    timeline.see({ first: row - 10, count: 30 });
    settle();
    const place = timeline.choice.chosen.value?.place;
    expect(place).not.toBeNull();
    unseen = 0;
    host.update();
    settle();
    timeline.see({ first: row + 290, count: 30 });
    settle();
    expect(timeline.choice.chosen.value).toEqual({ seq: 855, place, row: row + 300 });
  });

  it("moves with the rows, and nothing else does, when older ones are let go", () => {
    let gone = 0;
    const session = createFakeSession({ events: 897 });
    const { host, settle, timeline } = setUp({
      change: (query, answer) => (query.kind === "timeline" ? withoutOldest(session, query, gone) : answer),
    });
    timeline.choice.jump(855);
    settle();
    const row = timeline.choice.row.value ?? 0;
    timeline.see({ first: row - 10, count: 30 });
    settle();
    const letGo = (rows: number) => {
      gone = rows;
      host.update();
      settle();
    };
    letGo(5);
    expect([timeline.choice.row.value, timeline.revealed.value]).toEqual([row - 5, row - 5]);
    timeline.see({ first: row - 100, count: 30 });
    letGo(8);
    expect([timeline.choice.row.value, timeline.revealed.value]).toEqual([row - 8, row - 5]);
    timeline.follow(true);
    letGo(12);
    expect([timeline.choice.row.value, timeline.following.value]).toEqual([row - 12, true]);
  });

  it("is none of another session", () => {
    const { host, panel, settle, timeline } = setUp();
    timeline.choice.jump(40);
    timeline.strip.show({ from: 100, to: 300 });
    settle();
    panel.capture.show("1");
    host.update();
    settle();
    expect(timeline.choice.chosen.value).toBeNull();
    expect(timeline.following.value).toBe(true);
    expect(timeline.strip.isZoomed.value).toBe(false);
  });
});

describe("the chart over the timeline", () => {
  it("shows the whole session, and what comes", () => {
    const { host, rates, session, settle, timeline } = setUp();
    timeline.strip.resize(1_000);
    settle();
    expect(rates()).toContainEqual({ kind: "rates", from_t: 13.7, to_t: "end", buckets: 200 });
    const before = timeline.strip.range.value.to;
    session.tick();
    host.update();
    settle();
    expect(timeline.strip.range.value.to).toBeGreaterThan(before);
  });

  it("stays at a range that was brushed, and the list begins there", () => {
    const { rates, settle, timeline } = setUp({ events: 5_000 });
    settle();
    timeline.showRange({ from: 10_000, to: 20_000 });
    expect(rates()).toContainEqual(expect.objectContaining({ from_t: 10_000, to_t: 20_000 }));
    settle();
    expect(timeline.following.value).toBe(false);
    const row = timeline.revealed.value ?? -1;
    timeline.see({ first: Math.max(0, row - 30), count: 60 });
    settle();
    const first = view(timeline).rows.findIndex(({ t }) => t >= 10_000) + view(timeline).from;
    expect(Math.abs(row - first)).toBeLessThanOrEqual(30);
    timeline.strip.reset();
    expect(timeline.strip.isZoomed.value).toBe(false);
  });

  it("shows all again when it is zoomed out that far", () => {
    const { settle, timeline } = setUp();
    settle();
    timeline.strip.zoom(0.5, 0.5);
    expect(timeline.strip.isZoomed.value).toBe(true);
    timeline.strip.zoom(4, 0.5);
    expect(timeline.strip.isZoomed.value).toBe(false);
  });
});

/** What a host gives that has not looked at the oldest entries yet. */
function withoutOldest(session: FakeSession, query: TimelineQuery, unseen: number): View | null {
  const from = query.from === "end" ? query.from : query.from + unseen;
  const whole = session.answer({ ...query, from }, null);
  if (whole?.kind !== "timeline") return null;
  const located = whole.located === null || whole.located < unseen ? null : whole.located - unseen;
  return { ...whole, from: whole.from - unseen, total: whole.total - unseen, located, left: unseen };
}

const CART = {
  ...{ connection: 1, topic: "musubi:connection:Shop.Stores.CartStore:u9:open" },
  root_id: "Shop.Stores.CartStore:u9:open",
};
