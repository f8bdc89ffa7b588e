import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAsker } from "../../../src/engine/ask/asker";
import { createEngine } from "../../../src/engine/engine";
import type { SessionEvent } from "../../../src/session/event";
import type { Json, JsonObject } from "../../../src/wire/json";
import { folded } from "../../support/folding";
import { frames, incoming } from "../../support/frames";
import { lawRuns } from "../../support/law-runs";
import { sessions } from "../../support/random-session";

const EVENTS = frames`> join < ok > mount A x < ok < v1 {n: 0} > add {} < ok < v2 /n=1 < v3 /n=2`;
const root = { root_id: "x" };
const noText = () => null;
const textIn = (events: readonly SessionEvent[]) => (seq: number) => {
  const event = events[seq - 1];
  return event !== undefined && "text" in event ? event.text : null;
};

describe("an asker", () => {
  it("goes on with what was folded since the last question", () => {
    const engine = createEngine();
    const asker = createAsker(engine, noText);
    const question = { kind: "changes", root, store_id: [] } as const;
    expect(asker.ask(question)).toMatchObject({ kind: "refused", reason: "no_such_root" });
    for (const [at, event] of EVENTS.entries()) {
      engine.fold(event);
      if (at === 6) expect(asker.ask(question)).toMatchObject({ total: 1 });
    }
    expect(asker.ask(question)).toMatchObject({ total: 3, changes: [{}, { command: 8 }, { command: null }] });
  });

  it("lists what happened, by kind, text and store, and which command led to what", () => {
    const asker = createAsker(folded(EVENTS), textIn(EVENTS));
    const rows = (more: object) => {
      const page = asker.askJson({ kind: "timeline", ...more });
      return page.kind === "timeline" ? page.entries.map(({ seq, kind }) => [seq, kind]) : page;
    };
    expect(rows({ kinds: ["command", "envelope"], root })).toEqual([
      [7, "envelope"],
      [8, "command"],
      [10, "envelope"],
      [11, "envelope"],
    ]);
    expect(rows({ kinds: ["envelope"], text: '"N":0' })).toEqual([[7, "envelope"]]);
    expect(rows({ regex: "^.*/n.*2" })).toEqual([[11, "envelope"]]);
    expect(rows({ kinds: ["envelope"], store_id: [], from_seq: 8, from: 0, count: 1 })).toEqual([
      [10, "envelope"],
    ]);
    expect(rows({ kinds: ["envelope"], store_id: ["none"] })).toEqual([]);
    expect(rows({ root: { root_id: "y" } })).toMatchObject({ reason: "no_such_root" });
    expect(rows({ regex: "(" })).toMatchObject({ reason: "bad_regex" });
    expect(rows({ kinds: ["guess"] })).toMatchObject({ reason: "bad_question" });
    const page = asker.ask({ kind: "timeline", kinds: ["envelope"], from: 1, count: 1 });
    expect(page).toMatchObject({ total: 3, from: 1, entries: [{ command: 8, confidence: "high" }] });
  });

  it("tells what a store holds, and why it changed, where the server shows its assigns", () => {
    const assigns = (version: number, more: JsonObject) => {
      const payload = { root_id: "x", store_id: [], module: "A", version, ...more };
      return incoming(1, "1", null, "musubi:connection", "devtools:assigns", payload);
    };
    const why = { cause: { kind: "command", name: "add" }, changed: ["n"] };
    const events = [
      ...EVENTS.slice(0, 7),
      assigns(1, { cause: { kind: "mount" }, changed: ["n"], assigns: { n: 0, hidden: 1 } }),
      ...EVENTS.slice(7, 10),
      assigns(2, { ...why, assigns: { n: 1 }, us: { render: 120 } }),
    ];
    const asker = createAsker(folded(events), textIn(events));
    expect(asker.ask({ kind: "changes", root, store_id: [], from_seq: 9 })).toMatchObject({
      changes: [
        { kind: "envelope", lens: null, steps: [{ what: "field", before: 0, after: 1 }] },
        {
          ...{ kind: "assigns", lens: { ...why, us: { render: 120 } } },
          steps: [{ what: "assign", name: "n", before: 0, after: 1 }],
        },
      ],
    });
    expect(asker.ask({ kind: "store", root, store_id: [] })).toMatchObject({
      store: { assigns: { module: "A", assigns: { n: 1, hidden: 1 } } },
    });
    const target = { what: "assign", store_id: [], name: "n", path: "" } as const;
    expect(asker.ask({ kind: "history", root, target })).toMatchObject({
      values: [{ value: 1 }, { value: 0 }],
    });
  });

  it("tells a root from its namesake by connection and topic", () => {
    const asker = createAsker(folded(EVENTS), textIn(EVENTS));
    const totals = (more: object) => asker.askJson({ kind: "totals", root: { ...root, ...more } });
    expect(totals({ connection: 1, topic: "musubi:connection" })).toMatchObject({ kind: "totals" });
    expect(totals({ connection: 2 })).toMatchObject({ kind: "refused" });
    expect(totals({ topic: "musubi:other" })).toMatchObject({ kind: "refused" });
  });

  it("says when what was there then has been let go", () => {
    const engine = createEngine(0);
    for (const event of EVENTS) engine.fold(event);
    const asker = createAsker(engine, noText);
    const refused = { kind: "refused", reason: "truncated", message: /event 7 .*let go/ };
    const expected = { ...refused, message: expect.stringMatching(refused.message) };
    expect(asker.ask({ kind: "store", root, store_id: [], seq: 7 })).toMatchObject(expected);
    expect(asker.ask({ kind: "inspect", seq: 7 })).toMatchObject(expected);
    expect(asker.ask({ kind: "diff", root, from_seq: 7 })).toMatchObject(expected);
    expect(asker.ask({ kind: "store", root, store_id: [] })).toMatchObject({ store: { own: { n: 2 } } });
  });

  it("searches in what was there then, and in no root that came later", () => {
    const engine = createEngine(0);
    for (const event of EVENTS) engine.fold(event);
    const search = (more: object) =>
      createAsker(engine, noText).askJson({ kind: "search", query: { kind: "text", text: "n" }, ...more });
    expect(search({})).toMatchObject({ kind: "search", hits: [{ root_id: "x", path: "/n", kind: "key" }] });
    expect(search({ seq: 4 })).toEqual({ kind: "search", hits: [], more: false });
    expect(search({ root, seq: 4 })).toMatchObject({ kind: "refused", reason: "nothing_there" });
    expect(search({ root, seq: 8 })).toMatchObject({ kind: "refused", reason: "truncated" });
    expect(search({ root: { root_id: "y" }, seq: 4 })).toMatchObject({ reason: "no_such_root" });
  });

  it("answers every question, or says in a sentence why not (seed 31)", () => {
    const word = fc.constantFrom<Json[]>(
      "x",
      "r",
      "n",
      "/n",
      "/rows/0",
      "items",
      "k1",
      "",
      "[",
      0,
      5,
      1e9,
      null,
      [],
    );
    const store_id = fc.constantFrom<Json[]>([], ["a"], ["rows", "a"], "a", [1]);
    const named = fc.constantFrom<Json[]>(
      { root_id: "r" },
      { root_id: "r", connection: 1 },
      { root_id: 1 },
      "r",
    );
    const question = fc.record(
      {
        kind: fc.constantFrom<Json[]>(
          ...["inspect", "timeline", "store", "stream", "upload", "changes", "diff", "history", "blame"],
          ...["search", "totals", "assigns", "constructor", "__proto__", 5],
        ),
        ...{ root: named, store_id, name: word, seq: word, from_seq: word, to_seq: word },
        ...{ from: word, count: word },
        query: fc.constantFrom<Json[]>(
          { kind: "text", text: "a" },
          { kind: "regex", source: "(" },
          { kind: "regex", source: "^a|b$" },
          { kind: "regex" },
        ),
        target: fc.record({
          what: fc.constantFrom<Json[]>("field", "stream", "assign", "other"),
          ...{ store_id, name: word, item_key: word, path: word },
        }),
      },
      { requiredKeys: ["kind"] },
    );
    fc.assert(
      fc.property(sessions, fc.array(fc.oneof(question, fc.jsonValue())), (events, questions) => {
        const asker = createAsker(folded(events), textIn(events));
        for (const one of questions) {
          const answer = asker.askJson(JSON.parse(JSON.stringify(one)));
          if (answer.kind === "refused") expect(answer.message).toMatch(/^[A-Z].*\.$/s);
          else expect(answer.kind).toBe(Reflect.get(Object(one), "kind"));
          expect(JSON.stringify(answer).length).toBeGreaterThan(0);
        }
      }),
      { seed: 31, numRuns: lawRuns() },
    );
  });
});
