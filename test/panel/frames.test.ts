import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { OverviewView, Query, View } from "../../src/bridge/view";
import { createFrames } from "../../src/panel/model/frames";
import { createLink } from "../../src/panel/model/link";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { overview, row } from "../support/panel-views";

/** Every tenth event is a heartbeat. */
function setUp(events = 1_000) {
  const clock = createClock();
  const session = signal<OverviewView | null>(overview([], "1"));
  const isShown = signal(true);
  const host = createFakeHost((query): View | null => answer(query, events));
  const { signal: lifetime } = new AbortController();
  const link = createLink({
    open: host.open,
    schedule: clock.schedule,
    delay: clock.delay,
    signal: lifetime,
  });
  const frames = createFrames(link, session, isShown, lifetime);
  host.attach();
  clock.frame();
  return {
    ...{ frames, clock, session, isShown },
    asked: (kind: Query["kind"]) => host.watched().find((query) => query.kind === kind),
    settle() {
      for (let frame = 0; frame < 30; frame++) clock.frame();
    },
  };
}

function answer(query: Query, events: number): View | null {
  if (query.kind === "event") {
    const plain = {
      raw: "",
      encoding: "text",
      raw_length: 0,
      payload: null,
      pair: null,
      problems: [],
    } as const;
    return { kind: "event", seq: query.seq, row: row(query.seq), ...plain };
  }
  if (query.kind !== "rows") return null;
  const { text, heartbeats } = query.filter;
  const rows = Array.from({ length: events }, (_, index) => row(index + 1)).filter(
    ({ seq }) => (heartbeats || seq % 10 !== 0) && String(seq).includes(text),
  );
  const from = query.from === "end" ? Math.max(0, rows.length - query.count) : query.from;
  return { kind: "rows", from, total: rows.length, rows: rows.slice(from, from + query.count) };
}

describe("the list of frames", () => {
  it("follows the end, without heartbeats, at first", () => {
    const { asked, frames } = setUp();
    expect(asked("rows")).toMatchObject({ from: "end", filter: { text: "", heartbeats: false } });
    expect(frames.window.value?.rows.at(-1)?.seq).toBe(999);
  });

  it("asks for the window that is seen once it does not follow", () => {
    const { asked, frames } = setUp();
    frames.follow(false);
    frames.see({ first: 400, count: 30 });
    expect(asked("rows")).toMatchObject({ from: 300, count: 250 });
  });

  it("asks nothing while it is not shown, and keeps what it has", () => {
    const { asked, frames, isShown } = setUp();
    isShown.value = false;
    expect(asked("rows")).toBeUndefined();
    expect(frames.window.value).not.toBeNull();
    isShown.value = true;
    expect(asked("rows")).toBeDefined();
  });

  it("stops following when an event is chosen, and asks for it", () => {
    const { asked, clock, frames } = setUp();
    frames.choice.moveTo(899);
    expect(frames.choice.chosen.value).toEqual({ seq: 999, row: 899 });
    expect(frames.following.value).toBe(false);
    expect(asked("event")).toEqual({ kind: "event", seq: 999 });
    clock.frame();
    expect(frames.choice.event.value?.seq).toBe(999);
  });

  it("chooses a row when its window comes", () => {
    const { clock, frames } = setUp();
    frames.choice.moveTo(0);
    expect(frames.choice.row.value).toBe(0);
    expect(frames.choice.chosen.value).toBeNull();
    frames.see({ first: 0, count: 30 });
    clock.frame();
    expect(frames.choice.chosen.value).toEqual({ seq: 1, row: 0 });
  });

  it("goes on following, where that is wanted, and finds the chosen event again under another filter", () => {
    const { frames, settle } = setUp();
    frames.choice.moveTo(899);
    frames.follow(true);
    frames.setFilter({ text: "9", heartbeats: true });
    settle();
    expect(frames.following.value).toBe(true);
    expect(frames.choice.chosen.value).toEqual({ seq: 999, row: 270 });
    frames.setFilter({ text: "1", heartbeats: true });
    settle();
    expect(frames.choice.chosen.value).toEqual({ seq: 999, row: null });
  });

  it("finds the row of an event that is jumped to", () => {
    const { frames, settle } = setUp();
    frames.choice.jump(501);
    expect(frames.choice.chosen.value).toEqual({ seq: 501, row: null });
    settle();
    expect(frames.choice.chosen.value).toEqual({ seq: 501, row: 450 });
    expect(frames.filter.value.heartbeats).toBe(false);
  });

  it("drops the filter for an event that it leaves out", () => {
    const { frames, settle } = setUp();
    frames.setFilter({ text: "77", heartbeats: false });
    frames.choice.jump(500);
    settle();
    expect(frames.filter.value).toEqual({ text: "", heartbeats: true });
    expect(frames.choice.chosen.value).toEqual({ seq: 500, row: 499 });
  });

  it("leaves the choice to a person who chooses while a row is looked for", () => {
    const { frames, settle } = setUp();
    frames.choice.jump(501);
    frames.choice.select({ seq: 5, row: 4 });
    settle();
    expect(frames.choice.chosen.value).toEqual({ seq: 5, row: 4 });
  });

  it("gives up on an event that is nowhere, and stays usable", () => {
    const { frames, settle } = setUp();
    frames.choice.jump(5_000);
    settle();
    expect(frames.choice.chosen.value).toEqual({ seq: 5_000, row: null });
    frames.choice.select(null);
    expect(frames.choice.event.value).toBeNull();
  });

  it("forgets the chosen event when another session begins", () => {
    const { frames, session } = setUp();
    frames.choice.select({ seq: 5, row: 4 });
    session.value = overview([], "1");
    expect(frames.choice.chosen.value).not.toBeNull();
    session.value = overview([], "2");
    expect(frames.choice.chosen.value).toBeNull();
    expect(frames.following.value).toBe(true);
  });
});
