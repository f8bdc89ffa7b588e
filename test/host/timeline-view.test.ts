import { describe, expect, it } from "vitest";
import type { HostMessage } from "../../src/bridge/host-message";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import {
  type EntryView,
  MAX_LINKS,
  type RatesView,
  type TimelineChoice,
  type TimelineQuery,
  type TimelineView,
} from "../../src/bridge/timeline-view";
import type { View } from "../../src/bridge/view";
import type { Answerer } from "../../src/host/answerer";
import { answerEntry } from "../../src/host/entry-view";
import { createHost } from "../../src/host/host";
import { answerRates } from "../../src/host/rates-view";
import { createRecording, type Recording } from "../../src/host/recording";
import { presentFaces, type Scene } from "../../src/host/scene";
import { LOOKED_AT_ONCE, SLICE_MS } from "../../src/host/slices";
import { answerTimeline } from "../../src/host/timeline-view";
import type { SessionEvent } from "../../src/session/event";
import { envelope, frames, incoming } from "../support/frames";
import { createPageEvents } from "../support/page-events";
import { createPortPair } from "../support/port-pair";

const SESSION = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add {sku: "Teapot"} @lines,l1 < ok
  < v2 /total=4`;
const ROOT = { connection: 1, topic: "musubi:connection", root_id: "c1" };
const ALL: TimelineChoice = { kinds: null, root: null, store_id: null, text: "", isRegex: false };

describe("the answer of the timeline", () => {
  it("has typed entries with root, store, size, sender and cause", () => {
    const sent: SessionEvent = { ...SESSION[7], by: "devtools" } as SessionEvent;
    const recording = record([...SESSION.slice(0, 7), sent, ...SESSION.slice(8)]);
    const view = timelineOf(recording, { choice: { ...ALL, root: ROOT }, from: 3, count: 3 });
    expect(view).toMatchObject({ from: 3, total: 6, forgotten: 0, located: null, left: 0, fault: null });
    expect(view.rows).toMatchObject([
      { seq: 8, t: 7, kind: "command", root: ROOT, store_id: ["lines", "l1"], by: "devtools" },
      { seq: 9, kind: "reply", by: "page", command: null },
      { seq: 10, kind: "envelope", store_id: null, by: "page", command: 8, confidence: "high" },
    ]);
    expect(view.rows[0]?.size).toBeGreaterThan(10);
  });

  it("follows the newest entries of some kinds, and says nothing where nothing has come", () => {
    const recording = record(SESSION);
    const answer = answerTimeline(query({ choice: { ...ALL, kinds: ["envelope", "nonsense"] }, count: 1 }));
    expect(timeline(answer(sceneOf(recording)))).toMatchObject({ total: 2, from: 1, rows: [{ seq: 10 }] });
    expect(answer(sceneOf(recording))).toBeNull();
    recording.append(envelopeTo(3));
    expect(timeline(answer(sceneOf(recording)))).toMatchObject({ total: 3, from: 2, rows: [{ seq: 11 }] });
  });

  it("finds a text or an expression, and says what is wrong with one that means nothing", () => {
    const recording = record(SESSION);
    const seqs = (choice: Partial<TimelineChoice>) =>
      timelineOf(recording, { choice: { ...ALL, ...choice } }).rows.map(({ seq }) => seq);
    expect(seqs({ text: "TEAPOT" })).toEqual([8]);
    expect(seqs({ text: "tea.ot", isRegex: false })).toEqual([]);
    expect(seqs({ text: "tea.ot", isRegex: true })).toEqual([8]);
    expect(seqs({ store_id: ["lines", "l1"] })).toEqual([8, 9]);
    const view = timelineOf(recording, { choice: { ...ALL, text: "(", isRegex: true } });
    expect(view).toMatchObject({ total: 0, rows: [], left: 0 });
    expect(view.fault).toMatch(/^This is no regular expression: .*\.$/);
  });

  it("tells in which row an event stands, if the choice has it", () => {
    const recording = record(SESSION);
    const located = (locate: number, kinds: readonly string[] | null = null) =>
      timelineOf(recording, { choice: { ...ALL, kinds }, locate }).located;
    expect([located(1), located(8), located(10)]).toEqual([0, 7, 9]);
    expect([located(10, ["envelope"]), located(8, ["envelope"]), located(99)]).toEqual([1, null, null]);
  });

  it("works through many entries in slices, the newest first, and asks to go on", () => {
    const recording = record([...SESSION, ...Array.from({ length: 1000 }, (_, nth) => envelopeTo(nth + 3))]);
    const answer = answerTimeline(query({ choice: { ...ALL, kinds: ["envelope"] }, count: 2 }));
    const lefts: number[] = [];
    let asked = 0;
    for (let before = -1; before < asked; ) {
      before = asked;
      const { left, rows } = timeline(answer(sceneOf(recording, { again: () => asked++, until: 0 })));
      lefts.push(left);
      expect(rows.map(({ seq }) => seq)).toEqual([1009, 1010]);
    }
    expect(lefts).toEqual(leftsOf(1010));
    expect(asked).toBe(lefts.length - 1);
    expect(timelineOf(recording, { choice: { ...ALL, kinds: ["envelope"] } }).total).toBe(1002);
  });

  it("looks in slices for what changed a store, too", () => {
    const events = [...SESSION, ...Array.from({ length: 1000 }, (_, nth) => envelopeTo(nth + 3))];
    const choice: TimelineChoice = { ...ALL, root: ROOT, store_id: [] };
    const recording = record(events);
    const answer = answerTimeline(query({ choice }));
    let asked = 0;
    let view = timeline(answer(sceneOf(recording, { again: () => asked++, until: 0 })));
    expect(view).toMatchObject({ total: 0, left: 1010 });
    for (let before = 0; before < asked; ) {
      before = asked;
      const next = answer(sceneOf(recording, { again: () => asked++, until: 0 }));
      if (next !== null) view = timeline(next);
    }
    expect(view).toMatchObject({ total: 1002, left: 0 });
    expect(view).toEqual(timelineOf(record(events), { choice }));
  });

  it("looks at each entry once for all that ask the same, and forgets what nobody asks any more", () => {
    const recording = record(SESSION);
    const choices = ["a", "b", "c", "d", "e"].map((text) => ({ ...ALL, text }));
    const [first = ALL] = choices;
    const kept = recording.timelineOf(first);
    for (const choice of choices.slice(0, 4)) recording.timelineOf(choice);
    expect(recording.timelineOf(first)).toBe(kept);
    for (const choice of choices.slice(1)) recording.timelineOf(choice);
    expect(recording.timelineOf(first)).not.toBe(kept);
  });

  it("finds the same where a text is typed letter by letter", () => {
    const recording = record(SESSION);
    const typed = (text: string) => timelineOf(recording, { choice: { ...ALL, text } }).rows;
    for (const text of ["t", "to", "tot", "tea", "teapot", "teapots", "TEAPOT", "eapo"]) {
      expect(typed(text)).toEqual(timelineOf(record(SESSION), { choice: { ...ALL, text } }).rows);
    }
    expect(typed("teapot")).toHaveLength(1);
  });
});

it("a host goes on with a long timeline by itself, until all of it has been looked at", () => {
  let due: (() => void)[] = [];
  let time = 0;
  const schedule = (run: () => void): void => void due.push(run);
  const host = createHost({
    schedule,
    now: () => (time += SLICE_MS),
    store: null,
    settings: DEFAULT_SETTINGS,
  });
  const [[page, hostsPage], [panel, hostsPanel]] = [createPortPair(), createPortPair()];
  const views: TimelineView[] = [];
  panel.onMessage((message) => {
    const { kind, view } = message as HostMessage & { kind: "view" };
    if (kind === "view") views.push(timeline(view));
  });
  host.connectPage(hostsPage, null);
  host.connectPanel(hostsPanel);
  const status = { tap: "active", why: null, otherSockets: false, title: "" };
  page.post({ kind: "hello", document: "d1", url: "http://localhost/", status });
  const words = createPageEvents();
  page.post({ kind: "events", first: 1, events: Array.from({ length: 1000 }, () => words.page("show")) });
  panel.post({ kind: "watch", id: 1, query: query({ count: 1 }) });
  expect(views.at(-1)).toMatchObject({ total: LOOKED_AT_ONCE, rows: [{ seq: 1000 }] });
  for (let updates = 1; updates < leftsOf(1000).length; updates++) {
    const now = due;
    due = [];
    for (const run of now) run();
  }
  expect(views.map(({ left }) => left)).toEqual(leftsOf(1000));
  expect(due).toEqual([]);
});

describe("the answer of the rates", () => {
  it("counts what came when, over the whole session, and again when more has come", () => {
    const recording = record(SESSION);
    const answer = answerRates({ kind: "rates", from_t: 0, to_t: "end", buckets: 2 });
    expect(rates(answer(sceneOf(recording, { at: 3 })))).toMatchObject({
      ...{ from_t: 0, to_t: 10, first_t: 0, newest_t: 9, marks: [] },
      kinds: [
        { kind: "transport", counts: [2, 0] },
        { kind: "channel", counts: [2, 0] },
        { kind: "mount", counts: [1, 1] },
        { kind: "envelope", counts: [0, 2] },
        { kind: "command", counts: [0, 1] },
        { kind: "reply", counts: [0, 1] },
      ],
    });
    expect(answer(sceneOf(recording))).toBeNull();
    recording.append({ type: "mark", t: 11, text: "here" });
    expect(rates(answer(sceneOf(recording))).marks).toEqual([{ t: 11, seq: 11, kind: "mark" }]);
  });
});

describe("the answer of an entry", () => {
  it("has the event, its entries, its chain of cause and what it changed", () => {
    const recording = record(SESSION);
    const view = entryOf(recording, 10);
    expect(view.event).toMatchObject({ kind: "event", seq: 10, row: { event: "patch" } });
    expect(view.entries).toMatchObject([{ seq: 10, kind: "envelope", summary: expect.any(String) }]);
    expect(view.links).toMatchObject({ command: { seq: 8 }, reply: { seq: 9 }, envelopes: [{ seq: 10 }] });
    expect(view.diff).toMatchObject({
      kind: "diff",
      diff: { state: { differences: [{ path: "/total", op: "replace", before: 0, after: 4 }] }, more: false },
    });
    expect(entryOf(recording, 8)).toMatchObject({ diff: null, links: view.links });
  });

  it("is told again when something has come of it, and not before", () => {
    const recording = record(SESSION.slice(0, 8));
    const answer = answerEntry({ kind: "entry", seq: 8 });
    expect(entry(answer(sceneOf(recording))).links).toMatchObject({ command: { seq: 8 }, reply: null });
    expect(answer(sceneOf(recording))).toBeNull();
    for (const event of SESSION.slice(8)) recording.append(event);
    const { links, event } = entry(answer(sceneOf(recording)));
    expect(links).toMatchObject({ reply: { seq: 9 }, envelopes: [{ seq: 10 }] });
    expect(event.pair).toMatchObject({ seq: 9 });
  });

  it("waits for an event that is not there yet", () => {
    const recording = record(SESSION.slice(0, 9));
    const answer = answerEntry({ kind: "entry", seq: 10 });
    expect(entry(answer(sceneOf(recording)))).toMatchObject({
      event: { row: null },
      entries: [],
      diff: null,
    });
    for (const event of SESSION.slice(9)) recording.append(event);
    expect(entry(answer(sceneOf(recording)))).toMatchObject({ entries: [{}], diff: { kind: "diff" } });
  });

  it("sends no more of what an envelope brought than can be shown, and says so", () => {
    const rows = Array.from({ length: 5000 }, (_, id) => ({ id, text: "x".repeat(100) }));
    const patch = envelope(3, [{ op: "add", path: "/rows", value: rows }], {
      root_id: "c1",
      events: Array.from({ length: 300 }, () => ({ store_id: [], name: "toast", payload: 1 })),
    });
    const recording = record([...SESSION, incoming(1, "1", null, ROOT.topic, "patch", patch)]);
    const view = entryOf(recording, 11);
    expect(view.diff).toMatchObject({ diff: { more: true, state: { differences: [{ path: "/rows" }] } } });
    expect(JSON.stringify(view.diff).length).toBeLessThan(250_000);
    expect([view.entries.length, view.links.events.length]).toEqual([MAX_LINKS, MAX_LINKS]);
  });
});

/** How many entries are left after each look, where there is never time for a second one. */
function leftsOf(entries: number): readonly number[] {
  const looks = Math.ceil(entries / LOOKED_AT_ONCE);
  return Array.from({ length: looks }, (_, nth) => Math.max(0, entries - (nth + 1) * LOOKED_AT_ONCE));
}

function record(events: readonly SessionEvent[]): Recording {
  const keeping = { isStored: false, maxBytes: () => 0, maxMemoryChars: 1e9 };
  const recording = createRecording(keeping, null);
  for (const event of events) recording.append(event);
  return recording;
}

function envelopeTo(version: number): SessionEvent {
  const patch = envelope(version, [{ op: "replace", path: "/total", value: version }], { root_id: "c1" });
  return { ...incoming(1, "1", null, ROOT.topic, "patch", patch), t: version + 10 };
}

function sceneOf(recording: Recording, more: Partial<Scene> = {}): Scene {
  return {
    ...{ recording, isLive: true, title: null, past: null, at: null },
    capture: { page: true, tap: "active", why: null, otherSockets: false, storage: null },
    faces: () => presentFaces(recording.journal.engine),
    contentOf: (root) => root.content(),
    recall: () => null,
    now: () => 0,
    until: Number.POSITIVE_INFINITY,
    again: () => undefined,
    ...more,
  };
}

function query(asked: Partial<TimelineQuery>): TimelineQuery {
  return { kind: "timeline", choice: ALL, from: "end", count: 100, locate: null, ...asked };
}

function timelineOf(recording: Recording, asked: Partial<TimelineQuery>): TimelineView {
  return timeline(answerTimeline(query(asked))(sceneOf(recording)));
}

function entryOf(recording: Recording, seq: number): EntryView {
  return entry(answerEntry({ kind: "entry", seq })(sceneOf(recording)));
}

type Answered = ReturnType<Answerer>;

function timeline(view: Answered): TimelineView {
  return viewOf(view, "timeline");
}

function rates(view: Answered): RatesView {
  return viewOf(view, "rates");
}

function entry(view: Answered): EntryView {
  return viewOf(view, "entry");
}

function viewOf<Kind extends View["kind"]>(view: Answered, kind: Kind): Extract<View, { kind: Kind }> {
  if (!isView(view, kind)) throw new Error(`There is no view of kind ${kind}.`);
  return view;
}

function isView<Kind extends View["kind"]>(
  view: Answered,
  kind: Kind,
): view is Extract<View, { kind: Kind }> {
  return view?.kind === kind;
}
