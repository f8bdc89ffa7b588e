import fc from "fast-check";
import type { Json, JsonObject } from "../../src/wire/json";

/** Names that mean something to JavaScript, to pointers, to Musubi or to encodings. */
const NAMES: readonly string[] = [
  ...["a", "b", "rows", "items", "file", "0", "1", "-", "", "length"],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"],
  ...["a/b", "m~n", "~1", "\ud800", "\udc00x", "ü🙂", "\u0000", "__musubi_store_id__"],
];

/** What JSON can write and `JSON.stringify` does not: see `wireText`. */
const RAW: ReadonlyMap<string, string> = new Map([
  ["negative_zero", "-0"],
  ["infinite", "1e999"],
  ["tiny", "5e-324"],
  ["long", "123456789012345678901234567890"],
  ["deep", "[".repeat(300) + "]".repeat(300)],
]);

/**
 * The JSON text of a value, in which `"#negative_zero"` and the like stand for what no value can say, and the key
 * `"#again_ops"` for a second `ops`.
 */
export function wireText(value: Json): string {
  return JSON.stringify(value)
    .replace(/"#again_(\w+)":/g, (_whole, name: string) => `${JSON.stringify(name)}:`)
    .replace(/"#(\w+)"/g, (whole, name: string) => RAW.get(name) ?? whole);
}

/** One of them. */
export const anyName = fc.constantFrom(...NAMES);

/** A value without fields, at the edge of what there is. */
export const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json[]>(null, true, false, 0, 1, 2, -1, 0.5, 1e308, 2 ** 53, -(2 ** 53), "", [], {}),
  fc.constantFrom(...[...RAW.keys()].map((name) => `#${name}`)),
  anyName,
);

/** A store id; the first ones are often in the tree. */
export const storeId: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Json[]>([], ["a"], ["rows", "a"], ["__proto__"]) },
  fc.array(anyName, { maxLength: 3 }),
);

/** Any JSON, small, with the markers of a wire tree in it now and then. */
export const anyJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    odd,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(anyName, tie("value")), { maxLength: 3 }).map(Object.fromEntries),
    fc.record({ __musubi_store_id__: storeId, a: tie("value"), items: tie("value") }),
    fc.oneof(anyName, odd).map((name) => ({ __musubi_stream__: name })),
    fc.oneof(anyName, odd).map((name) => ({ __musubi_upload__: name })),
    fc.record({
      __musubi_async__: fc.constantFrom<Json[]>(true, true, 1),
      status: fc.constantFrom<Json[]>("loading", "ok", "failed", "toString"),
      result: tie("value"),
      reason: tie("value"),
    }),
  ),
})).value;

type Fields = { readonly [name: string]: fc.Arbitrary<Json> };

/** An object of these fields, one of which is left out, doubled or of another type now and then. */
export function nearly(fields: Fields): fc.Arbitrary<JsonObject> {
  const slip = fc.record({
    field: fc.constantFrom(...Object.keys(fields)),
    how: fc.constantFrom("drop", "change", "double", "rename"),
    value: anyJson,
    name: anyName,
  });
  return fc
    .tuple(fc.record(fields), fc.option(slip, { freq: 5, nil: null }), fc.boolean())
    .map(([whole, found, isSlip]): JsonObject => {
      if (found === null || !isSlip) return whole;
      const { field, how, value, name } = found;
      const { [field]: dropped = null, ...rest } = whole;
      if (how === "drop") return rest;
      if (how === "change") return { ...rest, [field]: value };
      if (how === "double") return { ...whole, [`#again_${field}`]: value };
      return Object.fromEntries([...Object.entries(rest), [name, dropped]]);
    });
}
