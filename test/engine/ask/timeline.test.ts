import { describe, expect, it } from "vitest";
import {
  createTimelineView,
  MAX_WINDOW_ROWS,
  queryTimeline,
  rowsOfEvent,
} from "../../../src/engine/ask/timeline";
import {
  describeTimelineFault,
  MAX_PATTERN_CHARS,
  MAX_REGEX_CHARS,
  type TimelineFilter,
} from "../../../src/engine/ask/timeline-filter";
import { createEngine } from "../../../src/engine/engine";
import { LIMITS } from "../../../src/engine/fold/limits";
import type { SessionEvent } from "../../../src/session/event";
import { folded } from "../../support/folding";
import { frames, incoming, open, out, socket } from "../../support/frames";

const SESSION = frames`> join < ok > mount Shop.Cart c1 < ok
  < v1 {total: 0, lines: [{"__musubi_store_id__": ["lines", "l1"], qty: 1}]}
  > add {sku: "Teapot"} @lines,l1 < ok < v2 /lines/0/qty=2 < v3 /total=4
  < v4 /lines/0/__musubi_store_id__/1="l2" < v5 /lines=[]`;
const ALL = { from: 0, count: MAX_WINDOW_ROWS };

const textIn = (events: readonly SessionEvent[]) => (seq: number) => {
  const event = events[seq - 1];
  return event !== undefined && "text" in event ? event.text : null;
};

function asked(filter: TimelineFilter, window: Parameters<typeof queryTimeline>[2] = ALL, events = SESSION) {
  const page = queryTimeline(folded(events), filter, window, textIn(events));
  if (!page.ok) throw new Error(describeTimelineFault(page.failure));
  return page.value;
}

const seqsOf = (filter: TimelineFilter, events = SESSION) =>
  asked(filter, ALL, events).entries.map(({ seq }) => seq);

describe("a question about the timeline", () => {
  it("gives rows with time, root, store, summary, size and what belongs together", () => {
    const root = { connection: 1, topic: "musubi:connection", root_id: "c1" };
    const [push, answer, envelope] = asked({ from_seq: 8, to_seq: 10 }).entries;
    expect(push).toMatchObject({
      kind: "command",
      t: 7,
      root,
      store: '["lines","l1"]',
      answers: null,
      answered: 9,
    });
    expect(push?.size).toBe(textIn(SESSION)(8)?.length);
    expect(answer).toMatchObject({
      kind: "reply",
      answers: 8,
      answered: null,
      summary: "ok to add after 1 ms",
    });
    expect(envelope).toMatchObject({ kind: "envelope", command: 8, confidence: "high", store: null });
  });

  it("asks for kinds, a root and a range of events", () => {
    expect(seqsOf({ kinds: ["mount", "command"] })).toEqual([5, 6, 8]);
    expect(seqsOf({ root: { connection: 1, topic: "musubi:connection", root_id: "c1" } })).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
    expect(seqsOf({ root: { connection: 2, topic: "musubi:connection", root_id: "c1" } })).toEqual([]);
    expect(seqsOf({ from_seq: 4, to_seq: 6 })).toEqual([4, 5, 6]);
  });

  it("finds text in the words of an entry and in its frame, in whatever case", () => {
    expect(seqsOf({ text: "teapot" })).toEqual([8]);
    expect(seqsOf({ text: "SHOP.CART" })).toEqual([5]);
    // The attributed envelope has the command among its words.
    expect(seqsOf({ text: "add", from_seq: 8 })).toEqual([8, 9, 10]);
    expect(seqsOf({ text: "a.d" })).toEqual([]);
    expect(seqsOf({ text: "musubi:connection", kinds: ["envelope"] })).toEqual([7, 10, 11, 12, 13]);
  });

  it("finds words where the frame's text is not at hand any more", () => {
    const page = queryTimeline(folded(SESSION), { text: "c1", kinds: ["envelope"] }, ALL, () => null);
    expect(page.ok ? page.value.total : 0).toBe(5);
  });

  it("takes regular expressions, and asks for both where both are given", () => {
    expect(seqsOf({ regex: "^\\[.*teap[aeo]t" })).toEqual([8]);
    expect(seqsOf({ regex: "connection", text: "teapot" })).toEqual([8]);
    const far = [socket(1), open(1), out(1, null, "1", "room", "shout", `${"x".repeat(MAX_REGEX_CHARS)}end`)];
    expect(seqsOf({ regex: "end" }, far)).toEqual([]);
    expect(seqsOf({ text: "end" }, far)).toEqual([3]);
  });

  it("fails in a sentence where the expression is broken, or too long", () => {
    const fault = (filter: TimelineFilter) => {
      const page = queryTimeline(folded([]), filter, ALL, () => null);
      return page.ok ? null : describeTimelineFault(page.failure);
    };
    expect(fault({ regex: "(" })).toMatch(/^This is no regular expression: .*\.$/);
    expect(fault({ text: "(" })).toBeNull();
    expect(fault({ regex: "x".repeat(MAX_PATTERN_CHARS + 1) })).toContain("1000 characters");
  });

  it("gives a window, the last entries, or what there is of it", () => {
    const range = (from: number | "end", count: number) => {
      const page = asked({ kinds: ["envelope"] }, { from, count });
      return [page.total, page.from, page.entries.map(({ seq }) => seq)];
    };
    expect(range(1, 2)).toEqual([5, 1, [10, 11]]);
    expect(range("end", 2)).toEqual([5, 3, [12, 13]]);
    expect(range("end", 99)).toEqual([5, 0, [7, 10, 11, 12, 13]]);
    expect(range(99, 2)).toEqual([5, 5, []]);
    expect(range(-3, 1)).toEqual([5, 0, [7]]);
  });
});

describe("the timeline of one store", () => {
  const seqs = (store_id: readonly string[], kinds?: TimelineFilter["kinds"]) =>
    seqsOf({ store_id, ...(kinds === undefined ? {} : { kinds }) });

  it("has its commands, and the envelopes that change it, wherever it stands", () => {
    expect(seqs(["lines", "l1"])).toEqual([7, 8, 9, 10, 12]);
    expect(seqs(["lines", "l2"])).toEqual([12, 13]);
    // Where a child takes the place of another, the store around has changed too.
    expect(seqs([], ["envelope"])).toEqual([7, 11, 12, 13]);
    expect(seqs(["lines"])).toEqual([]);
  });

  it("has the envelopes that change its streams and uploads, and its push events", () => {
    const patch = {
      ...{ type: "patch", root_id: "c1", base_version: 5, version: 6, ops: [], upload_ops: [] },
      stream_ops: [
        { op: "insert", stream: "rows", store_id: [], item_key: "a", at: -1, limit: null, item: 1 },
      ],
      events: [{ store_id: ["lines"], name: "toast", payload: 1 }],
    };
    const events = [...SESSION, incoming(1, "1", null, "musubi:connection", "patch", patch)];
    expect(seqsOf({ store_id: [], from_seq: 14 }, events)).toEqual([14]);
    expect(asked({ store_id: ["lines"], from_seq: 14 }, ALL, events).entries).toMatchObject([
      { kind: "event" },
    ]);
  });
});

describe("a view of the timeline", () => {
  it("is kept up with the session, and forgets what the session forgets", () => {
    const engine = createEngine(undefined, { ...LIMITS, timeline_entries: 6 });
    const view = createTimelineView(engine, { kinds: ["envelope", "mount"] }, textIn(SESSION));
    if (!view.ok) throw new Error("The filter is sound.");
    const totals = SESSION.map((event) => {
      engine.fold(event);
      return view.value.extend();
    });
    expect(totals).toEqual([0, 0, 0, 0, 1, 2, 3, 3, 3, 4, 4, 4, 4]);
    const page = view.value.window({ from: 0, count: 9 });
    expect(page).toMatchObject({ total: 4, from: 0, forgotten: 7 });
    expect(page.entries.map(({ seq }) => seq)).toEqual([10, 11, 12, 13]);
  });

  it("looks at nothing before its range, even where that begins after what there is", () => {
    const engine = createEngine();
    const view = createTimelineView(engine, { from_seq: 12 }, () => null);
    if (!view.ok) throw new Error("The filter is sound.");
    for (const event of SESSION) {
      engine.fold(event);
      view.value.extend();
    }
    expect(view.value.window(ALL).entries.map(({ seq }) => seq)).toEqual([12, 13]);
  });

  it("looks at each entry once", () => {
    const engine = folded(SESSION);
    const looked: number[] = [];
    const view = createTimelineView(engine, { text: "nothing" }, (seq) => {
      looked.push(seq);
      return null;
    });
    if (!view.ok) throw new Error("The filter is sound.");
    view.value.extend();
    view.value.extend();
    expect(looked).toEqual(SESSION.map((_, at) => at + 1));
  });

  it("looks only at what a wider one has found, where that has looked", () => {
    const engine = folded(SESSION);
    const looked: number[] = [];
    const textOf = (seq: number) => {
      looked.push(seq);
      return textIn(SESSION)(seq);
    };
    const wide = createTimelineView(engine, { text: "add" }, textIn(SESSION));
    if (!wide.ok) throw new Error("The filter is sound.");
    wide.value.extend(5);
    const view = createTimelineView(engine, { text: "adds" }, textOf, undefined, wide.value);
    if (!view.ok) throw new Error("The filter is sound.");
    view.value.extend(5);
    expect(looked).toEqual([9, 10]);
    view.value.extend();
    expect(looked).toEqual([9, 10, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("looks at so many entries at a time, the newest first, and then at what comes", () => {
    const events = SESSION.slice(0, -1);
    const engine = folded(events);
    const view = createTimelineView(engine, { kinds: ["envelope"] }, textIn(SESSION));
    if (!view.ok) throw new Error("The filter is sound.");
    const seqs = () => view.value.window(ALL).entries.map(({ seq }) => seq);
    expect([view.value.extend(2), view.value.left(), seqs()]).toEqual([2, 10, [11, 12]]);
    for (const event of SESSION.slice(-1)) engine.fold(event);
    expect(view.value.left()).toBe(11);
    expect([view.value.extend(2), view.value.left(), seqs()]).toEqual([4, 9, [10, 11, 12, 13]]);
    expect([view.value.extend(), view.value.left(), seqs()]).toEqual([5, 0, [7, 10, 11, 12, 13]]);
  });

  it("tells in which row an event stands, where it has one", () => {
    const view = createTimelineView(folded(SESSION), { kinds: ["envelope"] }, textIn(SESSION));
    if (!view.ok) throw new Error("The filter is sound.");
    view.value.extend();
    expect([6, 7, 8, 10, 13, 14].map(view.value.rowOf)).toEqual([null, 0, null, 1, 4, null]);
  });
});

describe("the rows of one event", () => {
  it("are all its entries, in order, as many as are asked for", () => {
    const patch = {
      ...{
        type: "patch",
        root_id: "c1",
        base_version: 5,
        version: 6,
        ops: [],
        stream_ops: [],
        upload_ops: [],
      },
      events: [1, 2].map((payload) => ({ store_id: [], name: "toast", payload })),
    };
    const engine = folded([...SESSION, incoming(1, "1", null, "musubi:connection", "patch", patch)]);
    const kinds = (most: number) => rowsOfEvent(engine, 14, most).map(({ kind }) => kind);
    expect(kinds(9)).toEqual(["envelope", "event", "event"]);
    expect(kinds(2)).toEqual(["envelope", "event"]);
    expect(rowsOfEvent(engine, 15, 9)).toEqual([]);
  });
});
