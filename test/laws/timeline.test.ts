import fc from "fast-check";
import { expect, it } from "vitest";
import {
  createTimelineView,
  queryTimeline,
  type TimelineRow,
  type TimelineView,
} from "../../src/engine/ask/timeline";
import type { TimelineFilter } from "../../src/engine/ask/timeline-filter";
import { createEngine, type Engine } from "../../src/engine/engine";
import { LIMITS } from "../../src/engine/fold/limits";
import type { TimelineEntry } from "../../src/engine/fold/timeline-entry";
import type { SessionEvent } from "../../src/session/event";
import { readSession } from "../../src/session/reader";
import { folded } from "../support/folding";
import { frames } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { sessions } from "../support/random-session";
import { describeShared, readRecording, recordingNames } from "../support/shared";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;

const anySession = fc.oneof(
  sessions,
  garbage.map((events) => [...frames`> join < ok`, ...events]),
);

const filters: fc.Arbitrary<TimelineFilter> = fc.record(
  {
    kinds: fc.subarray([
      "envelope",
      "command",
      "reply",
      "event",
      "mount",
      "channel",
      "push",
      "problem",
    ] as const),
    root: fc.constantFrom(
      ...["r", "a"].map((root_id) => ({ connection: 1, topic: "musubi:connection", root_id })),
    ),
    text: fc.constantFrom("", "GO", "toast", "k1", "mount", "("),
    regex: fc.constantFrom("", "^reply$", "k[12]", "to+ast|go"),
    from_seq: fc.nat(60),
    to_seq: fc.nat(60),
  },
  { requiredKeys: [] },
);

function entriesOf({ timeline }: Engine): readonly TimelineEntry[] {
  return Array.from({ length: timeline.length() }, (_, place) => timeline.at(place)).filter(
    (entry) => entry !== undefined,
  );
}

const textIn = (events: readonly SessionEvent[]) => (seq: number) => {
  const event = events[seq - 1];
  return event !== undefined && "text" in event ? event.text : null;
};

function rowsOf(
  engine: Engine,
  filter: TimelineFilter,
  events: readonly SessionEvent[],
): readonly TimelineRow[] {
  const page = queryTimeline(engine, filter, { from: 0, count: 1000 }, textIn(events));
  if (!page.ok) throw new Error("The filter is sound.");
  return page.value.entries;
}

it(
  "every event has entries, and they stand in order: an envelope, its push events, problems last (seed 61)",
  () => {
    fc.assert(
      fc.property(anySession, (events) => {
        const engine = folded(events);
        const entries = entriesOf(engine);
        expect(new Set(entries.map(({ seq }) => seq)).size).toBe(events.length);
        expect(entries.map(({ seq }) => seq)).toEqual(
          entries.map(({ seq }) => seq).toSorted((a, b) => a - b),
        );
        const rank = ({ kind }: TimelineEntry) => (kind === "problem" ? 2 : kind === "event" ? 1 : 0);
        for (const [at, entry] of entries.entries()) {
          const before = entries[at - 1];
          if (before?.seq === entry.seq) expect(rank(before)).toBeLessThanOrEqual(rank(entry));
        }
        checkCounts(engine, entries);
      }),
      { seed: 61, numRuns: lawRuns() },
    );
  },
  LONG,
);

/** The entries agree with the document. */
function checkCounts(engine: Engine, entries: readonly TimelineEntry[]): void {
  const document = engine.inspect();
  const seqs = (kind: TimelineEntry["kind"]) =>
    entries.filter((entry) => entry.kind === kind).map(({ seq }) => seq);
  expect(seqs("command")).toEqual(document.commands.map(({ seq }) => seq));
  expect(seqs("event")).toEqual(document.events.map(({ seq }) => seq));
  expect(seqs("problem")).toEqual(document.problems.map(({ seq }) => seq));
  const applied = entries.filter((entry) => entry.kind === "envelope" && entry.outcome === "applied");
  for (const root of engine.connections.flatMap(({ roots }) => roots)) {
    const own = applied.filter((entry) => entry.kind === "envelope" && entry.root === root);
    expect(own.at(-1)?.seq).toBe(root.last_envelope?.seq);
    const { history } = root;
    const revisions = Array.from({ length: history.count() - history.forgotten() }, (_, nth) =>
      history.revisionTo(history.forgotten() + nth + 1),
    );
    expect(own.map(({ seq }) => seq)).toEqual(
      revisions.flatMap((one) => (one?.kind === "envelope" ? [one.seq] : [])),
    );
  }
}

it(
  "windows of any filter are those of all rows, filtered one by one (seed 62)",
  () => {
    fc.assert(
      fc.property(anySession, filters, fc.nat(20), fc.nat(20), (events, filter, from, count) => {
        const engine = folded(events);
        const expected = rowsOf(engine, {}, events).filter((row) => isAskedFor(engine, row, filter, events));
        expect(rowsOf(engine, filter, events)).toEqual(expected);
        const page = queryTimeline(engine, filter, { from, count }, textIn(events));
        expect(page.ok ? page.value.entries : null).toEqual(expected.slice(from, from + count));
        const last = queryTimeline(engine, filter, { from: "end", count }, textIn(events));
        expect(last.ok ? last.value.entries : null).toEqual(count === 0 ? [] : expected.slice(-count));
      }),
      { seed: 62, numRuns: lawRuns() },
    );
  },
  LONG,
);

/** As simple as can be: every string of an entry and of what it refers to is looked at, and the frame's text. */
function isAskedFor(
  engine: Engine,
  row: TimelineRow,
  { kinds, root, text = "", regex = "", from_seq = 0, to_seq = 1e9 }: TimelineFilter,
  events: readonly SessionEvent[],
): boolean {
  if (row.seq < from_seq || row.seq > to_seq || (kinds !== undefined && !kinds.includes(row.kind)))
    return false;
  if (root !== undefined && JSON.stringify(row.root) !== JSON.stringify(root)) return false;
  const entry = engine.timeline.at(row.place);
  if (entry === undefined) return false;
  const texts = [...wordsOf(entry), textIn(events)(row.seq) ?? ""];
  return (
    texts.some((one) => one.toLowerCase().includes(text.toLowerCase())) &&
    texts.some((one) => new RegExp(regex, "i").test(one))
  );
}

function wordsOf(entry: TimelineEntry): readonly string[] {
  const words: unknown[] = [entry.kind];
  if ("what" in entry) words.push(entry.what);
  if ("outcome" in entry) words.push(entry.outcome);
  if ("topic" in entry) words.push(entry.topic);
  if ("root" in entry) words.push(entry.root?.topic, entry.root?.root_id);
  if ("root_key" in entry) words.push(entry.root_key?.root_id);
  if ("status" in entry) words.push(entry.status);
  if ("phase" in entry) words.push(entry.phase);
  if ("problem" in entry) words.push(entry.problem.code, entry.problem.message);
  if (entry.kind === "event") words.push(entry.event.name, ...entry.event.store_id);
  if (entry.kind === "push") words.push(entry.event);
  if (entry.kind === "command") words.push(entry.command.topic);
  if ("command" in entry) words.push(entry.command?.name, ...[entry.command?.store_id].flat());
  if ("error" in entry) words.push(entry.error?.reason);
  if ("refusal" in entry) words.push(entry.refusal?.reason);
  if ("channel" in entry)
    words.push(entry.channel?.topic, entry.kind === "channel" ? entry.channel?.join_ref : null);
  if (entry.kind === "transport") words.push(entry.code === null ? null : String(entry.code));
  return words.filter((word) => typeof word === "string");
}

it(
  "a view that is kept up event by event equals one made at the end, whatever has been let go (seed 63)",
  () => {
    fc.assert(
      fc.property(anySession, filters, fc.integer({ min: 1, max: 60 }), (events, filter, cap) => {
        const engine = createEngine(undefined, { ...LIMITS, timeline_entries: cap });
        const view = createTimelineView(engine, filter, textIn(events));
        if (!view.ok) throw new Error("The filter is sound.");
        for (const event of events) {
          engine.fold(event);
          view.value.extend();
        }
        const window = { from: 0, count: 1000 };
        const late = queryTimeline(engine, filter, window, textIn(events));
        expect(view.value.window(window)).toEqual(late.ok ? late.value : null);
        const { timeline } = engine;
        expect(timeline.length() - timeline.forgotten()).toBeLessThanOrEqual(cap);
        for (let place = 0; place <= timeline.length(); place++) {
          const { kind, seq } = timeline.at(place) ?? {};
          expect([timeline.kindAt(place), timeline.seqAt(place)]).toEqual([kind, seq]);
        }
      }),
      { seed: 63, numRuns: lawRuns() },
    );
  },
  LONG,
);

const slices = fc.array(fc.record({ events: fc.nat(5), looks: fc.nat(8) }), { minLength: 1, maxLength: 10 });

it(
  "a view that is worked off in slices always has one stretch of all that match, in the end all (seed 64)",
  () => {
    fc.assert(
      fc.property(anySession, filters, fc.nat(40), slices, fc.integer({ min: 5, max: 90 }), (...drawn) => {
        const [events, filter, before, plan, cap] = drawn;
        const engine = createEngine(undefined, { ...LIMITS, timeline_entries: cap });
        for (const event of events.slice(0, before)) engine.fold(event);
        const view = createTimelineView(engine, filter, textIn(events));
        if (!view.ok) throw new Error("The filter is sound.");
        const window = { from: 0, count: 1000 };
        const naive = (): readonly TimelineRow[] => rowsOf(engine, filter, events);
        let folds = before;
        for (const { events: more, looks } of plan) {
          for (const event of events.slice(folds, folds + more)) engine.fold(event);
          folds += more;
          const left = view.value.left();
          view.value.extend(looks);
          expect(view.value.left()).toBe(Math.max(left - looks, 0));
          const { entries, total } = view.value.window(window);
          expect(total).toBe(entries.length);
          checkStretch(entries, naive());
          checkRows(view.value, naive(), entries);
        }
        while (view.value.left() > 0) view.value.extend(7);
        expect(view.value.window(window).entries).toEqual(naive());
      }),
      { seed: 64, numRuns: lawRuns() },
    );
  },
  LONG,
);

const texts = fc.constantFrom("", "o", "t", "e", "k", "go", "to", "mou", "musubi");
const tails = fc.constantFrom("a", "k1", "ast", "unt", ":conn", "!");

it(
  "a view that looks through what a wider one has found finds the same (seed 65)",
  () => {
    fc.assert(
      fc.property(anySession, filters, texts, tails, fc.nat(40), fc.nat(60), (...drawn) => {
        const [events, filter, text, tail, before, looks] = drawn;
        const engine = createEngine();
        for (const event of events.slice(0, before)) engine.fold(event);
        const wide = createTimelineView(engine, { ...filter, text }, textIn(events));
        if (!wide.ok) throw new Error("The filter is sound.");
        wide.value.extend(looks);
        const narrow = { ...filter, text: text + tail };
        const view = createTimelineView(engine, narrow, textIn(events), undefined, wide.value);
        if (!view.ok) throw new Error("The filter is sound.");
        while (view.value.left() > 0) view.value.extend(9);
        for (const event of events.slice(before)) engine.fold(event);
        view.value.extend();
        expect(view.value.window({ from: 0, count: 1000 }).entries).toEqual(rowsOf(engine, narrow, events));
      }),
      { seed: 65, numRuns: lawRuns() },
    );
  },
  LONG,
);

function checkStretch(rows: readonly TimelineRow[], all: readonly TimelineRow[]): void {
  const from = all.findIndex(({ place }) => place === rows[0]?.place);
  expect(rows).toEqual(from < 0 ? [] : all.slice(from, from + rows.length));
}

/** Each event's row is that of its first entry that matches and was looked at. */
function checkRows(
  view: Pick<TimelineView, "rowOf">,
  all: readonly TimelineRow[],
  rows: readonly TimelineRow[],
): void {
  for (const { seq } of all) {
    const row = rows.findIndex((one) => one.seq === seq);
    expect(view.rowOf(seq)).toBe(row < 0 ? null : row);
  }
}

describeShared("the timeline of recordings", () => {
  it.each(recordingNames())("%s: agrees with the document, and every entry has a summary", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    const { events } = session.value;
    const engine = folded(events);
    const entries = entriesOf(engine);
    checkCounts(engine, entries);
    expect(new Set(entries.map(({ seq }) => seq)).size).toBe(events.length);
    const rows = rowsOf(engine, {}, events);
    expect(rows.every(({ summary }) => summary !== "")).toBe(true);
    expect(rowsOf(engine, { store_id: [] }, events).length).toBeLessThanOrEqual(rows.length);
  });
});
