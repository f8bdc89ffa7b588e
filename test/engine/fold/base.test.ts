import { describe, expect, it } from "vitest";
import type { RootBaseEvent, SessionEvent } from "../../../src/session/event";
import type { JsonObject } from "../../../src/wire/json";
import { channelOf, codes, folded, inspected, rootOf } from "../../support/folding";
import { close, envelope, frames, incoming, open, out, reply, socket } from "../../support/frames";

const ID = "__musubi_store_id__";
const TOPIC = "musubi:connection";
const BASE: RootBaseEvent = {
  type: "base",
  t: 5,
  socket: 1,
  topic: TOPIC,
  join_ref: "3",
  root_id: "c1",
  module: "Shop.Cart",
  id: "c1",
  params: { user: "u9" },
  wire: "multiplexed",
  status: "mounted",
  epoch: 2,
  version: 40,
  state: { [ID]: [], total: 7, rows: { __musubi_stream__: "rows" }, photo: { __musubi_upload__: "photo" } },
  streams: [{ store_id: [], stream: "rows", entries: [{ item_key: "r1", item: 1 }] }, 5],
  uploads: [
    { store_id: [], upload: "photo", config: { accept: "any" }, entries: [{ ref: "u" }], errors: [] },
  ],
};
const patch = (version: number, value: number) =>
  incoming(1, "3", null, TOPIC, "patch", {
    ...envelope(version, [{ op: "replace", path: "/total", value }]),
    root_id: "c1",
  });

describe("a root's base", () => {
  it("stands for its earlier history, and is continued by what follows", () => {
    const document = inspected([socket(1), open(1), BASE, patch(41, 8)]);
    expect(rootOf(document)).toMatchObject({
      caller_id: "c1",
      params: { user: "u9" },
      status: "mounted",
      epoch: 2,
      version: 41,
      snapshot: {
        [ID]: [],
        total: 8,
        rows: [1],
        photo: { config: { accept: "any" }, entries: [{ ref: "u" }], errors: [] },
      },
    });
    expect(channelOf(document)).toMatchObject({ join_ref: "3", state: "joined", kind: "connection" });
    expect(codes(document)).toEqual([]);
  });

  it("joins the channel whose join stayed in the session", () => {
    const joined = [out(1, "3", "3", TOPIC, "phx_join", {}), reply(1, "3", "3", TOPIC)];
    const document = inspected([socket(1), open(1), ...joined, BASE, patch(41, 8)]);
    expect(document.connections[0]?.channels).toHaveLength(1);
    expect(rootOf(document).version).toBe(41);
  });

  it("replaces what a kept join of the root's own channel began", () => {
    const events = frames`> join Shop.Cart:c1 < ok`;
    const topic = "musubi:connection:Shop.Cart:c1";
    const own: RootBaseEvent = {
      ...BASE,
      topic,
      join_ref: "1",
      root_id: "Shop.Cart:c1",
      wire: "per_root",
      epoch: 1,
    };
    const document = inspected([...events, own]);
    expect(document.connections[0]?.roots).toMatchObject([{ epoch: 1, version: 40, status: "mounted" }]);
  });

  it("counts the first envelopes that its history had", () => {
    const again = incoming(1, "3", null, TOPIC, "patch", {
      ...envelope(1, [{ op: "replace", path: "", value: {} }]),
      root_id: "c1",
    });
    expect(codes(inspected([socket(1), BASE, again]))).toEqual(["version_gap"]);
    expect(codes(inspected([socket(1), { ...BASE, status: "mounting", version: 0 }, again]))).toEqual([]);
  });

  it("of a channel that has ended leaves it as it is", () => {
    const joined = [out(1, "3", "3", TOPIC, "phx_join", {}), reply(1, "3", "3", TOPIC)];
    const ended = [...joined, incoming(1, "3", "3", TOPIC, "phx_close", {})];
    const again = [out(1, "5", "5", TOPIC, "phx_join", {}), reply(1, "5", "5", TOPIC)];
    const lost: RootBaseEvent = { ...BASE, status: "lost" };
    expect(channelOf(inspected([socket(1), open(1), ...ended, lost]))).toMatchObject({ state: "closed" });
    const document = inspected([socket(1), open(1), ...ended, ...again, lost]);
    expect(channelOf(document)).toMatchObject({ join_ref: "5", state: "joined" });
    expect(rootOf(document)).toMatchObject({ status: "lost", version: 40 });
    const gone = inspected([socket(1), open(1), ...joined, close(1), lost]);
    expect(channelOf(gone)).toMatchObject({ join_ref: "3", state: "errored" });
  });

  it("of a root that is there says nothing of an earlier refusal", () => {
    const refused = frames`> join < ok > mount Shop.Cart c1 < error {reason: "no"}`;
    const refusalAfter = (...more: readonly SessionEvent[]) =>
      folded([...refused, ...more]).connections[0]?.roots[0]?.refusal;
    expect(refusalAfter()).toMatchObject({ reason: "no" });
    expect(refusalAfter({ ...BASE, join_ref: "1" })).toBeNull();
    expect(refusalAfter({ ...BASE, join_ref: "1", status: "refused" })).toMatchObject({ reason: "no" });
  });

  it("shares nothing with the event", () => {
    const before = JSON.stringify(BASE);
    inspected([socket(1), BASE, patch(41, 8)]);
    expect(JSON.stringify(BASE)).toBe(before);
  });
});

describe("a plain channel's base", () => {
  it("restores who is present", () => {
    const presence = { ada: { metas: [{ phx_ref: "1" }] } };
    const base = { type: "base", t: 1, socket: 1, topic: "room", join_ref: "3", presence } as const;
    expect(channelOf(inspected([socket(1), base]))).toEqual({
      topic: "room",
      join_ref: "3",
      state: "joined",
      kind: "plain",
      presence,
    });
  });

  it("may say that nobody has been heard of yet, so that diffs wait again", () => {
    const base = { type: "base", t: 1, socket: 1, topic: "room", join_ref: "3", presence: null } as const;
    const who = (name: string) => ({ [name]: { metas: [{ phx_ref: name }] } });
    const heard = (event: string, payload: JsonObject) => incoming(1, "3", null, "room", event, payload);
    const events = [
      ...[socket(1), { ...base, presence: who("ada") }, base],
      heard("presence_diff", { joins: who("bob"), leaves: {} }),
    ];
    expect(channelOf(inspected(events)).presence).toBeNull();
    const { presence } = channelOf(inspected([...events, heard("presence_state", who("eve"))]));
    expect(presence).toEqual({ ...who("eve"), ...who("bob") });
  });

  it("takes the place of the diffs that waited", () => {
    const base = { type: "base", t: 1, socket: 1, topic: "room", join_ref: "1", presence: {} } as const;
    const bob = { joins: { bob: { metas: [{ phx_ref: "1" }] } }, leaves: {} };
    const events = [
      ...[socket(1), out(1, "1", "1", "room", "phx_join", {}), reply(1, "1", "1", "room")],
      ...[incoming(1, "1", null, "room", "presence_diff", bob), base],
      incoming(1, "1", null, "room", "presence_state", {}),
    ];
    expect(channelOf(inspected(events)).presence).toEqual({});
  });

  it("of a socket that was not seen is reported", () => {
    const base = { type: "base", t: 1, socket: 7, topic: "room", join_ref: "3", presence: null } as const;
    expect(codes(inspected([base]))).toEqual(["unknown_socket"]);
  });
});
