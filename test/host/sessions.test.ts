import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import type { OverviewView } from "../../src/bridge/view";
import { TOP_FRAME_MS } from "../../src/host/entrance";
import { WRITE_MS } from "../../src/host/keeper";
import { GONE_MS, RETURN_MS } from "../../src/host/pages";
import { type FakePanel, openInspectedTab } from "../support/inspected-tab";
import { createPageEvents } from "../support/page-events";

const FRAME = "http://localhost/frame";
const ALL = { kind: "rows", from: 0, count: 100, filter: { text: "", heartbeats: true } } as const;

describe("the sessions of a tab", () => {
  it("are the one that goes on and the one before, which a panel can look at", async () => {
    const { tab, panel, visit } = await open();
    visit("d1").record(...session("d1"));
    visit("d2").record(...session("d2"), createPageEvents(5_000).in("more"));
    await tab.pass(100);
    expect(overviewOf(panel)).toMatchObject({
      session: { id: "d2", isLive: true, events: 4, url: "http://localhost/d2" },
      past: { id: "d1", events: 3, url: "http://localhost/d1", title: "Demo" },
    });

    panel.show("d1");
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d1", isLive: false }, past: { id: "d1" } });
    expect(panel.last(2)).toMatchObject({ total: 3 });

    panel.show(null);
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d2", isLive: true } });
    expect(panel.last(2)).toMatchObject({ total: 4 });
  });

  it("are the same after the background was killed, and so is what a panel looks at", async () => {
    const { tab, panel, visit } = await open();
    const old = visit("d1");
    old.record(...session("d1"));
    visit("d2").record(...session("d2"));
    await tab.pass(0);
    panel.show("d1");
    await tab.pass(1_000);
    const seen = [panel.last(1), panel.last(2)];
    old.leave();
    for (let n = 0; n < 3; n++) {
      tab.kill();
      await tab.wake();
      await tab.pass(100);
      expect([panel.last(1), panel.last(2)]).toEqual(seen);
    }

    panel.show(null);
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d2", isLive: true }, past: { id: "d1" } });
  });

  it("are shown when they are back, the past one later than the one that goes on", async () => {
    const { tab, visit } = await open();
    const old = visit("d1");
    old.record(...session("d1"));
    visit("d2").record(...session("d2"));
    await tab.pass(1_000);
    old.leave();
    tab.kill();
    tab.disk.isSlow = true;
    await tab.wake();
    // Where they stood, and the events of the live one.
    for (let n = 0; n < 2; n++) {
      tab.disk.release();
      await tab.pass(0);
    }
    const [live, past] = [tab.panel(), tab.panel()];
    live.watch(1, { kind: "overview" });
    past.show("d1");
    past.watch(1, { kind: "overview" });
    expect(overviewOf(live)).toMatchObject({
      session: { id: "d2", events: 3 },
      past: { id: "d1", events: 3 },
    });
    expect(past.last(1)).toBeUndefined();

    tab.disk.isSlow = false;
    tab.disk.release();
    await tab.pass(0);
    expect(overviewOf(past)).toMatchObject({ session: { id: "d1", isLive: false, events: 3 } });
  });

  it("leave one panel where it is when another looks elsewhere", async () => {
    const { tab, panel, visit } = await open();
    visit("d1").record(...session("d1"));
    visit("d2").record(...session("d2"));
    const other = tab.panel();
    other.watch(1, { kind: "overview" });
    panel.show("d1");
    await tab.pass(100);

    expect(overviewOf(panel).session.id).toBe("d1");
    expect(overviewOf(other).session.id).toBe("d2");
  });

  it("take back to the live one a panel whose session was let go", async () => {
    const { tab, panel, visit } = await open();
    visit("d1").record(...session("d1"));
    visit("d2").record(...session("d2"));
    panel.show("d1");
    await tab.pass(1_000);
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d1", isLive: false } });
    visit("d3").record(...session("d3"));
    await tab.pass(1_000);

    expect(overviewOf(panel)).toMatchObject({ session: { id: "d3", isLive: true }, past: { id: "d2" } });
    expect([...tab.disk.sessions()].sort()).toEqual(["d2", "d3"]);
  });

  it("do not give up one that had sockets for one that had none", async () => {
    const { tab, panel, visit } = await open();
    visit("d1").record(...session("d1"));
    visit("d2").record(createPageEvents().page("load"));
    await tab.pass(1_000);
    visit("d3");
    await tab.pass(1_000);

    expect(overviewOf(panel)).toMatchObject({ session: { id: "d3" }, past: { id: "d1" } });
    expect(tab.disk.sessions()).toEqual(["d1"]);
  });

  it("take what is delivered late where it belongs", async () => {
    const { tab, panel, visit } = await open();
    const old = visit("d1");
    old.record(...session("d1"));
    visit("d2").record(...session("d2"));
    await tab.pass(0);
    old.record(createPageEvents(9_000).in("late"));
    await tab.pass(1_000);

    expect(overviewOf(panel)).toMatchObject({ session: { events: 3 }, past: { events: 4 } });
    tab.kill();
    await tab.wake();
    panel.show("d1");
    await tab.pass(100);
    expect(panel.last(2)).toMatchObject({ total: 4, rows: [{}, {}, {}, { summary: "late" }] });
  });

  it("go on with a page that comes out of the back-forward cache", async () => {
    const { tab, panel, visit } = await open();
    const first = visit("d1");
    first.record(...session("d1"));
    visit("d2").record(...session("d2"));
    first.record(createPageEvents(9_000).page("show", "http://localhost/d1"));
    first.connect();
    await tab.pass(100);

    expect(overviewOf(panel)).toMatchObject({
      session: { id: "d1", isLive: true, events: 4 },
      past: { id: "d2", events: 3 },
    });
  });

  it("keep one that goes on again whole while it is being read, though the limit was lowered meanwhile", async () => {
    const { tab, panel, visit } = await open({ maxJournalBytes: 4_000_000 });
    const first = visit("d1");
    first.record(...session("d1"));
    for (let n = 0; n < 3; n++) {
      first.record(createPageEvents(9_000 + n).in(large()));
      await tab.pass(1_000);
    }
    const second = visit("d2");
    second.record(...session("d2"));
    await tab.pass(1_000);
    first.leave();
    second.leave();
    tab.kill();
    tab.disk.isSlow = true;
    await tab.wake();
    // Where they stood, and the events of the live one; those of the one before are still being read.
    for (let n = 0; n < 2; n++) {
      tab.disk.release();
      await tab.pass(0);
    }
    first.connect();
    tab.host().configure({ ...DEFAULT_SETTINGS, maxJournalBytes: 1_000_000 });
    for (let n = 0; n < 3; n++) {
      await tab.pass(1_000);
      tab.disk.release();
    }
    tab.disk.isSlow = false;
    tab.disk.release();
    await tab.pass(1_000);

    expect(overviewOf(panel)).toMatchObject({ session: { id: "d1", events: 6 }, capture: { storage: null } });
    expect(tab.disk.chunks("d1")).toMatchObject([{ index: 2, first: 6 }]);
  });

  it("have a page's iframes in them, whichever says hello first", async () => {
    const { tab, panel, visit } = await open();
    visit("f1", FRAME).record(...session("f1"));
    visit("d1").record(...session("d1"));
    visit("f2", FRAME).record(...session("f2"));
    await tab.pass(100);

    expect(overviewOf(panel)).toMatchObject({
      session: { isLive: true },
      past: null,
      connections: [{ frame: FRAME }, { frame: null }, { frame: FRAME }],
    });
  });

  it("keep a page whose last words come after the page that takes its place", async () => {
    const { tab, panel, visit } = await open();
    const back = visit("d1");
    back.record(...session("d1"));
    await tab.pass(1_000);
    const [load, ...talk] = session("d2", 5_000);
    const left = visit("d2");
    if (load !== undefined) left.record(load);
    await tab.pass(1_000);
    left.leave();
    back.connect();
    await tab.pass(100);
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d1" }, past: null });

    await tab.host().takeLast("d2", { kind: "events", first: 2, events: talk });
    await tab.pass(100);
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d1" }, past: { id: "d2", events: 3 } });
  });

  it("tell with a gap of a page that ends without a word, once, and of no page that says so", async () => {
    const { tab, panel, visit } = await open();
    const gaps = () => rowsOf(panel).filter(({ type }) => type === "gap");
    const events = createPageEvents(5_000);
    const leave = async (page: { readonly leave: () => void }): Promise<void> => {
      await tab.pass(0);
      page.leave();
      await tab.pass(GONE_MS);
      await tab.pass(100);
    };
    const abrupt = visit("d1");
    abrupt.record(...session("d1"));
    await leave(abrupt);
    expect(gaps()).toMatchObject([{ summary: expect.stringContaining("without a word") }]);
    abrupt.connect();
    await leave(abrupt);
    expect(gaps()).toHaveLength(1);

    const polite = visit("d2");
    polite.record(...session("d2"), events.page("hide"));
    await leave(polite);
    const idle = visit("d3", FRAME);
    idle.record(events.page("load"));
    await leave(idle);
    expect(gaps()).toEqual([]);
  });

  it("keep a page whose last words come together with the page that takes its place", async () => {
    const { tab, panel, visit } = await open();
    const back = visit("d1");
    back.record(...session("d1"));
    await tab.pass(1_000);
    const left = visit("d2");
    const [load, ...talk] = session("d2", 5_000);
    if (load !== undefined) left.record(load);
    await tab.pass(1_000);
    left.leave();
    tab.kill();
    const woken = tab.wake();
    const last = tab.host().takeLast("d2", { kind: "events", first: 2, events: talk });
    await woken;
    await tab.pass(WRITE_MS);
    await last;
    await tab.pass(100);

    expect(overviewOf(panel)).toMatchObject({ session: { id: "d1" }, past: { id: "d2", events: 3 } });
  });

  it("tell so of a page that ended while nobody looked", async () => {
    const { tab, panel, visit } = await open({ preserveLog: true });
    const old = visit("d1");
    old.record(...session("d1"));
    await tab.pass(1_000);
    tab.kill();
    old.leave();
    await tab.wake();
    visit("d2").record(...session("d2", 9_000));
    await tab.pass(100);
    await tab.pass(RETURN_MS);
    await tab.pass(100);
    expect(rowsOf(panel).filter(({ type }) => type === "gap")).toHaveLength(1);
  });

  it("have the iframes of the page that is there now, though one is heard before it does and after a kill", async () => {
    const { tab, panel, visit } = await open();
    const old = visit("d1");
    old.record(...session("d1"));
    await tab.pass(1_000);
    old.leave();
    tab.kill();
    await tab.wake();
    const iframe = visit("f2", FRAME);
    iframe.record(...session("f2").slice(1));
    iframe.say({ otherSockets: true });
    await tab.pass(10);
    expect(iframe.heard()).toEqual([]);
    visit("d2").record(...session("d2"));
    await tab.pass(100);

    expect(overviewOf(panel)).toMatchObject({
      session: { id: "d2", url: "http://localhost/d2" },
      past: { id: "d1", events: 3 },
      connections: [{ frame: null }, { frame: FRAME }],
      capture: { otherSockets: true },
    });
  });

  it("begin anew with an iframe whose page is not watched, though the page before was", async () => {
    const { tab, panel, visit } = await open();
    const old = visit("d1");
    old.record(...session("d1"));
    await tab.pass(1_000);
    old.leave();
    const passing = visit("f1", FRAME);
    passing.leave();
    const iframe = visit("f2", FRAME);
    iframe.record(...session("f2").slice(1));
    await tab.pass(TOP_FRAME_MS);
    await tab.pass(100);
    expect(overviewOf(panel)).toMatchObject({
      session: { isLive: true, url: null, events: 2 },
      past: { id: "d1", url: "http://localhost/d1" },
      connections: [{ frame: FRAME }],
    });

    // Others of that page need not wait.
    visit("f3", FRAME).record(...session("f3").slice(1));
    await tab.pass(100);
    expect(overviewOf(panel).connections).toHaveLength(2);
  });
});

describe("a log that is preserved", () => {
  it("goes on over pages, whose sockets and times it keeps apart", async () => {
    const { tab, panel, visit } = await open({ preserveLog: true });
    visit("d1").record(...session("d1", 1_000));
    visit("d2").record(...session("d2", 2_000));
    await tab.pass(100);

    expect(overviewOf(panel)).toMatchObject({
      session: { id: "d1", isLive: true, events: 6, url: "http://localhost/d2" },
      past: null,
      connections: [{ status: "closed" }, { status: "connected" }],
    });
    expect(rowsOf(panel).map(({ type, socket, t }) => [type, socket, t])).toEqual([
      ["page", null, 0],
      ["socket", 1, 1],
      ["open", 1, 2],
      ["page", null, 1_000],
      ["socket", 2, 1_001],
      ["open", 2, 1_002],
    ]);
  });

  it("ends the page before when one comes out of the back-forward cache instead of it", async () => {
    const { tab, panel, visit } = await open({ preserveLog: true });
    const first = visit("d1");
    first.record(...session("d1"));
    visit("d2").record(...session("d2"));
    await tab.pass(0);
    first.connect();
    await tab.pass(100);

    expect(rowsOf(panel).at(-1)).toMatchObject({ type: "page", summary: expect.stringContaining("ended") });
    expect(overviewOf(panel).connections.map(({ status }) => status)).toEqual(["closed", "closed"]);
  });

  it("is one for the pages that come after it was switched on, and ends with them", async () => {
    const { tab, panel, visit } = await open();
    visit("d1").record(...session("d1"));
    visit("d2").record(...session("d2"));
    await tab.pass(0);
    tab.host().configure({ ...DEFAULT_SETTINGS, preserveLog: true });
    visit("d3").record(...session("d3"));
    await tab.pass(100);
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d2", events: 6 }, past: { id: "d1" } });

    tab.host().configure(DEFAULT_SETTINGS);
    visit("d4");
    await tab.pass(100);
    expect(overviewOf(panel)).toMatchObject({ session: { id: "d4" }, past: { id: "d2", events: 6 } });
  });
});

describe("how far the capture has come", () => {
  it("is told by all documents of the page, and by none of the page before", async () => {
    const { tab, panel, visit } = await open();
    const page = visit("d1");
    const iframe = visit("f1", FRAME);
    page.say({ otherSockets: true });
    iframe.say({ tap: "off", why: "Three errors." });
    await tab.pass(100);
    expect(overviewOf(panel).capture).toEqual({
      ...{ page: true, tap: "off", why: "Three errors.", otherSockets: true, storage: null },
    });

    iframe.leave();
    await tab.pass(0);
    await tab.pass(GONE_MS);
    await tab.pass(100);
    expect(overviewOf(panel).capture).toMatchObject({ tap: "active", why: null, otherSockets: true });

    visit("d2").say({ tap: "none" });
    await tab.pass(100);
    expect(overviewOf(panel).capture).toMatchObject({ page: true, tap: "none", otherSockets: false });
  });

  it("has the title that the page has got since it started, and no iframe's", async () => {
    const { tab, panel, visit } = await open();
    visit("d1").say({ title: "Cart" });
    visit("f1", FRAME).say({ title: "An advertisement" });
    await tab.pass(100);
    expect(overviewOf(panel).session.title).toBe("Cart");
  });
});

async function open(settings: Parameters<typeof openInspectedTab>[0]["settings"] = {}) {
  const tab = openInspectedTab({ settings });
  // The store has been read: from now on everything that is delivered is taken at once.
  await tab.pass(0);
  const panel = tab.panel();
  panel.watch(1, { kind: "overview" });
  panel.watch(2, ALL);
  return { tab, panel, visit: tab.page };
}

/** A page that starts and opens a socket, and what its document is called by. */
function session(document: string, start = 1_000) {
  const events = createPageEvents(start);
  return [events.page("load", `http://localhost/${document}`), events.socket(), events.open()];
}

/** A broadcast that takes a segment for itself where the journal is as small as can be. */
function large(): string {
  return JSON.stringify([null, null, "room:1", "said", { text: "x".repeat(1_100_000) }]);
}

function overviewOf(panel: FakePanel): OverviewView {
  const view = panel.last(1);
  if (view?.kind !== "overview") throw new Error("The panel has no overview.");
  return view;
}

function rowsOf(panel: FakePanel) {
  const view = panel.last(2);
  return view?.kind === "rows" ? view.rows : [];
}
