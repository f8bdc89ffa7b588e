import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redoChange, undoChange } from "../../../src/engine/content/change";
import { createChangeLog } from "../../../src/engine/content/change-log";
import { createDraft, EMPTY, shareDraft } from "../../../src/engine/content/draft";
import { undoChanges } from "../../../src/engine/content/edit";
import { applyPatch } from "../../../src/engine/content/patch";
import { describePatchFault } from "../../../src/engine/content/patch-fault";
import type { Json } from "../../../src/wire/json";
import { formatPointer } from "../../../src/wire/json-pointer";
import { canonical } from "../../support/canonical";
import { lawRuns } from "../../support/law-runs";
import { type NaiveOp, naivePatch } from "../../support/naive-patch";

const draftOf = (state: Json) => createDraft({ ...EMPTY, state });

/** Applies, and checks that undoing restores and redoing does it again. Gives the state, or the fault's reason. */
function patched(state: Json, ...ops: readonly Json[]): Json {
  const draft = draftOf(state);
  const log = createChangeLog();
  const fault = applyPatch(draft, ops, log);
  const result = shareDraft(draft).state;
  if (fault !== null) {
    expect(result).toEqual(state);
    expect(log.length()).toBe(0);
    expect(describePatchFault(fault)).toMatch(/^Operation \d+ failed: .*\.$/);
    return fault.fault.reason;
  }
  const made = log.slice(0, log.length());
  undoChanges(draft, log, 0);
  expect(shareDraft(draft).state).toEqual(state);
  for (const change of made) redoChange(draft, change);
  expect(draft.areas.state).toEqual(result);
  return result;
}

const add = (path: string, value: Json) => ({ op: "add", path, value });
const replace = (path: string, value: Json) => ({ op: "replace", path, value });
const remove = (path: string) => ({ op: "remove", path });

describe("a patch that fits", () => {
  it.each<[string, Json, Json, Json]>([
    ["adds a key", {}, add("/a", 1), { a: 1 }],
    ["adds over a key", { a: 1 }, add("/a", 2), { a: 2 }],
    ["replaces a key", { a: 1 }, replace("/a", { b: [] }), { a: { b: [] } }],
    ["replaces a key that is not there, as the client does", {}, replace("/a", 1), { a: 1 }],
    ["removes a key", { a: 1, b: 2 }, remove("/a"), { b: 2 }],
    ["removes a key that is not there, as the client does", { b: 2 }, remove("/a"), { b: 2 }],
    ["inserts in front", [1, 2], add("/0", 0), [0, 1, 2]],
    ["inserts at the length", [1], add("/1", 2), [1, 2]],
    ["appends", [1], add("/-", 2), [1, 2]],
    ["replaces an element", [1, 2], replace("/1", 3), [1, 3]],
    ["removes an element", [1, 2], remove("/0"), [2]],
    ["replaces everything", { a: 1 }, replace("", [1]), [1]],
    [
      "follows escapes",
      { "a/b": { "m~n": 1 }, "": {} },
      replace("/a~1b/m~0n", 2),
      { "a/b": { "m~n": 2 }, "": {} },
    ],
    ["follows the empty key", { "": { "": 1 } }, replace("//", 2), { "": { "": 2 } }],
    ["treats a dash as an object's key", { "-": 1 }, replace("/-", 2), { "-": 2 }],
    ["keeps null as a value", { a: null }, replace("/a", null), { a: null }],
    [
      "keeps what constructor and prototype are called",
      {},
      add("/constructor", { prototype: 1 }),
      { constructor: { prototype: 1 } },
    ],
  ])("%s", (_, state, op, expected) => {
    expect(patched(state, op)).toEqual(expected);
  });

  it("takes __proto__ for an ordinary own key, at any depth, and pollutes nothing", () => {
    const state = patched(
      {},
      add("/__proto__", {}),
      add("/__proto__/polluted", 1),
      add("/__proto__/constructor", 2),
    );
    expect(JSON.stringify(state)).toBe('{"__proto__":{"polluted":1,"constructor":2}}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(JSON.stringify(patched(state, remove("/__proto__")))).toBe("{}");
  });

  it("writes neither to the operations it was made of nor to what was shared before", () => {
    const rows = [{ id: 1 }];
    const draft = draftOf({});
    applyPatch(draft, [add("/rows", rows), add("/rows/0/name", "x")], createChangeLog());
    const before = shareDraft(draft);
    applyPatch(draft, [add("/rows/0/name", "y"), add("/rows/-", 2)], createChangeLog());
    expect(rows).toEqual([{ id: 1 }]);
    expect(before.state).toEqual({ rows: [{ id: 1, name: "x" }] });
  });
});

describe("a patch that does not fit changes nothing", () => {
  it.each<[string, Json, Json, string]>([
    ["no object", {}, 5, "not_an_op"],
    ["no path", {}, { op: "add", value: 1 }, "no_path"],
    ["no value", {}, { op: "add", path: "/a" }, "no_value"],
    ["move", { a: 1 }, { op: "move", from: "/a", path: "/b" }, "unknown_op"],
    ["an inherited op", {}, JSON.parse('{"__proto__":{"op":"add","path":"/a","value":1}}'), "unknown_op"],
    ["no pointer", {}, add("a", 1), "bad_pointer"],
    ["adds the root", {}, add("", 1), "root_op"],
    ["removes the root", {}, remove(""), "root_op"],
    ["leads through a missing key", {}, add("/a/b", 1), "no_such_path"],
    ["leads through a number", { a: 1 }, add("/a/b", 1), "no_such_path"],
    ["leads through null", { a: null }, remove("/a/b"), "no_such_path"],
    ["leads through what objects inherit", {}, add("/constructor/x", 1), "no_such_path"],
    ["leads through a string's characters", { a: "text" }, replace("/a/0", "T"), "no_such_path"],
    ["adds past the end", [1], add("/2", 1), "out_of_range"],
    ["removes past the end", [1], remove("/1"), "out_of_range"],
    ["replaces past the end", [1], replace("/1", 0), "out_of_range"],
    ["removes at the dash", [1], remove("/-"), "bad_index"],
    ["replaces at the dash", [1], replace("/-", 0), "bad_index"],
    ["has leading zeros", [1], replace("/00", 0), "bad_index"],
    ["has a sign", [1], replace("/-1", 0), "bad_index"],
    ["names an array's length", [1], replace("/length", 0), "bad_index"],
  ])("where one %s", (_, state, op, reason) => {
    expect(patched(state, op)).toBe(reason);
  });

  it("undoes the operations before the one that failed", () => {
    const state = { rows: [{ id: 1 }, { id: 2 }], total: 2 };
    const ops = [
      remove("/rows/0"),
      replace("/total", 1),
      add("/rows/-", {}),
      replace("", { a: 1 }),
      add("/b/c", 1),
    ];
    expect(patched(state, ...ops)).toBe("no_such_path");
  });
});

describe("law 3, apply and invert", () => {
  const key = fc.constantFrom(
    "a",
    "b",
    "",
    "0",
    "1",
    "-",
    "a/b",
    "m~n",
    "__proto__",
    "constructor",
    "length",
  );
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<Json[]>(null, 0, 1, "text", true),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie("tree")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  const object = fc
    .array(fc.tuple(key, tree), { minLength: 2, maxLength: 8 })
    .map((entries) => Object.fromEntries(entries));
  /** An operation whose path goes `steps` places into what is there, or nowhere. */
  const plan = fc.record({
    op: fc.constantFrom("add", "remove", "replace"),
    steps: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
    last: fc.option(key, { freq: 1 }),
    value: tree,
  });
  type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

  /** The operations of the plans; each path leads through the state that the ones before left. */
  function planned(state: Json, plans: readonly Plan[]): readonly (NaiveOp & { readonly value: Json })[] {
    let now: unknown = state;
    return plans.map(({ op, steps, last, value }) => {
      const tokens = walk(now, steps);
      const path = formatPointer(last === null ? tokens : [...tokens, last]);
      now = naivePatch(now, [{ op, path, value }])?.result ?? now;
      return { op, path, value };
    });
  }

  it("agrees with a patch that copies everything, and is undone exactly (seed 6)", () => {
    let fitting = 0;
    fc.assert(
      fc.property(object, fc.array(plan, { maxLength: 4 }), (state, plans) => {
        const ops = planned(state, plans);
        const before = canonical(state);
        const draft = draftOf(state);
        const log = createChangeLog();
        const fault = applyPatch(draft, ops, log);
        const expected = naivePatch(state, ops);
        expect(fault === null).toBe(expected !== undefined);
        if (fault === null) {
          if (ops.length > 1) fitting++;
          const after = canonical(draft.areas.state);
          expect(after).toBe(canonical(expected?.result));
          const made = log.slice(0, log.length());
          shareDraft(draft);
          undoChanges(draft, log, 0);
          expect(canonical(shareDraft(draft).state)).toBe(before);
          for (const change of made) redoChange(draft, change);
          expect(canonical(draft.areas.state)).toBe(after);
          shareDraft(draft);
          for (const change of made.toReversed()) undoChange(draft, change);
        }
        expect(canonical(draft.areas.state)).toBe(before);
        // Whatever was applied and undone, what it started from is untouched.
        expect(canonical(state)).toBe(before);
      }),
      { seed: 6, numRuns: lawRuns(2000) },
    );
    // The generator must not miss the interesting part.
    expect(fitting).toBeGreaterThan(400);
  });
});

function walk(value: unknown, steps: readonly number[]): readonly string[] {
  const [step = 0, ...rest] = steps;
  if (steps.length === 0 || typeof value !== "object" || value === null) return [];
  const keys = Object.keys(value);
  const key = keys[step % keys.length];
  return key === undefined ? [] : [key, ...walk(Object.entries(value)[step % keys.length]?.[1], rest)];
}
