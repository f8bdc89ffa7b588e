import { describe, expect, it } from "vitest";
import type { StoreView } from "../../src/bridge/view";
import { contentAt } from "../../src/engine/ask/place";
import { createAnswerer } from "../../src/host/answer";
import type { Scene } from "../../src/host/scene";
import type { SessionEvent } from "../../src/session/event";
import type { JsonObject } from "../../src/wire/json";
import { envelope, frames, incoming } from "../support/frames";
import { createLifeScene } from "../support/life-scene";

const TOPIC = "musubi:connection";
const ROOT = { connection: 1, topic: TOPIC, root_id: "c1" };

/** A session that mounts a store with these fields, written as they stand here. */
function mounted(fields: string): readonly SessionEvent[] {
  const events = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}`;
  return events.map((event) => rewritten(event, '"total":0', fields));
}

/** A later envelope, with `"LITERALS"` in its text replaced. */
function patched(
  version: number,
  ops: readonly JsonObject[],
  literals: string,
  rest: JsonObject = {},
): SessionEvent {
  const body = { ...envelope(version, ops, rest), root_id: "c1" };
  return rewritten(incoming(1, "1", null, TOPIC, "patch", body), '"LITERALS"', literals);
}

/** A frame's text is what the server wrote: a double could not hold it. */
function rewritten(event: SessionEvent, from: string, to: string): SessionEvent {
  return event.type === "in" && "text" in event ? { ...event, text: event.text.replace(from, to) } : event;
}

function viewed(events: readonly SessionEvent[], at: number | null = null): StoreView {
  const scene = createLifeScene(events).scene(at);
  const contentOf: Scene["contentOf"] = (root) => contentAt(root, at ?? events.length);
  const view = createAnswerer({ kind: "store", root: ROOT, store_id: [] })({ ...scene, contentOf });
  if (view?.kind !== "store") throw new Error("A store is shown as a store.");
  return view;
}

const digitsIn = (...events: Parameters<typeof viewed>) => Object.fromEntries(viewed(...events).digits ?? []);

describe("the numbers of a store", () => {
  it("come with their source digits where a double does not hold them", () => {
    const fields =
      '"id":1234567890123456789,"pi":3.14159265358979323846,"deep":[{"a/b":-9007199254740993}],"far":1e400';
    expect(digitsIn(mounted(fields))).toEqual({
      "/id": "1234567890123456789",
      "/pi": "3.14159265358979323846",
      "/deep/0/a~1b": "-9007199254740993",
      "/far": "1e400",
    });
  });

  it("come without where a double holds them, or where they are no numbers", () => {
    const fields = '"a":0.30000000000000004,"b":9007199254740992,"c":1e21,"d":"1234567890123456789","e":1.50';
    expect(viewed(mounted(fields)).digits).toBeUndefined();
  });

  it("are told apart where they are the same double, by the frames that wrote them", () => {
    const events = [
      ...mounted('"a":9007199254740993,"b":0.5'),
      patched(2, [{ op: "add", path: "/c", value: "LITERALS" }], "9007199254740992"),
      patched(3, [{ op: "replace", path: "/b", value: "LITERALS" }], "0.50000000000000000001"),
      patched(4, [{ op: "add", path: "/d", value: "LITERALS" }], "0.5"),
    ];
    expect(digitsIn(events)).toEqual({ "/a": "9007199254740993", "/b": "0.50000000000000000001" });
  });

  it("are those of the moment that is looked at", () => {
    const events = [
      ...mounted('"a":9007199254740993'),
      patched(2, [{ op: "replace", path: "/a", value: "LITERALS" }], "12345678901234567890"),
    ];
    expect(digitsIn(events)).toEqual({ "/a": "12345678901234567890" });
    expect(digitsIn(events, events.length - 1)).toEqual({ "/a": "9007199254740993" });
  });

  it.each([
    ["known to be rounded", "9007199254740993", ["9007199254740991.9", "9007199254740992.1"]],
    ["not known to be rounded", "1e20", ["100000000000000000001", "1e20", "100000000000000000001"]],
  ])("are told anew when another literal of the same double was written: %s", (_, first, later) => {
    const scene = createLifeScene(mounted(`"a":${first}`));
    const answer = createAnswerer({ kind: "store", root: ROOT, store_id: [] });
    const told = (): Readonly<Record<string, unknown>> => {
      const view = answer(scene.scene());
      if (view?.kind !== "store") throw new Error("A store is shown as a store.");
      return Object.fromEntries(view.digits ?? []);
    };
    told();
    for (const [nth, literal] of later.entries()) {
      scene.append(patched(nth + 2, [{ op: "replace", path: "/a", value: "LITERALS" }], literal));
      expect(told()).toEqual(literal === "1e20" ? {} : { "/a": literal });
    }
  });

  it("have their digits in the items of a stream, under their keys where its slot stands", () => {
    const insert = (id: string) =>
      ({
        ...{ op: "insert", stream: "rows", ref: "0", store_id: [], item_key: `r/${id}`, at: -1, limit: null },
        item: { id: "LITERALS" },
      }) as const;
    const events = [
      ...mounted('"list":{"rows":{"__musubi_stream__":"rows"}}'),
      patched(2, [], "9007199254740993", { stream_ops: [insert("1")] }),
      patched(3, [], "9007199254740992", { stream_ops: [insert("2")] }),
    ];
    expect(digitsIn(events)).toEqual({ "/list/rows/r~11/id": "9007199254740993" });
  });

  it("have their digits in an item whose place in the stream is the same double", () => {
    const insert = {
      ...{ op: "insert", stream: "rows", ref: "0", store_id: [], item_key: "r", at: 0, limit: null },
      item: { n: "LITERALS" },
    } as const;
    const events = [
      ...mounted('"list":{"rows":{"__musubi_stream__":"rows"}}'),
      patched(2, [], "1e-400", { stream_ops: [insert] }),
    ];
    expect(digitsIn(events)).toEqual({ "/list/rows/r/n": "1e-400" });
  });

  it("are told apart where one frame wrote several, and where what was written is the same double", () => {
    const add = (path: string) => ({ op: "add", path, value: "LITERALS" });
    const events = [
      ...mounted('"ids":[9007199254740993,9007199254740992],"at":9007199254740992'),
      patched(2, [add("/ids/0")], "9007199254740994"),
      patched(3, [{ op: "replace", path: "/at", value: "LITERALS" }], "9007199254740993"),
    ];
    expect(digitsIn(events, events.length - 2)).toEqual({ "/ids/0": "9007199254740993" });
    expect(digitsIn(events, events.length - 1)).toEqual({ "/ids/1": "9007199254740993" });
    expect(digitsIn(events)).toEqual({ "/ids/1": "9007199254740993", "/at": "9007199254740993" });
  });

  it("may have been rounded where it is not known how they were written", () => {
    const state = { __musubi_store_id__: [], row: { id: 9007199254740992, n: 0.5 } };
    const base: SessionEvent = {
      ...{ type: "base", t: 0, socket: 1, topic: TOPIC, join_ref: "1", root_id: "c1", module: "Shop.Cart" },
      ...{ id: "c1", params: {}, wire: "multiplexed", status: "mounted", epoch: 1, version: 4, state },
    };
    expect(digitsIn([...frames`> join < ok`, base])).toEqual({ "/row/id": null });
  });
});
