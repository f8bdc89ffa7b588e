import { describe, expect, it } from "vitest";
import { createAsker } from "../../../src/engine/ask/asker";
import { MAX_TOLD_RENDERS } from "../../../src/engine/ask/assigns";
import type { SessionEvent } from "../../../src/session/event";
import type { JsonObject } from "../../../src/wire/json";
import { folded } from "../../support/folding";
import { frames, incoming } from "../../support/frames";

const EVENTS = frames`> join < ok > mount A x < ok < v1 {n: 0} > add {} < ok < v2 /n=1 < v3 /n=2 < v4 /n=3`;
const root = { root_id: "x" };
const askerOf = (events: readonly SessionEvent[]) => createAsker(folded(events), () => null);

function assigns(version: number, more: JsonObject): SessionEvent {
  const payload = { root_id: "x", store_id: [], module: "A", version, ...more };
  return incoming(1, "1", null, "musubi:connection", "devtools:assigns", payload);
}

describe("what is told of a change", () => {
  it("is when it came, and the command that it is attributed to", () => {
    expect(askerOf(EVENTS).ask({ kind: "changes", root, store_id: [] })).toMatchObject({
      changes: [
        { seq: 7, t: 6, cause: null },
        { seq: 10, t: 9, cause: { seq: 8, name: "add", confidence: "high" } },
        { seq: 11, t: 10, cause: null },
        { seq: 12 },
      ],
    });
  });

  it("is a window, counted from the oldest", () => {
    const versions = (window: { from?: number | "end"; count?: number }) => {
      const answer = askerOf(EVENTS).ask({ kind: "changes", root, store_id: [], ...window });
      return answer.kind === "changes"
        ? { ...answer, changes: answer.changes.map(({ version }) => version) }
        : answer;
    };
    expect(versions({ from: 1, count: 2 })).toEqual({ kind: "changes", from: 1, total: 4, changes: [2, 3] });
    expect(versions({ from: "end", count: 1 })).toMatchObject({ from: 3, changes: [4] });
    expect(versions({ from: 9 })).toMatchObject({ from: 4, total: 4, changes: [] });
  });
});

describe("what is told of a value", () => {
  const target = { what: "field", store_id: [], path: "/n" } as const;

  it("is when it was written, and by which command", () => {
    const asker = askerOf(EVENTS);
    expect(asker.ask({ kind: "history", root, target, count: 3 })).toMatchObject({
      values: [
        { value: 3, t: 11 },
        { value: 2, cause: null },
        { value: 1, t: 9, cause: { name: "add" } },
      ],
      end: "more",
    });
    expect(asker.ask({ kind: "blame", root, target, seq: 10 })).toMatchObject({
      written: { value: 1, cause: { seq: 8 } },
    });
    expect(asker.ask({ kind: "blame", root, target, seq: 6 })).toMatchObject({ written: null });
  });
});

describe("what the server shows of a store's assigns", () => {
  const mount = assigns(1, { cause: { kind: "mount" }, changed: ["n"], assigns: { n: 0, hidden: 1 } });
  const add = assigns(2, {
    ...{ cause: { kind: "command", name: "add" }, changed: ["n"], assigns: { n: 1 } },
    us: { render: 120 },
  });
  const events = [...EVENTS.slice(0, 7), mount, ...EVENTS.slice(7, 10), add];

  it("is what it holds, and why it rendered, newest first", () => {
    expect(askerOf(events).ask({ kind: "assigns", root, store_id: [] })).toMatchObject({
      ...{ kind: "assigns", module: "A", assigns: { n: 1, hidden: 1 } },
      renders: [
        { seq: 12, version: 2, cause: { kind: "command", name: "add" }, changed: ["n"], us: { render: 120 } },
        { seq: 8, version: 1, cause: { kind: "mount" } },
      ],
    });
  });

  it("is of the moment that is asked for", () => {
    expect(askerOf(events).ask({ kind: "assigns", root, store_id: [], seq: 9 })).toMatchObject({
      assigns: { n: 0, hidden: 1 },
      renders: [{ seq: 8 }],
    });
  });

  it("is nothing where it shows none, and not all where there were very many", () => {
    expect(askerOf(EVENTS).ask({ kind: "assigns", root, store_id: [] })).toEqual({
      ...{ kind: "assigns", module: null, assigns: null, renders: [] },
    });
    const many = Array.from({ length: MAX_TOLD_RENDERS + 5 }, (_, n) => assigns(2, { assigns: { n } }));
    const answer = askerOf([...events, ...many]).ask({ kind: "assigns", root, store_id: [] });
    expect(answer).toMatchObject({ assigns: { n: MAX_TOLD_RENDERS + 4 } });
    expect(answer.kind === "assigns" && answer.renders.length).toBe(MAX_TOLD_RENDERS);
  });
});
