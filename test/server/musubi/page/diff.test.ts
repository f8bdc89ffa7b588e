import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diff, type PatchOp } from "../../../../src/server/musubi/page/diff";
import { isJsonObject, type Json } from "../../../../src/wire/json";
import { lawRuns } from "../../../support/law-runs";

const SEED = 20_261;

describe("a diff", () => {
  it.each<[string, Json, Json, readonly PatchOp[]]>([
    ["of equal values is empty", { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ["replaces what has another value", { a: 1 }, { a: 2 }, [{ op: "replace", path: "/a", value: 2 }]],
    ["replaces what has another type", { a: [] }, { a: {} }, [{ op: "replace", path: "/a", value: {} }]],
    ["replaces the whole", 1, [1], [{ op: "replace", path: "", value: [1] }]],
    ["adds a key", {}, { a: null }, [{ op: "add", path: "/a", value: null }]],
    ["removes a key", { a: null }, {}, [{ op: "remove", path: "/a" }]],
    [
      "escapes keys",
      {},
      { "a/b~1": 1, "": 2 },
      [
        { op: "add", path: "/a~1b~01", value: 1 },
        { op: "add", path: "/", value: 2 },
      ],
    ],
    [
      "appends in order",
      [1],
      [1, 2, 3],
      [
        { op: "add", path: "/1", value: 2 },
        { op: "add", path: "/2", value: 3 },
      ],
    ],
    [
      "removes the highest index first",
      [1, 2, 3],
      [1],
      [
        { op: "remove", path: "/2" },
        { op: "remove", path: "/1" },
      ],
    ],
    [
      "is positional: the first row gone rewrites the others",
      [{ n: 1 }, { n: 2 }],
      [{ n: 2 }],
      [
        { op: "replace", path: "/0/n", value: 2 },
        { op: "remove", path: "/1" },
      ],
    ],
  ])("%s", (_what, before, after, ops) => {
    expect(diff(before, after)).toEqual(ops);
  });

  it(`applied to the one gives the other (seed ${SEED})`, () => {
    const values = fc.tuple(jsonValue(), jsonValue());
    fc.assert(
      fc.property(values, ([before, after]) => {
        expect(applyOps(before, diff(before, after))).toEqual(after);
      }),
      { seed: SEED, numRuns: lawRuns() },
    );
  });

  it("keeps __proto__ an ordinary key", () => {
    const before: Json = JSON.parse('{"__proto__":{"a":1}}');
    const after: Json = JSON.parse('{"__proto__":{"a":2},"constructor":1}');
    expect(diff(before, after)).toEqual([
      { op: "replace", path: "/__proto__/a", value: 2 },
      { op: "add", path: "/constructor", value: 1 },
    ]);
  });
});

/** JSON whose keys and values repeat often, so that most of it stays and a little changes. */
function jsonValue(): fc.Arbitrary<Json> {
  const key = fc.constantFrom("a", "b", "c/d", "~", "", "__proto__", "constructor", "0");
  return fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<Json>(null, true, 0, 1, "", "x"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
}

/** RFC 6902 at its plainest: walk down, copy on the way back. */
function applyOps(document: Json, ops: readonly PatchOp[]): Json {
  return ops.reduce(
    (current, op) => applyOp(current, op.path.split("/").slice(1).map(unescapeKey), op),
    document,
  );
}

function applyOp(target: Json, tokens: readonly string[], op: PatchOp): Json {
  const [token, ...deeper] = tokens;
  if (token === undefined) return op.op === "remove" ? null : op.value;
  if (Array.isArray(target)) {
    const items: Json[] = [...target];
    const index = Number(token);
    if (deeper.length > 0) items[index] = applyOp(items[index] ?? null, deeper, op);
    else if (op.op === "remove") items.splice(index, 1);
    else items.splice(index, op.op === "add" ? 0 : 1, op.value);
    return items;
  }
  if (!isJsonObject(target)) throw new Error(`Nothing is at ${op.path}.`);
  const entries = new Map(Object.entries(target));
  if (deeper.length > 0) entries.set(token, applyOp(entries.get(token) ?? null, deeper, op));
  else if (op.op === "remove") entries.delete(token);
  else entries.set(token, op.value);
  return Object.fromEntries(entries);
}

function unescapeKey(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
