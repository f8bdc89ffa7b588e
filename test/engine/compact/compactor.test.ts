import { describe, expect, it } from "vitest";
import { compactSession } from "../../../src/engine/compact/compact-session";
import { createCompactor } from "../../../src/engine/compact/compactor";
import { createEngine } from "../../../src/engine/engine";
import type { RootBaseEvent, SessionEvent } from "../../../src/session/event";
import type { JsonObject } from "../../../src/wire/json";
import { compactTightly, written } from "../../support/compacting";
import { channelOf, codes, folded, inspected, rootOf } from "../../support/folding";
import { close, envelope, frames, incoming, open, out, page, reply, socket } from "../../support/frames";

const TOPIC = "musubi:connection";
const ROOM = "room:1";
const FIRST = { op: "replace", path: "", value: { __musubi_store_id__: [] } };

/** What a session file says of each event: its type, or the name of its message. */
function names(events: readonly SessionEvent[]): readonly string[] {
  return events.map((event) => {
    if (event.type !== "out" && event.type !== "in") return event.type;
    const text = "text" in event ? event.text : "";
    return `${event.type} ${/^\[[^,]*,[^,]*,"[^"]*","([^"]*)"/.exec(text)?.[1] ?? text}`;
  });
}

function basesOf(events: readonly SessionEvent[]): readonly RootBaseEvent[] {
  return events.filter((event) => event.type === "base").filter((base) => "root_id" in base);
}

const patch = (root_id: string, version: number, ops: readonly JsonObject[] = [], rest: JsonObject = {}) =>
  incoming(1, "1", null, TOPIC, "patch", { ...envelope(version, ops), root_id, ...rest });
const mount = (ref: string, id: string, root_id = id, topic = TOPIC) => [
  out(1, "1", ref, topic, "mount", { module: "Shop.Cart", id, params: {} }),
  reply(1, "1", ref, topic, "ok", { root_id }),
];
const join = (topic = TOPIC, ref = "1", id = 1) => [
  out(id, ref, ref, topic, "phx_join", {}),
  reply(id, ref, ref, topic),
];
const joinedCart = [socket(1), open(1), ...join(), ...mount("2", "c1")];

describe("folding", () => {
  it("takes envelopes and answered pushes, and leaves a base", () => {
    const session = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} < v2 /total=4 > add {sku: "x"} < ok < v3 /total=5`;
    const compact = compactSession(session);
    expect(names(compact)).toEqual([
      ...["socket", "open", "out phx_join", "in phx_reply", "out mount", "in phx_reply", "base"],
    ]);
    expect(compact.at(-1)).toMatchObject({
      ...{ t: 10, socket: 1, topic: TOPIC, join_ref: "1", root_id: "c1", module: "Shop.Cart", id: "c1" },
      ...{ wire: "multiplexed", status: "mounted", epoch: 1, version: 3 },
      state: { __musubi_store_id__: [], total: 5 },
    });
  });

  it("takes broadcasts and answered heartbeats", () => {
    const beat = (ref: string) => [
      out(1, null, ref, "phoenix", "heartbeat", {}),
      reply(1, null, ref, "phoenix"),
    ];
    const typing = incoming(1, "1", null, ROOM, "typing", { who: "ada" });
    const compact = compactSession([
      ...[socket(1), open(1), ...join(ROOM), ...beat("2"), typing, ...beat("3"), typing],
      out(1, null, "4", "phoenix", "heartbeat", {}),
    ]);
    expect(names(compact)).toEqual(["socket", "open", "out phx_join", "in phx_reply", "out heartbeat"]);
  });

  it("leaves everything else as it is, in order", () => {
    const events: readonly SessionEvent[] = [
      ...[page("load"), socket(1), open(1), ...join(ROOM), out(1, "1", "2", ROOM, "typing", {})],
      { type: "mark", t: 1, text: "here" },
      { type: "gap", t: 1, events: 2, bytes: 9, why: "full" },
      { type: "unknown", t: 1, raw: { type: "weather" } },
      { type: "broken", t: 1, text: "{", why: "it is no JSON" },
      { type: "in", t: 1, socket: 1, text: "no frame" },
      ...[reply(1, "1", "99", ROOM), incoming(1, "1", "1", ROOM, "phx_error", {})],
      ...[...join(ROOM, "5"), out(1, "5", "6", ROOM, "phx_leave", {}), reply(1, "5", "6", ROOM)],
      ...[incoming(1, "5", "5", ROOM, "phx_close", {}), { type: "error", t: 1, socket: 1 } as const],
      ...[close(1), page("unload")],
    ];
    expect(compactSession(events)).toEqual(events);
  });

  it("keeps what the reply to a push is matched by", () => {
    const session = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add {sku: "x"}`;
    const later = reply(1, "1", "3", TOPIC, "ok", { done: true });
    const document = inspected([...compactSession(session), later]);
    expect(document.commands).toMatchObject([{ name: "add", status: "ok", reply: { done: true } }]);
    expect(codes(document)).toEqual([]);
  });

  it("holds no more the longer a session goes on", () => {
    const engine = createEngine(0);
    const compactor = createCompactor(engine);
    const note = (event: SessionEvent): void => compactor.note(event, engine.fold(event));
    for (const event of [socket(1), open(1), ...join(), ...mount("2", "c1"), patch("c1", 1, [FIRST])])
      note(event);
    for (const event of join(ROOM, "3")) note(event);
    const kept = compactor.kept.size;
    for (let at = 0; at < 1000; at++) {
      const ref = String(at + 10);
      note(patch("c1", at + 2));
      note(out(1, "3", ref, ROOM, "say", {}));
      expect(compactor.kept.size).toBe(kept + 1);
      note(reply(1, "3", ref, ROOM));
      note(incoming(1, "3", null, ROOM, "presence_state", { ada: { metas: [{ phx_ref: ref }] } }));
    }
    expect(compactor.kept.size).toBe(kept);
    expect(compactor.bases()).toHaveLength(2);
  });

  it("lets go of what nobody answers where there is no room for more of it, and says how much", () => {
    const pushes = 1000;
    const session = [socket(1), open(1), ...join(ROOM), ...typing(pushes)];
    const [compact, again] = [
      compactTightly(session),
      compactTightly([...compactTightly(session), ...typing(1)]),
    ];
    const left = names(compact).filter((name) => name === "out typing").length;
    expect(left).toBeGreaterThan(1);
    expect(left).toBeLessThan(20);
    const bytes = session.slice(4, 4 + pushes - left).reduce((sum, event) => sum + textOf(event).length, 0);
    expect(compact.filter(({ type }) => type === "gap")).toMatchObject([{ events: pushes - left, bytes }]);
    expect(names(compact).slice(0, 5)).toEqual(["socket", "open", "out phx_join", "in phx_reply", "gap"]);
    expect(inspected(compact).connections).toEqual(inspected(session).connections);
    expect(again.filter(({ type }) => type === "gap")).toMatchObject([{ events: pushes + 1 - left }]);
  });

  it("does not count what was answered among what nobody answers", () => {
    const answered = Array.from({ length: 1000 }, (_, at) => {
      const ref = String(at + 10);
      return [out(1, "1", ref, ROOM, "say", {}), reply(1, "1", ref, ROOM)];
    });
    const compact = compactTightly([socket(1), open(1), ...join(ROOM), ...answered.flat(), ...typing(3)]);
    const typed = ["out typing", "out typing", "out typing"];
    expect(names(compact)).toEqual(["socket", "open", "out phx_join", "in phx_reply", ...typed]);
  });

  it("does not let go of a mount that waits for its answer", () => {
    const [asked, answer] = mount("2", "c1");
    const session = [socket(1), open(1), ...join(), ...(asked === undefined ? [] : [asked]), ...typing(100)];
    const whole = [...session, ...(answer === undefined ? [] : [answer])];
    expect(rootOf(inspected(compactTightly(whole)))).toEqual(rootOf(inspected(whole)));
  });

  it("keeps the gap where the last push that it stands for is answered after all", () => {
    const session = [socket(1), open(1), ...join(ROOM), ...typing(100)];
    const isTyping = (name: string): boolean => name === "out typing";
    const lastGone = 100 - names(compactTightly(session)).filter(isTyping).length - 1;
    const compact = compactTightly([...session, reply(1, "1", String(lastGone + 10), ROOM)]);
    expect(compact.filter(({ type }) => type === "gap")).toMatchObject([{ events: lastGone + 1 }]);
  });
});

/** So many pushes to a channel, which nobody answers. */
function typing(count: number): readonly SessionEvent[] {
  return Array.from({ length: count }, (_, at) => out(1, "1", String(at + 10), ROOM, "typing", {}));
}

function textOf(event: SessionEvent): string {
  return "text" in event ? event.text : "";
}

describe("the roots of a folded session", () => {
  it("stand in the order in which they came, on whichever wire", () => {
    const own = `${TOPIC}:Shop.Cart:c2`;
    const payload = { module: "Shop.Cart", id: "c2", params: {} };
    const session = [
      ...[socket(1), open(1), ...join(), ...mount("2", "c1"), patch("c1", 1, [FIRST])],
      out(1, "3", "3", own, "phx_join", payload),
      reply(1, "3", "3", own, "ok", { root_id: "Shop.Cart:c2" }),
      ...mount("4", "c0"),
    ];
    const { roots } = inspected(compactSession(session)).connections[0] ?? { roots: [] };
    expect(roots.map(({ root_id }) => root_id)).toEqual(["c1", "Shop.Cart:c2", "c0"]);
  });

  it("go on where they are after their transport was lost", () => {
    const session = [
      ...[socket(1), open(1), ...join(), ...mount("2", "c1"), patch("c1", 1, [FIRST]), patch("c1", 2)],
      ...[close(1), socket(2), open(2), ...join(TOPIC, "1", 2)],
    ];
    const document = inspected(compactSession(session));
    expect(document.connections).toMatchObject([
      {
        sockets: [1, 2],
        channels: [{ join_ref: "1", state: "joined" }],
        roots: [{ status: "lost", version: 2 }],
      },
    ]);
    expect(document.connections).toEqual(inspected(session).connections);
  });

  it("do not open a channel again that was left", () => {
    const session = [
      ...[socket(1), open(1), ...join(), ...mount("2", "c1"), patch("c1", 1, [FIRST])],
      ...[incoming(1, "1", "1", TOPIC, "phx_close", {}), ...join(TOPIC, "7")],
    ];
    const document = inspected(compactSession(session));
    expect(channelOf(document)).toMatchObject({ join_ref: "7", state: "joined" });
    expect(rootOf(document).status).toBe("lost");
  });

  it("keep params that are null", () => {
    const payload = { module: "Shop.Cart", id: "c1", params: null };
    const asked = [
      out(1, "1", "2", TOPIC, "mount", payload),
      reply(1, "1", "2", TOPIC, "ok", { root_id: "c1" }),
    ];
    const session = [socket(1), open(1), ...join(), ...asked, patch("c1", 1, [FIRST])];
    expect(rootOf(inspected(compactSession(session))).params).toBeNull();
  });

  it("keep streams and uploads, also where an upload's entry does not say its ref", () => {
    const stream_ops = [
      {
        op: "insert",
        store_id: [],
        stream: "rows",
        item_key: "k",
        at: -1,
        item: { n: 1 },
        limit: null,
        ref: "0",
      },
    ];
    const add = {
      op: "add",
      store_id: [],
      upload: "photo",
      ref: "u1",
      entry: { client_name: "a.png", progress: 0 },
    };
    const progress = { op: "progress", store_id: [], upload: "photo", ref: "u1", progress: 50 };
    const first = patch("c1", 1, [FIRST], { stream_ops, upload_ops: [add] });
    const session = [socket(1), open(1), ...join(), ...mount("2", "c1"), first];
    const engine = folded([
      ...written(compactSession(session)),
      patch("c1", 2, [], { upload_ops: [progress] }),
    ]);
    const content = engine.connections[0]?.roots[0]?.content();
    expect(content?.streams).toEqual({ "[]": { rows: [{ item_key: "k", item: { n: 1 } }] } });
    const entry = { client_name: "a.png", progress: 50, status: "uploading" };
    expect(content?.uploads).toEqual({
      "[]": { photo: { config: null, entries: [{ ref: "u1", entry }], errors: [] } },
    });
  });

  it("keep what the server showed of their assigns, also of stores that are still to come", () => {
    const shown = (store_id: readonly string[], version: number) =>
      incoming(1, "1", null, TOPIC, "devtools:assigns", {
        ...{ root_id: "c1", store_id, module: "Shop.Cart", version, assigns: { user: "ada" } },
      });
    const entering = [{ op: "add", path: "/child", value: { __musubi_store_id__: ["child"] } }];
    const before = [...joinedCart, patch("c1", 1, [FIRST]), shown([], 1), shown(["child"], 2)];
    const assignsAfter = (...events: readonly SessionEvent[]) =>
      folded(events).connections[0]?.roots[0]?.content().assigns;
    const assigns = { module: "Shop.Cart", assigns: { user: "ada" } };
    const compact = written(compactSession(before));
    expect(assignsAfter(...before)).toEqual({ "[]": assigns, '["child"]': assigns });
    expect(assignsAfter(...compact)).toEqual({ "[]": assigns, '["child"]': assigns });
    expect(assignsAfter(...compact, patch("c1", 2, entering))).toEqual({
      "[]": assigns,
      '["child"]': assigns,
    });
    expect(assignsAfter(...compact, patch("c1", 2))).toEqual({ "[]": assigns });
  });

  it("may hold a tree that is deeper than any frame", () => {
    const deep = (levels: number): JsonObject =>
      JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
    const ops = [
      { op: "replace", path: "", value: Object.assign(deep(900), { __musubi_store_id__: [] }) },
      {
        op: "replace",
        path: "/a".repeat(900),
        value: Object.assign(deep(900), { __musubi_store_id__: ["x"] }),
      },
    ];
    const session = [socket(1), open(1), ...join(), ...mount("2", "c1"), patch("c1", 1, ops)];
    const document = inspected(written(compactSession(session)));
    expect(codes(document)).toEqual([]);
    expect(rootOf(document).store_ids).toEqual([[], ["x"]]);
  });

  it("have one base each, however often they are folded", () => {
    const session = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} < v2 /total=4`;
    const once = written(compactSession(session));
    const twice = compactSession([
      ...once,
      patch("c1", 3, [{ ...FIRST, path: "/total", value: { __musubi_store_id__: [] } }]),
    ]);
    expect(basesOf(once)).toHaveLength(1);
    expect(basesOf(twice)).toMatchObject([{ version: 3 }]);
  });

  it("that began with a base have another behind it, and the first one says no more than that", () => {
    const base: RootBaseEvent = {
      ...{ type: "base", t: 0, socket: 1, topic: TOPIC, join_ref: "1", root_id: "c1", module: "Shop.Cart" },
      ...{ id: "c1", params: {}, wire: "multiplexed", status: "mounted", epoch: 1, version: 7 },
      ...{ state: { n: 1 }, streams: [], uploads: [] },
    };
    const cut = [socket(1), open(1), base];
    expect(compactSession(cut)).toEqual(cut);
    const own = `${TOPIC}:Shop.Cart:c2`;
    const other = [
      out(1, "3", "3", own, "phx_join", { module: "Shop.Cart", id: "c2", params: {} }),
      reply(1, "3", "3", own, "ok", { root_id: "Shop.Cart:c2" }),
    ];
    const compact = compactSession([...cut, ...other, patch("c1", 8)]);
    expect(basesOf(compact)).toMatchObject([
      { version: 7, state: null },
      { version: 8, state: { n: 1 } },
    ]);
    const { roots } = inspected(compact).connections[0] ?? { roots: [] };
    expect(roots.map(({ root_id }) => root_id)).toEqual(["c1", "Shop.Cart:c2"]);
  });
});

describe("what a channel is", () => {
  it("is still known where only a mount told it", () => {
    const topic = "musubi:app";
    // No root comes of it, whose base could tell.
    const asked = out(1, "1", "2", topic, "mount", { module: "Shop.Cart", id: "", params: {} });
    const refused = reply(1, "1", "2", topic, "error", { reason: "no" });
    const session = [socket(1), open(1), ...join(topic), asked, refused, ...join(topic, "3")];
    expect(channelOf(inspected(session))).toMatchObject({ kind: "connection", join_ref: "3" });
    expect(inspected(compactSession(session)).connections).toEqual(inspected(session).connections);
  });

  it("is still known where only an envelope told it", () => {
    const payload = { module: "Shop.Cart", id: "c1", params: {} };
    const { root_id, ...nameless } = { ...envelope(1, [FIRST]), root_id: null };
    const session = [
      ...[socket(1), open(1), out(1, "1", "1", "musubi:cart", "phx_join", payload)],
      ...[reply(1, "1", "1", "musubi:cart"), incoming(1, "1", null, "musubi:cart", "patch", nameless)],
    ];
    // One root a channel: an envelope for another says nothing about the channel any more.
    const foreign = incoming(1, "1", null, "musubi:cart", "patch", { ...envelope(1, [FIRST]), root_id: "x" });
    const document = inspected([...compactSession(session), foreign]);
    expect(document.connections).toEqual(inspected([...session, foreign]).connections);
    expect(channelOf(document).kind).toBe("root");
  });

  it("includes how its server names roots", () => {
    // The root is there already when a mount tells how the server composed its id.
    const id = "Shop.Cart:c1";
    const named = [
      out(1, "1", "9", TOPIC, "mount", { module: "Shop.Other", id, params: {} }),
      ...[reply(1, "1", "9", TOPIC, "error", { reason: "no" }), ...mount("2", "c1", id)],
    ];
    const refused = [
      out(1, "1", "3", TOPIC, "mount", { module: "Shop.Cart", id: "c2", params: {} }),
      reply(1, "1", "3", TOPIC, "error", { reason: "no" }),
    ];
    const session = [socket(1), open(1), ...join(), ...named];
    const { roots } = inspected([...compactSession(session), ...refused]).connections[0] ?? { roots: [] };
    expect(roots.map(({ root_id }) => root_id)).toEqual(["Shop.Cart:c1", "Shop.Cart:c2"]);
  });
});

describe("who is present", () => {
  const who = (name: string, phx_ref: string) => ({ [name]: { metas: [{ phx_ref }] } });
  const state = (presence: object) => incoming(1, "1", null, ROOM, "presence_state", { ...presence });
  const diff = (joins: object) =>
    incoming(1, "1", null, ROOM, "presence_diff", { joins: { ...joins }, leaves: {} });
  const joined = [socket(1), open(1), ...join(ROOM)];

  it("stands in a base of the channel", () => {
    const compact = compactSession([...joined, state(who("ada", "1")), diff(who("bob", "2"))]);
    const presence = { ...who("ada", "1"), ...who("bob", "2") };
    expect(compact.at(-1)).toEqual({ type: "base", t: 0, socket: 1, topic: ROOM, join_ref: "1", presence });
    expect(names(compact)).toEqual(["socket", "open", "out phx_join", "in phx_reply", "base"]);
  });

  it("stands in one base only, where the channel began with one", () => {
    const base = {
      type: "base",
      t: 0,
      socket: 1,
      topic: ROOM,
      join_ref: "1",
      presence: who("ada", "1"),
    } as const;
    const cut = [socket(1), open(1), base];
    expect(compactSession(cut)).toEqual(cut);
    expect(compactSession([...cut, diff(who("bob", "2"))]).slice(2)).toEqual([
      { ...base, presence: null },
      { ...base, presence: { ...who("ada", "1"), ...who("bob", "2") } },
    ]);
  });

  it("waits for its state over a fold", () => {
    const session = [...joined, diff(who("bob", "2"))];
    expect(compactSession(session)).toEqual(session);
    const presence = { ...who("ada", "1"), ...who("bob", "2") };
    const later = state(who("ada", "1"));
    expect(channelOf(inspected([...compactSession(session), later])).presence).toEqual(presence);
    // A state that is none leaves them waiting.
    const none = state({ ada: {} });
    expect(channelOf(inspected([...compactSession([...session, none]), later])).presence).toEqual(presence);
  });

  it("waits no longer on a channel that was joined again", () => {
    const again = [...joined, diff(who("bob", "2")), ...join(ROOM, "5")];
    const heard = incoming(1, "5", null, ROOM, "presence_diff", { joins: who("eve", "3"), leaves: {} });
    const kept = compactSession([...again, heard]);
    expect(kept).toEqual([...joined, ...join(ROOM, "5"), heard]);
  });
});
