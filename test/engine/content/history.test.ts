import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createColumn } from "../../../src/engine/content/column";
import { createCursor } from "../../../src/engine/content/cursor";
import { createArchive, type History } from "../../../src/engine/content/history";
import { createNumberColumn } from "../../../src/engine/content/number-column";
import { applyPatch } from "../../../src/engine/content/patch";
import type { Json } from "../../../src/wire/json";
import { lawRuns } from "../../support/law-runs";

/** Version after version of one root: the first envelope sets everything, each other one `/n`. */
function keepVersions(history: History, versions: number, size = 100): void {
  for (let version = 1; version <= versions; version++) {
    const op: Json =
      version === 1
        ? { op: "replace", path: "", value: { n: 1 } }
        : { op: "replace", path: "/n", value: version };
    expect(applyPatch(history.draft, [op], history.log)).toBeNull();
    history.append({ seq: version * 10, kind: "envelope", epoch: 1, version, size });
  }
}

function stateAt(history: History, seq: number): Json | "truncated" {
  const content = createCursor(history).seek(seq);
  return content === "truncated" ? content : content.state;
}

describe("a history", () => {
  it("has what was there after any event, between its revisions too", () => {
    const history = createArchive().create();
    keepVersions(history, 3);
    expect([9, 10, 19, 20, 35].map((seq) => stateAt(history, seq))).toEqual([
      null,
      { n: 1 },
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
    expect(history.headTo(2)).toEqual({ seq: 20, kind: "envelope", epoch: 1, version: 2, size: 100 });
    expect(history.revisionTo(2)?.changes).toEqual([
      { area: "state", op: "replace", path: "/n", left: 1, entered: 2 },
    ]);
  });

  it("keeps what it gave out as it was, whatever is edited after it", () => {
    const history = createArchive().create();
    keepVersions(history, 2);
    const before = history.now();
    keepVersions(history, 3);
    expect(before.state).toEqual({ n: 2 });
  });

  it("lets its older half go when it outgrows its memory, and says so", () => {
    const history = createArchive(20_000).create();
    keepVersions(history, 1000);
    expect(history.forgotten()).toBeGreaterThan(800);
    expect(stateAt(history, 10)).toBe("truncated");
    expect(stateAt(history, history.forgottenSeq() - 1)).toBe("truncated");
    expect(stateAt(history, history.forgottenSeq())).toEqual({ n: history.forgotten() });
    expect(history.headTo(history.forgotten())?.version).toBe(history.forgotten());
    // Recent moments are still there.
    for (let version = 990; version <= 1000; version++) {
      expect(stateAt(history, version * 10)).toEqual({ n: version });
    }
  });

  it("makes room at the expense of the largest", () => {
    const archive = createArchive(50_000);
    const [small, large] = [archive.create(), archive.create()];
    keepVersions(small, 10);
    keepVersions(large, 500);
    expect(stateAt(small, 10)).toEqual({ n: 1 });
    expect(stateAt(large, 10)).toBe("truncated");
  });

  it("keeps nothing but the present where it has no memory", () => {
    const history = createArchive(0).create();
    keepVersions(history, 5);
    expect([stateAt(history, 40), stateAt(history, 50)]).toEqual(["truncated", { n: 5 }]);
    expect(history.log.length()).toBe(0);
  });
});

describe.each([
  ["anything", () => createColumn<number>()],
  ["numbers", createNumberColumn],
])("a column of %s", (_, create) => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("push" as const), count: fc.nat(1500) }) },
    fc.record({ kind: fc.constantFrom("cut" as const, "forget" as const), count: fc.nat(2500) }),
  );

  it("is a list that is cut at both ends (seed 71)", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const column = create();
        let list: number[] = [];
        let next = 0;
        for (const { kind, count } of steps) {
          const some = Math.min(count, list.length);
          if (kind === "forget") {
            column.forget(some);
            list = list.slice(some);
          } else if (kind === "cut") {
            column.cut(some);
            list = list.slice(0, some);
          } else {
            for (let at = 0; at < count; at++) {
              column.push(next);
              list.push(next++);
            }
          }
          expect(column.length()).toBe(list.length);
          for (const place of [-1, 0, 15, 16, 1023, 1024, list.length - 1, list.length]) {
            expect(column.at(place)).toBe(list[place]);
          }
        }
        expect(list.map((_value, place) => column.at(place))).toEqual(list);
      }),
      { seed: 71, numRuns: lawRuns() },
    );
  });
});
