import fc from "fast-check";
import type { SessionEvent } from "../../src/session/event";
import type { Json, JsonObject } from "../../src/wire/json";
import { incoming, out } from "./frames";

const WORDS = [
  "phx_join",
  "phx_leave",
  "phx_reply",
  "phx_close",
  "phx_error",
  "mount",
  "unmount",
  "command",
  "patch",
];
const TOPICS = [
  "musubi:connection",
  "musubi:x",
  "musubi:connection:A:a",
  "room",
  "phoenix",
  "musubi_upload:u",
  "__proto__",
];

const ref = fc.constantFrom(null, "1", "2", "3");
const envelope = fc.record(
  {
    type: fc.constant("patch"),
    root_id: fc.constantFrom<Json[]>("a", "A:a", "__proto__", 7),
    base_version: fc.constantFrom<Json[]>(0, 1, 2, -1),
    version: fc.constantFrom<Json[]>(1, 2, 3, null),
    ops: fc.oneof(
      fc.constant([{ op: "replace", path: "", value: { __musubi_store_id__: [], n: 0 } }]),
      fc.array(
        fc.record({
          op: fc.constantFrom("add", "remove"),
          path: fc.constantFrom("/n", "/__proto__", "x"),
          value: fc.constant(1),
        }),
      ),
    ),
    stream_ops: fc.constantFrom<Json[]>([], [{ op: "insert" }], {}),
    events: fc.constantFrom<Json[]>([], [null]),
  },
  { requiredKeys: [] },
);
const payload: fc.Arbitrary<Json> = fc.oneof(
  envelope.map((value): Json => JSON.parse(JSON.stringify(value))),
  fc.record({
    module: fc.constantFrom<Json[]>("A", 5),
    id: fc.constantFrom<Json[]>("a", "", null),
    root_id: fc.constant("a"),
  }),
  fc.record({
    status: fc.constantFrom("ok", "error"),
    response: fc.constantFrom<Json[]>({}, { root_id: "a" }, null),
  }),
  fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value))),
);
const frameEvent = fc
  .tuple(
    fc.constantFrom(out, incoming),
    fc.constantFrom(1, 2, 9),
    ref,
    ref,
    fc.constantFrom(...TOPICS),
    fc.constantFrom(...WORDS),
    payload,
  )
  .map(
    ([way, socket, join_ref, own, topic, event, body]): SessionEvent =>
      way(socket, join_ref, own, topic, event, body),
  );
const otherEvent = fc.constantFrom<SessionEvent[]>(
  { type: "socket", t: 1, socket: 2, url: "x", transport: "longpoll" },
  { type: "open", t: 1, socket: 2 },
  { type: "close", t: 1, socket: 2, code: 1006, reason: "", clean: false },
  { type: "page", t: -5, phase: "load", url: "" },
  { type: "in", t: 1, socket: 1, text: '{"__proto__":1}' },
  { type: "out", t: 1, socket: 1, base64: "AP//" },
  { type: "unknown", t: 1, raw: {} },
);
/** Up to 40 events, most of them frames, few of which make sense. */
export const garbage: fc.Arbitrary<readonly SessionEvent[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: frameEvent }, { weight: 1, arbitrary: otherEvent }),
  { maxLength: 40 },
);

/** Names that mean something to JavaScript, to pointers, to Musubi or to encodings. */
export const NAMES: readonly string[] = [
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

export const anyName = fc.constantFrom(...NAMES);

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

const anyBytes = fc.uint8Array({ maxLength: 30 });
/** Bytes of binary frames: the lengths right or off by one, the strings UTF-8 or not, the end cut or not. */
export const binaryFrames: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.constantFrom(0, 1, 2, 3, 255),
    fc.array(fc.oneof(fc.constantFrom("1", "room", "chunk", "", "phx_reply", "ü"), fc.string()), {
      maxLength: 5,
    }),
    fc.constantFrom(0, 0, 0, 1, -1, 200),
    anyBytes,
    fc.constantFrom(0, 0, 1, 3),
  )
  .map(([kind, strings, slip, data, cut]) => {
    const parts = strings.map((string) => Buffer.from(string));
    const lengths = parts.map(({ length }, at) => (at === 0 ? length + slip : length) & 255);
    const bytes = Buffer.concat([Buffer.from([kind, ...lengths]), ...parts, data]);
    return Uint8Array.from(bytes.subarray(0, Math.max(0, bytes.length - cut)));
  });
/** The base64 of one, or no base64. */
export const anyBinary: fc.Arbitrary<string> = fc.oneof(
  fc.oneof(binaryFrames, anyBytes).map((bytes) => Buffer.from(bytes).toString("base64")),
  fc.constantFrom("=", "A", "AAA=A", "____", " AA A=", "\ud800"),
);
