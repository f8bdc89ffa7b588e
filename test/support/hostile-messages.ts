import fc from "fast-check";
import type { Json, JsonObject } from "../../src/wire/json";
import { anyJson, anyName, nearly, odd, storeId } from "./hostile-json";

const path: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        "",
        "/a",
        "/b",
        "/__proto__",
        "/__proto__/a",
        "/constructor",
        "/constructor/prototype",
        "/toString",
      ],
      ...["/rows/0", "/rows/1", "/rows/-", "/rows/00", "/rows/1e0", "/rows/4294967295", "/rows/9999999999"],
      ...["/rows/length", "/rows/0/a", "/rows/0/__musubi_store_id__", "/rows/0/__musubi_store_id__/1"],
      ...["/__musubi_store_id__", "/__musubi_store_id__/-", "/items", "/items/__musubi_stream__", "/file"],
      ...["/a~1b", "/m~0n", "/~01", "/~", "/~2", "a", "/", "//", "/\ud800", `/${"a/".repeat(1200)}`],
    ),
  },
  fc
    .array(anyName, { maxLength: 4 })
    .map((names) => names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")),
);

/** A whole state in which most of the paths above lead somewhere. */
export const wholeState: fc.Arbitrary<Json> = fc
  .tuple(fc.array(fc.record({ id: anyName, a: anyJson }), { maxLength: 3 }), anyName, anyJson)
  .map(([rows, name, value]) => ({
    ...{ __musubi_store_id__: [], a: value, items: { __musubi_stream__: "items" } },
    ...{ file: { __musubi_upload__: "file" }, "a/b": { a: {} }, constructor: { prototype: {} } },
    rows: rows.map(({ id, a }) => ({ __musubi_store_id__: ["rows", id], a, [name]: a })),
    ...Object.fromEntries([[name, value]]),
  }));

const count: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(0, 1, 2, -1, -2, 7, 2 ** 31, "#negative_zero");
const mostly = <Value>(usual: readonly Value[], other: fc.Arbitrary<Json>): fc.Arbitrary<Value | Json> =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, other);

const op = nearly({ op: mostly(["add", "replace", "replace", "remove"], odd), path, value: anyJson });
const streamOp = nearly({
  op: mostly(["insert", "insert", "delete", "reset"], odd),
  store_id: storeId,
  stream: fc.oneof(fc.constant("items"), anyName),
  item_key: anyName,
  at: count,
  limit: fc.oneof(fc.constant(null), count),
  item: anyJson,
});
const entry = nearly({ ref: anyName, client_name: anyName, progress: count, errors: fc.constant<Json>([]) });
const uploadOp = nearly({
  op: mostly(["config", "add", "add", "progress", "complete", "error", "cancel", "reset"], odd),
  store_id: storeId,
  upload: fc.oneof(fc.constant("file"), anyName),
  ref: fc.constantFrom<Json[]>("a", "__proto__", "0", null),
  ...{ progress: count, config: anyJson, error: anyJson, entry },
});
const pushEvent = nearly({ store_id: storeId, name: anyName, payload: anyJson });

/** What an envelope carries, but for its versions. The state's operations are few, so that many of them fit. */
export const envelopeParts: fc.Arbitrary<JsonObject> = nearly({
  ops: fc.oneof(fc.constant([]), fc.array(op, { maxLength: 2 })),
  stream_ops: fc.oneof(fc.constant([]), fc.array(streamOp, { maxLength: 4 })),
  upload_ops: fc.oneof(fc.constant([]), fc.array(uploadOp, { maxLength: 3 })),
  events: fc.array(pushEvent, { maxLength: 1 }),
});

/** A payload of `devtools:assigns` (lens.md). */
export const assignsMessage = nearly({
  root_id: fc.constantFrom("a", "A:a", "__proto__"),
  store_id: storeId,
  module: anyName,
  version: count,
  cause: nearly({ kind: mostly(["command"], odd), name: anyName }),
  changed: fc.array(anyName, { maxLength: 2 }),
  assigns: fc.array(fc.tuple(anyName, anyJson), { maxLength: 3 }).map(Object.fromEntries),
  removed: fc.array(anyName, { maxLength: 2 }),
  us: nearly({ render: count }),
});

const presences: fc.Arbitrary<Json> = fc
  .array(
    fc.tuple(anyName, nearly({ metas: fc.array(nearly({ phx_ref: anyName, a: odd }), { maxLength: 2 }) })),
    { maxLength: 3 },
  )
  .map(Object.fromEntries);
/** Messages of presence: the event and its payload. */
export const presenceMessage: fc.Arbitrary<readonly [string, Json]> = fc.oneof(
  presences.map((state): readonly [string, Json] => ["presence_state", state]),
  nearly({ joins: presences, leaves: presences }).map((diff): readonly [string, Json] => [
    "presence_diff",
    diff,
  ]),
);

/** The streams and uploads of a base, nearly. */
export const baseStreams: fc.Arbitrary<Json> = fc.array(
  nearly({
    store_id: storeId,
    stream: anyName,
    entries: fc.array(nearly({ item_key: anyName, item: anyJson }), { maxLength: 3 }),
  }),
  { maxLength: 2 },
);
export const baseUploads: fc.Arbitrary<Json> = fc.array(
  nearly({
    store_id: storeId,
    upload: anyName,
    config: anyJson,
    entries: fc.array(entry, { maxLength: 3 }),
    errors: fc.array(anyJson, { maxLength: 2 }),
  }),
  { maxLength: 2 },
);
