import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/wire/json";
import { codes, folded, inspected, rootOf } from "../../support/folding";
import { envelope, frames, incoming } from "../../support/frames";

const ID = "__musubi_store_id__";
const TOPIC = "musubi:connection";
const STATE: JsonObject = {
  [ID]: [],
  rows: { __musubi_stream__: "rows" },
  photo: { __musubi_upload__: "photo" },
  kid: { [ID]: ["kid"], rows: [{ deep: { __musubi_stream__: "rows" } }] },
};

/** One envelope after another from version 1 on, the first with the whole state. */
function mountedWith(state: Json, ...envelopes: readonly JsonObject[]) {
  const first = { ops: [{ op: "replace", path: "", value: state }] };
  return [
    ...frames`> join < ok > mount A a < ok`,
    ...[first, ...envelopes].map((rest, at) =>
      incoming(1, "1", null, TOPIC, "patch", { ...envelope(at + 1, []), root_id: "a", ...rest }),
    ),
  ];
}

const snapshotAfter = (...envelopes: readonly JsonObject[]) =>
  rootOf(inspected(mountedWith(STATE, ...envelopes))).snapshot;
const rowsAfter = (...stream_ops: readonly JsonObject[]) =>
  Reflect.get(Object(snapshotAfter({ stream_ops })), "rows");

const target = { store_id: [], stream: "rows", ref: "0" };
const insert = (id: Json, at: number, limit: number | null = null): JsonObject => {
  return { ...target, op: "insert", item_key: `rows-${id}`, at, limit, item: id };
};
const seed = (...ids: readonly number[]) => ids.map((id) => insert(id, -1));
const remove = (id: number) => ({ ...target, op: "delete", item_key: `rows-${id}` });
const reset = { ...target, op: "reset" };

describe("a stream (wire.md 8)", () => {
  it.each<[string, readonly JsonObject[], readonly number[]]>([
    ["appends at -1", [insert(1, -1), insert(2, -1)], [1, 2]],
    ["puts 0 and other negatives in front", [insert(1, -1), insert(2, 0), insert(3, -5)], [3, 2, 1]],
    ["inserts at a place, at most at the end", [...seed(1, 2), insert(3, 1), insert(4, 99)], [1, 3, 2, 4]],
    [
      "moves what is there, its index counted without it",
      [...seed(1, 2, 3), insert(7, 1), insert(1, 2)],
      [7, 2, 1, 3],
    ],
    ["drops in front when the end is over the limit", [...seed(1, 2, 3, 4), insert(5, -1, 3)], [3, 4, 5]],
    ["drops at the end when the front is", [...seed(3, 4, 5), insert(6, 0, -2)], [6, 3]],
    ["drops in front for any other place", [...seed(1, 2, 3), insert(9, 1, 2)], [2, 3]],
    ["is empty at limit 0", [...seed(1, 2), insert(7, -1, 0)], []],
    ["deletes, and takes unknown keys for gone", [...seed(1, 2), remove(1), remove(9)], [2]],
    ["takes a deleted key again", [...seed(1, 2), remove(1), insert(1, -1)], [2, 1]],
    ["empties on reset", [...seed(1, 2), reset, insert(3, -1)], [3]],
  ])("%s", (_, ops, ids) => {
    expect(rowsAfter(...ops)).toEqual(ids);
  });

  it("belongs to the nearest store around its slot", () => {
    const kid = { ...insert("k", -1), store_id: ["kid"] };
    expect(snapshotAfter({ stream_ops: [insert(1, -1), kid] })).toMatchObject({
      rows: [1],
      kid: { rows: [{ deep: ["k"] }] },
    });
  });

  it("is gone with its store, also when that comes back", () => {
    const kid = { ...insert("k", -1), store_id: ["kid"] };
    const gone = { ops: [{ op: "replace", path: "/kid", value: null }] };
    const back = { ops: [{ op: "replace", path: "/kid", value: STATE.kid ?? null }] };
    expect(snapshotAfter({ stream_ops: [kid] }, gone, back)).toMatchObject({ kid: { rows: [{ deep: [] }] } });
    expect(snapshotAfter({ stream_ops: [kid] }, { ops: [...gone.ops, ...back.ops] })).toMatchObject({
      kid: { rows: [{ deep: ["k"] }] },
    });
  });

  it("starts anew at every first envelope, and stays as it was where the operations fail", () => {
    const failing = { ops: [{ op: "add", path: "/x/y", value: 1 }], stream_ops: [insert(2, -1)] };
    expect(snapshotAfter({ stream_ops: seed(1) }, failing)).toMatchObject({ rows: [1] });
    const again = { ...envelope(1, []), ops: [{ op: "replace", path: "", value: STATE }] };
    expect(snapshotAfter({ stream_ops: seed(1) }, again)).toMatchObject({ rows: [] });
  });

  it("loses a malformed operation alone, which is told and counted", () => {
    const engine = folded(
      mountedWith(STATE, { stream_ops: [insert(1, -1), { op: "insert" }, 5, insert(2, -1)] }),
    );
    const document = engine.inspect();
    expect(Reflect.get(Object(rootOf(document).snapshot), "rows")).toEqual([1, 2]);
    expect(codes(document)).toEqual(["bad_stream_op", "bad_stream_op"]);
    expect(engine.connections[0]?.roots[0]?.kept).toEqual({ stream_ops: 2, upload_ops: 0 });
  });
});

describe("an async value (wire.md 6)", () => {
  const value = (status: string, result: Json, reason: Json = null): JsonObject => {
    return { __musubi_async__: true, status, result, reason };
  };
  const shown = (given: Json) =>
    Reflect.get(Object(rootOf(inspected(mountedWith({ [ID]: [], given }))).snapshot), "given");

  it("shows status, data and error", () => {
    expect(shown(value("loading", 1))).toEqual({ status: "loading", data: 1, error: null });
    expect(shown(value("failed", 1, { kind: "exit" }))).toEqual({
      status: "failed",
      data: 1,
      error: { kind: "exit" },
    });
    expect(shown(value("ok", 1, { kind: "old" }))).toEqual({ status: "ok", data: 1, error: null });
    expect(shown(value("ok", { __musubi_stream__: "rows" }))).toEqual({
      status: "ok",
      data: [],
      error: null,
    });
  });

  it("is recognised by all of its marks", () => {
    for (const none of [
      value("done", 1),
      { ...value("ok", 1), __musubi_async__: 1 },
      { __musubi_async__: true, status: "ok" },
    ]) {
      expect(shown(none)).toEqual(none);
    }
    expect(shown({ __musubi_stream__: "rows", more: 1 })).toEqual({ __musubi_stream__: "rows", more: 1 });
  });
});

describe("an upload (wire.md 9)", () => {
  const on = { upload: "photo", store_id: [] };
  const entry = (ref: string): JsonObject => ({
    ref,
    client_name: `${ref}.png`,
    progress: 0,
    status: "pending",
    errors: [],
  });
  const add = (ref: string) => ({ ...on, op: "add", ref, entry: entry(ref) });
  const error = { code: "too_large", message: "file exceeds the maximum size" };
  const photoAfter = (...upload_ops: readonly JsonObject[]) =>
    Reflect.get(Object(snapshotAfter({ upload_ops })), "photo");

  it("shows its configuration, its entries in order, and its errors", () => {
    expect(photoAfter()).toEqual({ config: null, entries: [], errors: [] });
    expect(
      photoAfter({ ...on, op: "config", config: { accept: "any" } }, add("b"), add("a"), add("b")),
    ).toEqual({
      config: { accept: "any" },
      entries: [entry("b"), entry("a")],
      errors: [],
    });
  });

  it.each<[string, JsonObject, JsonObject | null]>([
    ["progress", { op: "progress", ref: "a", progress: 40 }, { progress: 40, status: "uploading" }],
    [
      "progress to the end",
      { op: "progress", ref: "a", progress: 100 },
      { progress: 100, status: "success" },
    ],
    ["complete", { op: "complete", ref: "a" }, { progress: 100, status: "success" }],
    ["error", { op: "error", ref: "a", error }, { status: "error", errors: [error] }],
    ["cancel", { op: "cancel", ref: "a" }, null],
    ["reset", { op: "reset" }, null],
    ["what concerns an unknown entry", { op: "complete", ref: "zz" }, {}],
  ])("follows %s", (_, op, changes) => {
    const entries = changes === null ? [] : [{ ...entry("a"), ...changes }];
    expect(photoAfter(add("a"), { ...on, ...op })).toEqual({ config: null, entries, errors: [] });
  });

  it("takes an error without entry for its own, until it is reset", () => {
    expect(photoAfter({ ...on, op: "error", error })).toMatchObject({ errors: [error] });
    expect(photoAfter({ ...on, op: "error", error }, { ...on, op: "reset" })).toMatchObject({ errors: [] });
  });

  it("loses a malformed operation alone", () => {
    const document = inspected(
      mountedWith(STATE, { upload_ops: [add("a"), { ...on, op: "boil" }, add("b")] }),
    );
    expect(Reflect.get(Object(rootOf(document).snapshot), "photo").entries).toHaveLength(2);
    expect(codes(document)).toEqual(["bad_stream_op"]);
  });
});

describe("push events (wire.md 10)", () => {
  const toast = { store_id: ["kid"], name: "toast", payload: { text: "hi" } };

  it("are listed where their envelope was applied", () => {
    const document = inspected(
      mountedWith(STATE, { events: [toast, { name: "bell" }] }, { version: 9, events: [toast] }),
    );
    expect(document.events).toEqual([
      { seq: 8, topic: TOPIC, root_id: "a", ...toast },
      { seq: 8, topic: TOPIC, root_id: "a", store_id: [], name: "bell", payload: null },
    ]);
  });

  it("are skipped alone where they are malformed", () => {
    const document = inspected(mountedWith(STATE, { events: [{ payload: 1 }, toast] }));
    expect(document.events).toHaveLength(1);
    expect(codes(document)).toEqual(["bad_push_event"]);
  });
});
