import { describe, expect, it } from "vitest";
import { createAsker } from "../../src/engine/ask/asker";
import { compactSession } from "../../src/engine/compact/compact-session";
import { createEngine } from "../../src/engine/engine";
import { frames } from "../support/frames";

const SESSION = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} < v2 /total=2 < v3 /total=3 < v4 /total=4`;
/** So many of its first events were folded away, or into the bases that stand for them. */
const FOLDED = 9;
const HEAD = compactSession(SESSION.slice(0, FOLDED));

/** An engine that reads the session from its middle, and how many of its events are not there any more. */
function readFromMiddle() {
  const engine = createEngine();
  const missing = FOLDED - HEAD.length;
  engine.skip(missing, 41);
  for (const event of [...HEAD, ...SESSION.slice(FOLDED)]) engine.fold(event);
  return { engine, missing };
}

describe("a session of which the first events are not there any more", () => {
  it("numbers the others as if they were", () => {
    const { engine, missing } = readFromMiddle();
    expect(missing).toBeGreaterThan(0);
    expect(engine.seq).toBe(SESSION.length);
    expect(engine.inspect()).toMatchObject({
      at: { seq: SESSION.length, t: SESSION.length - 1 },
      connections: [{ roots: [{ version: 4, state: { total: 4 } }] }],
    });
    expect(engine.inspectAt(FOLDED)).toMatchObject({ connections: [{ roots: [{ version: 3 }] }] });
  });

  it("knows when its events came and how long they are", () => {
    const { engine, missing } = readFromMiddle();
    const last = SESSION.at(-1);
    expect(engine.timeOf(SESSION.length)).toBe(SESSION.length - 1);
    expect(engine.sizeOf(SESSION.length)).toBe(last !== undefined && "text" in last ? last.text.length : 0);
    expect(engine.timeOf(missing + 2)).toBe(1);
    expect([engine.timeOf(missing), engine.sizeOf(missing)]).toEqual([41, 0]);
    expect([engine.timeOf(0), engine.timeOf(SESSION.length + 1)]).toEqual([0, 0]);
  });

  it("does not pretend to know what was then", () => {
    const { engine, missing } = readFromMiddle();
    const asker = createAsker(engine, () => null);
    const root = { root_id: "c1" };
    for (let seq = 1; seq <= missing; seq++) {
      expect(engine.isSkipped(seq)).toBe(true);
      expect(engine.inspectAt(seq)).toBe("truncated");
      for (const question of [
        { kind: "inspect", seq },
        { kind: "store", root, store_id: [], seq },
        { kind: "changes", root, store_id: [], from_seq: seq },
        { kind: "diff", root, from_seq: seq },
        { kind: "search", query: { kind: "text", text: "total" }, seq },
      ]) {
        expect(asker.askJson(question)).toMatchObject({ kind: "refused", reason: "truncated" });
      }
    }
    expect(engine.isSkipped(missing + 1)).toBe(false);
    expect(engine.inspectAt(0)).toMatchObject({ connections: [] });
  });

  it("says that versions from before were let go, and knows the others", () => {
    const asker = createAsker(readFromMiddle().engine, () => null);
    const diff = (from: number, to: number) =>
      asker.askJson({
        ...{ kind: "diff_versions", root: { root_id: "c1" } },
        ...{ from: { epoch: 1, version: from }, to: { epoch: 1, version: to } },
      });
    expect(diff(1, 4)).toMatchObject({ kind: "refused", reason: "truncated" });
    expect(diff(3, 4)).toMatchObject({ kind: "diff" });
  });

  it("may have lost events in its middle, too", () => {
    const engine = createEngine();
    for (const event of SESSION.slice(0, FOLDED)) engine.fold(event);
    engine.skip(0, 5);
    engine.skip(3, 50);
    const [next] = SESSION.slice(FOLDED);
    if (next === undefined) throw new Error("The session is too short.");
    expect(engine.inspect()).toMatchObject({ at: { seq: FOLDED + 3, t: 50 } });
    engine.skip(2, 60);
    expect(engine.fold({ ...next, t: 70 }).seq).toBe(FOLDED + 6);
    const times = [FOLDED, FOLDED + 1, FOLDED + 3, FOLDED + 4, FOLDED + 6].map(engine.timeOf);
    expect(times).toEqual([FOLDED - 1, 50, 50, 60, 70]);
    expect(engine.inspectAt(FOLDED)).toMatchObject({ connections: [{ roots: [{ version: 3 }] }] });
    expect(engine.inspectAt(FOLDED + 5)).toBe("truncated");
    expect(engine.inspectAt(FOLDED + 6)).toMatchObject({ connections: [{ roots: [{ version: 4 }] }] });
  });
});
