import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import { FIRST_RETRY_MS, WRITE_MS } from "../../src/host/keeper";
import { ACK_MS, RETURN_MS } from "../../src/host/pages";
import { type FakePanel, type InspectedTab, openInspectedTab } from "../support/inspected-tab";
import { createPageEvents } from "../support/page-events";

describe("the store of a tab's sessions", () => {
  it("is written to in batches, and each document is told what of it would outlive a kill", async () => {
    const tab = openInspectedTab({});
    const page = tab.page("d1");
    await tab.pass(0);
    const written = tab.disk.count.stored;
    page.record(...session(1_000), ...noise(10));
    await tab.pass(ACK_MS);
    expect(page.heard().filter(({ kind }) => kind === "stored")).toEqual([]);
    expect(page.heard().at(-1)).toEqual({ kind: "ack", upTo: 13 });
    await tab.pass(WRITE_MS - ACK_MS);

    expect(page.heard().at(-1)).toEqual({ kind: "stored", upTo: 13 });
    expect(tab.disk.count.stored).toBe(written + 1);
    expect(linesOf(tab, "d1")).toBe(13);
  });

  it("is not what a document waits for: it is told what came, a few batches at a time", async () => {
    const tab = openInspectedTab({ isPrivate: true });
    const page = tab.page("d1");
    await tab.pass(0);
    const acks = () => page.heard().flatMap((word) => (word.kind === "ack" ? [word.upTo] : []));
    page.record(...noise(7));
    page.record(...noise(7));
    await tab.pass(ACK_MS - 1);
    expect(acks()).toEqual([]);
    await tab.pass(1);
    expect(acks()).toEqual([14]);

    for (let batch = 0; batch < 4; batch++) page.record(...noise(7));
    expect(acks()).toEqual([14, 42]);
    await tab.pass(ACK_MS);
    expect(acks()).toEqual([14, 42]);
  });

  it("is not written to while a write is under way; then all that waited goes at once", async () => {
    const tab = openInspectedTab({});
    const page = tab.page("d1");
    await tab.pass(WRITE_MS);
    tab.disk.isSlow = true;
    const written = tab.disk.count.stored;
    page.record(...session(1_000));
    await tab.pass(WRITE_MS);
    page.record(...noise(5));
    await tab.pass(WRITE_MS);
    page.record(...noise(5));
    await tab.pass(WRITE_MS);
    expect(linesOf(tab, "d1")).toBe(0);

    tab.disk.isSlow = false;
    tab.disk.release();
    await tab.pass(0);
    expect(linesOf(tab, "d1")).toBe(3);
    expect(page.heard().at(-1)).toEqual({ kind: "stored", upTo: 3 });
    await tab.pass(WRITE_MS);
    expect(linesOf(tab, "d1")).toBe(13);
    expect(page.heard().at(-1)).toEqual({ kind: "stored", upTo: 13 });
    expect(tab.disk.count.stored).toBe(written + 2);
  });

  it("is written to at once where much waits", async () => {
    const tab = openInspectedTab({});
    const page = tab.page("d1");
    await tab.pass(0);
    page.record(createPageEvents().in("x".repeat(300_000)));
    await tab.pass(0);

    expect(linesOf(tab, "d1")).toBe(1);
  });

  it("is tried again, with longer and longer pauses, and the panel says why, where it fails", async () => {
    const tab = openInspectedTab({});
    const panel = watch(tab.panel());
    const page = tab.page("d1");
    await tab.pass(0);
    tab.disk.writeFault = "The disk is full.";
    page.record(...session(1_000));
    await tab.pass(WRITE_MS);
    await tab.pass(40);
    expect(storageOf(panel)).toContain("The disk is full.");
    expect(page.heard().some(({ kind }) => kind === "stored")).toBe(false);

    const failed = tab.disk.count.failed;
    await tab.pass(FIRST_RETRY_MS - 100);
    expect(tab.disk.count.failed).toBe(failed);
    await tab.pass(100);
    expect(tab.disk.count.failed).toBe(failed + 1);
    await tab.pass(FIRST_RETRY_MS);
    expect(tab.disk.count.failed).toBe(failed + 1);

    tab.disk.writeFault = null;
    await tab.pass(FIRST_RETRY_MS);
    await tab.pass(40);
    expect(storageOf(panel)).toBeNull();
    expect(linesOf(tab, "d1")).toBe(3);
    expect(page.heard().at(-1)).toEqual({ kind: "stored", upTo: 3 });
  });

  it("is not there for a private window, and that is no trouble", async () => {
    const tab = openInspectedTab({ isPrivate: true });
    const panel = watch(tab.panel());
    tab.page("d1").record(...session(1_000));
    await tab.pass(WRITE_MS);

    expect(tab.disk.state).toBeNull();
    expect(panel.last(1)).toMatchObject({ session: { events: 3 }, capture: { storage: null } });
  });

  it("holds what a page sent when it went, and hears no document that it never met", async () => {
    const tab = openInspectedTab({});
    tab.page("d1").record(...session(1_000));
    await tab.pass(WRITE_MS);
    tab.kill();
    await tab.wake();
    const last = { kind: "events", first: 4, events: [createPageEvents(5_000).in("the last word")] } as const;
    await tab.host().takeLast("d1", last);
    await tab.host().takeLast("stranger", { ...last, first: 1 });

    expect(linesOf(tab, "d1")).toBe(4);
    expect(tab.disk.chunks("d1").at(-1)?.text).toContain("the last word");
    expect(tab.disk.sessions()).toEqual(["d1"]);
  });

  it("has everything once the host is closed, of which the documents are told", async () => {
    const tab = openInspectedTab({});
    const page = tab.page("d1");
    await tab.pass(0);
    page.record(...session(1_000));
    await tab.host().close();

    expect(linesOf(tab, "d1")).toBe(3);
    expect(page.heard().map(({ kind }) => kind)).toContain("bye");
    page.record(...noise(1));
    await tab.pass(WRITE_MS);
    expect(linesOf(tab, "d1")).toBe(3);
  });

  it("has nothing any more when the tab is gone, whatever was under way", async () => {
    const tab = openInspectedTab({});
    const page = tab.page("d1");
    await tab.pass(0);
    page.record(...session(1_000));
    await tab.pass(WRITE_MS);
    page.record(...noise(1));
    await tab.host().forget();
    await tab.pass(WRITE_MS);

    expect(tab.disk.state).toBeNull();
    expect(tab.disk.sessions()).toEqual([]);
  });
});

describe("a store that grows beyond what the tab may take", () => {
  it("lets the past session go first, then the oldest of the live one, of which the state stays", async () => {
    const tab = openInspectedTab({ settings: { maxJournalBytes: 64 * 1024 } });
    const panel = watch(tab.panel());
    const old = tab.page("d1");
    old.record(...session(1_000));
    const page = tab.page("d2");
    page.record(...session(2_000));
    await tab.pass(WRITE_MS);
    expect([...tab.disk.sessions()].sort()).toEqual(["d1", "d2"]);

    for (let n = 0; n < 10; n++) {
      page.record(...noise(70));
      await tab.pass(WRITE_MS);
    }
    await tab.pass(WRITE_MS);
    expect(tab.disk.sessions()).toEqual(["d2"]);
    const [first] = tab.disk.chunks("d2");
    expect(first?.index).toBeGreaterThan(0);
    expect(first?.head).toContain('"type":"socket"');
    const size = tab.disk
      .chunks("d2")
      .reduce((sum, { text, head }) => sum + text.length + (head?.length ?? 0), 0);
    expect(size).toBeLessThanOrEqual(64 * 1024);

    old.leave();
    tab.kill();
    await tab.wake();
    await tab.pass(40);
    expect(panel.last(1)).toMatchObject({
      session: { events: 703 },
      past: null,
      connections: [{ status: "connected" }],
    });
  });
});

describe("a store whose content is damaged", () => {
  const damages: readonly [string, (tab: InspectedTab) => void][] = [
    ["is no JSON", ({ disk }) => (disk.state = "{")],
    [
      "is of another version",
      ({ disk }) => (disk.state = (disk.state ?? "").replace('"version":1', '"version":0')),
    ],
    [
      "tells of more than there is",
      ({ disk }) => (disk.state = (disk.state ?? "").replace('"next":4', '"next":5')),
    ],
    ["cannot be read", ({ disk }) => (disk.readFault = "The disk is gone.")],
  ];
  it.each(damages)("which %s: the panel says so, and the tab starts afresh", async (_, damage) => {
    const tab = openInspectedTab({});
    const panel = watch(tab.panel());
    const old = tab.page("d0");
    old.record(...session(500));
    const page = tab.page("d1");
    await tab.pass(0);
    page.record(...session(1_000));
    await tab.pass(WRITE_MS);
    expect([...tab.disk.sessions()].sort()).toEqual(["d0", "d1"]);
    old.leave();
    tab.kill();
    damage(tab);
    await tab.wake();
    await tab.pass(WRITE_MS);
    await tab.pass(40);

    expect(storageOf(panel)).toContain("could not be read");
    expect(panel.last(1)).toMatchObject({ session: { id: "d1", events: 3 } });
    expect(linesOf(tab, "d1")).toBe(3);
    expect(tab.disk.sessions()).toEqual(["d1"]);
    tab.disk.readFault = null;
    tab.kill();
    await tab.wake();
    await tab.pass(40);
    expect(panel.last(1)).toMatchObject({ session: { id: "d1", events: 3 }, capture: { storage: null } });
  });
});

describe("an event that memory has let go", () => {
  const watchEvents = (panel: FakePanel): void => {
    panel.watch(2, { kind: "event", seq: 10 });
    panel.watch(3, { kind: "event", seq: 1_000 });
  };

  it("is fetched from the store when somebody looks at it, also after a kill", async () => {
    const tab = openInspectedTab({ maxMemoryChars: 20_000, settings: { maxJournalBytes: 256 * 1024 } });
    const panel = tab.panel();
    const page = tab.page("d1");
    for (let n = 0; n < 10; n++) {
      page.record(...(n === 0 ? session(1_000) : noise(70)));
      await tab.pass(WRITE_MS);
    }
    watchEvents(panel);
    expect(panel.last(2)).toMatchObject({ row: { type: "gap" } });
    await tab.pass(40);
    const whole = { row: { type: "in", topic: "room", event: "news" }, payload: { n: 6 } };
    expect(panel.last(2)).toMatchObject(whole);
    expect(panel.last(3)).toMatchObject({ row: null });

    tab.kill();
    await tab.wake();
    const other = tab.panel();
    const seqs = Array.from({ length: 90 }, (_, at) => at * 4 + 1);
    for (const seq of seqs) other.watch(seq, { kind: "event", seq });
    for (let n = 0; n < 5; n++) await tab.pass(40);
    const types = seqs.map((seq) => {
      const view = other.last(seq);
      return view?.kind === "event" ? view.row?.type : undefined;
    });
    expect(types).toEqual(["page", ...seqs.slice(1).map(() => "in")]);
  });

  it("stays a gap where the store has let it go, too", async () => {
    const tab = openInspectedTab({ maxMemoryChars: 20_000, settings: { maxJournalBytes: 64 * 1024 } });
    const panel = tab.panel();
    const page = tab.page("d1");
    for (let n = 0; n < 10; n++) {
      page.record(...(n === 0 ? session(1_000) : noise(70)));
      await tab.pass(WRITE_MS);
    }
    watchEvents(panel);
    await tab.pass(40);
    expect(panel.last(2)).toMatchObject({ row: { type: "gap" } });
  });
});

describe("a host that is restored", () => {
  it("has one broken event in the place of a line that was spoilt, and everything else", async () => {
    const tab = openInspectedTab({});
    tab.page("d1").record(...session(1_000), ...noise(3));
    await tab.pass(WRITE_MS);
    tab.kill();
    tab.disk.spoil("d1", '"type":"in"', '"type:"in"');
    await tab.wake();
    const panel = watch(tab.panel());
    panel.watch(2, { kind: "event", seq: 4 });
    panel.watch(3, { kind: "event", seq: 5 });
    await tab.pass(40);

    expect(panel.last(1)).toMatchObject({ session: { events: 6 }, capture: { storage: null } });
    expect(panel.last(2)).toMatchObject({ row: { type: "broken" } });
    expect(panel.last(3)).toMatchObject({ row: { type: "in" } });
  });

  it("writes nothing before it has read what is there", async () => {
    const tab = openInspectedTab({});
    tab.page("d1").record(...session(1_000));
    await tab.pass(WRITE_MS);
    tab.kill();
    const written = tab.disk.count.stored;
    tab.disk.isSlow = true;
    await tab.wake();
    tab.host().configure({ ...DEFAULT_SETTINGS, preserveLog: true });
    await tab.pass(WRITE_MS);
    tab.disk.isSlow = false;
    tab.disk.release();
    await tab.pass(0);
    expect(tab.disk.count.stored).toBe(written);
    await tab.pass(WRITE_MS);

    const panel = watch(tab.panel());
    expect(panel.last(1)).toMatchObject({ session: { events: 3 }, connections: [{ status: "connected" }] });
    expect(linesOf(tab, "d1")).toBe(3);
  });

  it("ends a page that does not come back, and only that", async () => {
    const tab = openInspectedTab({});
    const panel = watch(tab.panel());
    const page = tab.page("d1");
    await tab.pass(0);
    page.record(...session(1_000));
    await tab.pass(WRITE_MS);
    tab.kill();
    await tab.wake();
    await tab.pass(RETURN_MS);
    await tab.pass(40);
    expect(panel.last(1)).toMatchObject({ connections: [{ status: "connected" }] });

    tab.kill();
    page.leave();
    await tab.wake();
    await tab.pass(RETURN_MS);
    await tab.pass(40);
    expect(panel.last(1)).toMatchObject({ capture: { page: false }, connections: [{ status: "closed" }] });
  });
});

function watch(panel: FakePanel): FakePanel {
  panel.watch(1, { kind: "overview" });
  return panel;
}

function storageOf(panel: FakePanel): string | null | undefined {
  const view = panel.last(1);
  return view?.kind === "overview" ? view.capture.storage : undefined;
}

function session(start: number) {
  const events = createPageEvents(start);
  return [events.page(), events.socket(), events.open()];
}

/** Broadcasts of a channel that nobody has joined. */
function noise(count: number) {
  const events = createPageEvents(10_000);
  return Array.from({ length: count }, (_, n) =>
    events.in(`[null,null,"room","news",{"n":${n},"text":"${"x".repeat(200)}"}]`),
  );
}

function linesOf({ disk }: InspectedTab, session: string): number {
  return disk.chunks(session).reduce((sum, { events }) => sum + events, 0);
}
