import { describe, expect, it } from "vitest";
import { describeDivergence } from "../../../src/engine/fold/divergence";
import type { SessionEvent } from "../../../src/session/event";
import type { Json } from "../../../src/wire/json";
import { folded } from "../../support/folding";
import { close, envelope, frames, incoming, open, out, page, reply, socket } from "../../support/frames";

const ROOT = "Shop.Cart:c1";
const TOPIC = `musubi:connection:${ROOT}`;
const ID = "__musubi_store_id__";

const insert = (key: string, rest: { [key: string]: Json } = {}): Json => ({
  ...{ op: "insert", stream: "rows", ref: "0", store_id: [], item_key: key, at: -1, limit: null, item: key },
  ...rest,
});
const reset: Json = { op: "reset", stream: "rows", ref: "0", store_id: [] };
const remove = (key: string): Json => ({
  op: "delete",
  stream: "rows",
  ref: "0",
  store_id: [],
  item_key: key,
});

/** The 0->1 envelope of the root's own channel. */
function first(join: string, stream_ops: readonly Json[], state: Json = { [ID]: [] }, on = 1): SessionEvent {
  const ops = [{ op: "replace", path: "", value: state }];
  return incoming(on, join, null, TOPIC, "patch", { ...envelope(1, ops), root_id: ROOT, stream_ops });
}

function next(join: string, version: number, stream_ops: readonly Json[], ops: readonly Json[] = [], on = 1) {
  return incoming(on, join, null, TOPIC, "patch", { ...envelope(version, ops), root_id: ROOT, stream_ops });
}

function join(ref: string, on = 1): readonly SessionEvent[] {
  const payload = { module: "Shop.Cart", id: "c1", params: {} };
  return [out(on, ref, ref, TOPIC, "phx_join", payload), reply(on, ref, ref, TOPIC, "ok", { root_id: ROOT })];
}

const MOUNTED = [socket(1), open(1), ...join("1"), first("1", [insert("a"), insert("b")])];
/** The page connects again, and its client mounts the root by itself. */
const RECONNECTED = [...MOUNTED, close(1), socket(2), open(2), ...join("1", 2)];
const AT = RECONNECTED.length;

const divergences = (...events: readonly SessionEvent[]) =>
  folded(events).connections[0]?.roots[0]?.divergences;
const stale = (from_seq: number, to_seq: number | null = null) => ({
  ...{ kind: "stale_stream", store_id: [], stream: "rows", from_seq, to_seq },
});

describe("streams over a remount (wire.md 8)", () => {
  it("differ where the fresh mount does not send all items again", () => {
    expect(divergences(...RECONNECTED, first("1", [insert("b"), insert("c")], undefined, 2))).toEqual([
      stale(AT + 1),
    ]);
  });

  it("are the same where it sends the same items, or more, or resets them first", () => {
    for (const ops of [
      [insert("a"), insert("b")],
      [insert("a"), insert("b"), insert("c")],
      [reset],
      [reset, insert("z")],
    ]) {
      expect(divergences(...RECONNECTED, first("1", ops, undefined, 2))).toEqual([]);
    }
  });

  it("agree again after a reset, or once what was left over has gone", () => {
    const differs = [...RECONNECTED, first("1", [insert("b")], undefined, 2)];
    expect(divergences(...differs, next("1", 2, [reset], [], 2))).toEqual([stale(AT + 1, AT + 2)]);
    expect(divergences(...differs, next("1", 2, [remove("a")], [], 2))).toEqual([stale(AT + 1, AT + 2)]);
    expect(divergences(...differs, next("1", 2, [insert("q", { limit: 2 })], [], 2))).toEqual([
      stale(AT + 1, AT + 2),
    ]);
    expect(divergences(...differs, next("1", 2, [insert("q")], [], 2))).toEqual([stale(AT + 1)]);
  });

  it("go on differing over the next remount", () => {
    const differs = [...RECONNECTED, first("1", [insert("b")], undefined, 2)];
    const again = [...differs, close(2), socket(3), open(3), ...join("1", 3)];
    expect(divergences(...again, first("1", [insert("b")], undefined, 3))).toEqual([stale(AT + 1)]);
    expect(divergences(...again, first("1", [reset], undefined, 3))).toEqual([
      stale(AT + 1, again.length + 1),
    ]);
  });

  it("go with their store", () => {
    const child = { [ID]: ["x"] };
    const inChild = insert("a", { store_id: ["x"] });
    const mounted = [socket(1), open(1), ...join("1"), first("1", [inChild], { [ID]: [], child })];
    const again = [...mounted, close(1), socket(2), open(2), ...join("1", 2)];
    expect(divergences(...again, first("1", [], { [ID]: [] }, 2))).toEqual([]);
    const differs = [...again, first("1", [], { [ID]: [], child }, 2)];
    const gone = next("1", 2, [], [{ op: "replace", path: "/child", value: null }], 2);
    expect(divergences(...differs, gone)).toMatchObject([
      { store_id: ["x"], from_seq: differs.length, to_seq: differs.length + 1 },
    ]);
  });

  it("differ after a version gap too, which the client mends with a leave and a join", () => {
    const gap = [...MOUNTED, next("1", 7, [])];
    const mended = [...gap, out(1, "1", "5", TOPIC, "phx_leave", {}), ...join("6")];
    expect(divergences(...mended, first("6", [insert("b")]))).toEqual([stale(mended.length + 1)]);
  });

  it("do not differ where the page let go of the root before, or the server refused it", () => {
    const left = [
      ...MOUNTED,
      out(1, "1", "5", TOPIC, "phx_leave", {}),
      reply(1, "1", "5", TOPIC),
      ...join("6"),
    ];
    expect(divergences(...left, first("6", [insert("b")]))).toEqual([]);
    const asked = out(2, "1", "1", TOPIC, "phx_join", { module: "Shop.Cart", id: "c1" });
    const refused = reply(2, "1", "1", TOPIC, "error", { reason: "unauthorized" });
    const again = [...MOUNTED, close(1), socket(2), open(2), asked, refused, ...join("3", 2)];
    expect(divergences(...again, first("3", [insert("b")], undefined, 2))).toEqual([]);
  });

  it("do not differ on the wire of many roots, whose client clears them", () => {
    const row = { op: "insert", stream: "rows", ref: "0", store_id: [], item_key: "a", at: -1, item: 1 };
    const mount = (on: number): readonly SessionEvent[] => [
      out(on, "1", "1", "musubi:connection", "phx_join", {}),
      reply(on, "1", "1", "musubi:connection"),
      out(on, "1", "2", "musubi:connection", "mount", { module: "Shop.Cart", id: "c1" }),
      reply(on, "1", "2", "musubi:connection", "ok", { root_id: "c1" }),
    ];
    const patch = (on: number, stream_ops: readonly Json[]) =>
      incoming(on, "1", null, "musubi:connection", "patch", {
        ...envelope(1, [{ op: "replace", path: "", value: { [ID]: [] } }]),
        ...{ root_id: "c1", stream_ops },
      });
    const events = [socket(1), open(1), ...mount(1), patch(1, [row])];
    expect(divergences(...events, close(1), socket(2), open(2), ...mount(2), patch(2, []))).toEqual([]);
  });

  it("have ended with the page, and with a leave", () => {
    const differs = [...RECONNECTED, first("1", [insert("b")], undefined, 2)];
    expect(divergences(...differs, page("unload"))).toEqual([stale(AT + 1, AT + 2)]);
    expect(divergences(...differs, out(2, "1", "5", TOPIC, "phx_leave", {}))).toEqual([
      stale(AT + 1, AT + 2),
    ]);
  });
});

describe("envelopes that the client does not await (wire.md 7, observed.md)", () => {
  const MANY = "> join < ok > mount Shop.Cart c1 < ok < v1 {n: 1}";
  const missed = (more: string) =>
    divergences(...frames(Object.assign([`${MANY} ${more}`], { raw: [`${MANY} ${more}`] })));
  const span = (to_seq: number | null = null) => [{ kind: "missed_envelope", from_seq: 8, to_seq }];

  it("are a 0->1 for a root that has a version, and what comes until it is mounted again", () => {
    expect(missed("< v1 {n: 2}")).toEqual(span());
    expect(missed("< v1 {n: 2} < v2 /n=3 < v1 {n: 4}")).toEqual(span());
    expect(missed("< v1 {n: 2} > unmount c1 < ok > mount Shop.Cart c1 < ok < v1 {n: 5}")).toEqual(span(13));
  });

  it("are a 0->1 after a version gap, before the next mount", () => {
    expect(missed("< v9 /n=3")).toEqual([]);
    expect(missed("< v9 /n=3 < v1 {n: 4}")).toEqual([{ kind: "missed_envelope", from_seq: 9, to_seq: null }]);
    expect(missed("< v9 /n=3 > unmount c1 < ok > mount Shop.Cart c1 < ok < v1 {n: 4}")).toEqual([]);
  });

  it("are not those that fail, nor the one after such a one", () => {
    expect(missed("< v2 /no/where=1 < v2 /n=2")).toEqual([]);
  });

  it("are not told of where a gap in the session may hide the mount", () => {
    const gap: SessionEvent = { type: "gap", t: 0, events: 2, bytes: 9, why: "no room" };
    const again = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {n: 2}`.at(-1);
    expect(
      again === undefined
        ? []
        : divergences(...frames`> join < ok > mount Shop.Cart c1 < ok < v1 {n: 1}`, gap, again),
    ).toEqual([]);
  });

  it("leave the client with the lists of before", () => {
    const undue = [...MOUNTED, first("1", [insert("z")])];
    const mended = [...undue, out(1, "1", "5", TOPIC, "phx_leave", {}), ...join("6")];
    expect(divergences(...mended, first("6", [insert("a"), insert("b")]))).toEqual([
      { kind: "missed_envelope", from_seq: undue.length, to_seq: mended.length + 1 },
    ]);
    expect(divergences(...mended, first("6", [insert("z")]))).toEqual([
      { kind: "missed_envelope", from_seq: undue.length, to_seq: mended.length + 1 },
      stale(mended.length + 1),
    ]);
  });
});

it("is told in a sentence", () => {
  const span = { from_seq: 3, to_seq: null };
  expect(describeDivergence({ kind: "stale_stream", store_id: ["a", "b"], stream: "rows", ...span })).toBe(
    "The page holds other items in the stream rows of store a/b since event 3: its client kept the list when it " +
      "mounted the root again, and the server did not reset it.",
  );
  expect(describeDivergence({ kind: "lost_key", path: "/a/__proto__", from_seq: 3, to_seq: 5 })).toContain(
    "does not have /a/__proto__ from event 3 to 5",
  );
  expect(describeDivergence({ kind: "missed_envelope", ...span })).toContain("an older state since event 3");
});
