import fc from "fast-check";
import type { SessionEvent } from "../../src/session/event";
import type { Json, JsonObject } from "../../src/wire/json";
import { close, envelope, frames, incoming, open, out, reply, socket } from "./frames";

/**
 * Sessions in which nearly everything fits: one root whose stores, lists, streams and uploads come, change and go, over
 * commands, remounts, reconnects and now and then a broken envelope.
 */
const ID = "__musubi_store_id__";
const TOPIC = "musubi:connection";

const scalar = fc.constantFrom<Json[]>(null, 0, 1, 2.5, "a", "b", true);
const name = fc.constantFrom("a", "b", "c");
const storeId = fc.constantFrom<(readonly string[])[]>([], ["a"], ["rows", "a"], ["rows", "b"], ["gone"]);

/** A state with child stores in a field and in a list, in which every path of `op` leads somewhere now and then. */
const state: fc.Arbitrary<JsonObject> = fc
  .record({ n: scalar, child: fc.option(scalar), rows: fc.uniqueArray(name, { maxLength: 3 }) })
  .map(({ n, child, rows }) => ({
    [ID]: [],
    n,
    items: { __musubi_stream__: "items" },
    file: { __musubi_upload__: "file" },
    child: child === null ? null : store(["a"], child),
    rows: rows.map((row) => store(["rows", row], row)),
    data: { "a/b": [1, 2], "m~n": {} },
  }));

function store(id: readonly string[], n: Json): JsonObject {
  return { [ID]: id, n, items: { __musubi_stream__: "items" } };
}

const op: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant("replace"), path: fc.constant("/n"), value: scalar }) },
  fc.record({ op: fc.constant("replace"), path: fc.constant("/child"), value: scalar }),
  fc.record({
    op: fc.constant("replace"),
    path: fc.constant("/child"),
    value: scalar.map((n) => store(["a"], n)),
  }),
  fc.record({
    op: fc.constantFrom("add", "replace"),
    path: fc.constantFrom("/rows/0", "/rows/1", "/rows/-"),
    value: fc.tuple(name, scalar).map(([id, n]) => store(["rows", id], n)),
  }),
  fc.record({ op: fc.constant("remove"), path: fc.constantFrom("/rows/0", "/rows/1", "/data/m~0n") }),
  fc.record({
    op: fc.constant("replace"),
    path: fc.constantFrom(`/rows/0/${ID}/1`, `/rows/1/${ID}/1`),
    value: name,
  }),
  fc.record({
    op: fc.constantFrom("add", "replace"),
    path: fc.constantFrom("/rows/0/n", "/data/a~1b/0", "/data/__proto__", "/data/a~1b/-", "/items/x"),
    value: scalar,
  }),
);

const streamOp: fc.Arbitrary<Json> = fc
  .record({
    op: fc.constantFrom("insert", "insert", "insert", "delete", "reset"),
    store_id: storeId,
    stream: fc.constantFrom("items", "more"),
    item_key: fc.constantFrom("k1", "k2", "k3", "k4"),
    at: fc.constantFrom(-1, 0, 1, 2),
    limit: fc.constantFrom<Json[]>(null, null, 0, 2, -3),
    item: scalar,
  })
  .map((one): JsonObject => ({ ...one, ref: "0" }));

const uploadOp: fc.Arbitrary<Json> = fc
  .record({
    op: fc.constantFrom("config", "add", "add", "progress", "complete", "error", "cancel", "reset"),
    store_id: storeId,
    upload: fc.constantFrom("file", "other"),
    ref: fc.constantFrom("u1", "u2", "7"),
    progress: fc.constantFrom(0, 50, 100),
    config: fc.constant({ accept: "any" }),
    error: fc.constant({ code: "too_large", message: "too large" }),
  })
  .map((one): JsonObject => {
    return { ...one, entry: { ref: one.ref, client_name: "f", progress: 0, status: "pending", errors: [] } };
  });

type Step =
  | {
      readonly kind: "patch";
      readonly ops: readonly Json[];
      readonly stream_ops: readonly Json[];
      readonly upload_ops: readonly Json[];
    }
  | { readonly kind: "command"; readonly store_id: readonly string[]; readonly answer: boolean }
  | { readonly kind: "remount" | "reconnect"; readonly state: JsonObject }
  | { readonly kind: "gap" | "unmount" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("patch" as const),
      ops: fc.array(op, { maxLength: 3 }),
      stream_ops: fc.array(streamOp, { maxLength: 3 }),
      upload_ops: fc.array(uploadOp, { maxLength: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("command" as const), store_id: storeId, answer: fc.boolean() }),
  },
  fc.record({ kind: fc.constantFrom("remount" as const, "reconnect" as const), state }),
  fc.record({ kind: fc.constantFrom("gap" as const, "unmount" as const) }),
);

/** A session of one root, up to about 40 steps long. */
export const sessions: fc.Arbitrary<readonly SessionEvent[]> = fc
  .tuple(state, fc.array(step, { maxLength: 40, size: "max" }))
  .map(([first, steps]) => play(first, steps));

function play(first: JsonObject, steps: readonly Step[]): readonly SessionEvent[] {
  const events: SessionEvent[] = [...frames`> join < ok`];
  let [socketId, version, refs] = [1, 0, 100];
  const add = (...more: readonly SessionEvent[]): void => {
    for (const event of more) events.push({ ...event, t: events.length });
  };
  const patch = (rest: JsonObject): void => {
    const payload = { ...envelope(++version, []), root_id: "r", ...rest };
    add(incoming(socketId, "1", null, TOPIC, "patch", payload));
  };
  const mount = (value: JsonObject): void => {
    const ref = String(++refs);
    add(out(socketId, "1", ref, TOPIC, "mount", { module: "Shop.Cart", id: "r", params: {} }));
    add(reply(socketId, "1", ref, TOPIC, "ok", { root_id: "r" }));
    version = 0;
    patch({ ops: [{ op: "replace", path: "", value }], upload_ops: [] });
  };
  mount(first);
  for (const one of steps) {
    switch (one.kind) {
      case "patch": {
        const { ops, stream_ops, upload_ops } = one;
        patch({ ops, stream_ops, upload_ops, events: [{ store_id: [], name: "toast", payload: version }] });
        break;
      }
      case "command": {
        const ref = String(++refs);
        add(out(socketId, "1", ref, TOPIC, "command", { root_id: "r", store_id: one.store_id, name: "go" }));
        if (one.answer) add(reply(socketId, "1", ref, TOPIC));
        break;
      }
      case "remount":
        mount(one.state);
        break;
      case "reconnect": {
        add(close(socketId), socket(++socketId), open(socketId));
        add(out(socketId, "1", "1", TOPIC, "phx_join", {}), reply(socketId, "1", "1", TOPIC));
        mount(one.state);
        break;
      }
      case "gap":
        version++;
        break;
      case "unmount": {
        const ref = String(++refs);
        add(out(socketId, "1", ref, TOPIC, "unmount", { root_id: "r" }), reply(socketId, "1", ref, TOPIC));
        break;
      }
    }
  }
  return events;
}
