import { describe, expect, it } from "vitest";
import { readCommandRequest } from "../../src/wire/command";
import { describeEnvelopeFault, isEnvelope, readEnvelope } from "../../src/wire/envelope";
import { readMountRequest } from "../../src/wire/mount";
import { readPushEvent } from "../../src/wire/push-event";
import { readReply } from "../../src/wire/reply";
import { readSocketUrl } from "../../src/wire/socket-url";
import { readStreamOp } from "../../src/wire/stream-op";
import { readUploadOp } from "../../src/wire/upload-op";

const ENVELOPE = { type: "patch", root_id: "c1", base_version: 0, version: 1, ops: [], stream_ops: [] };

describe("an envelope's payload", () => {
  it("is one without upload_ops, events and root_id, which older variants lack", () => {
    const { root_id: _, ...adapter } = ENVELOPE;
    expect(readEnvelope(adapter)).toMatchObject({
      ok: true,
      value: { root_id: null, upload_ops: [], events: [] },
    });
    expect(isEnvelope(ENVELOPE)).toBe(true);
  });

  it.each([
    ["payload", null],
    ["type", { ...ENVELOPE, type: "diff" }],
    ["root_id", { ...ENVELOPE, root_id: 7 }],
    ["base_version", { ...ENVELOPE, base_version: "0" }],
    ["base_version", { ...ENVELOPE, base_version: -1 }],
    ["version", { ...ENVELOPE, version: 1.5 }],
    ["ops", { ...ENVELOPE, ops: {} }],
    ["stream_ops", { ...ENVELOPE, stream_ops: null }],
    ["upload_ops", { ...ENVELOPE, upload_ops: "none" }],
    ["events", { ...ENVELOPE, events: {} }],
  ])("names %s as the field that is wrong", (field, payload) => {
    const read = readEnvelope(payload);
    if (read.ok) throw new Error("It should be refused.");
    expect(read.failure.field).toBe(field);
    expect(describeEnvelopeFault(read.failure)).toMatch(new RegExp(`^Its ${field} should be .*\\.$`));
  });
});

describe("other payloads", () => {
  it("reads a mount; absent params are empty", () => {
    expect(readMountRequest({ module: "A", id: "b" })).toEqual({ module: "A", id: "b", params: {} });
    expect(readMountRequest({ id: 5, params: null })).toEqual({ module: null, id: 5, params: null });
    expect(readMountRequest("text")).toBeNull();
  });

  it("reads a command's fields as sent; absent ones are null, inherited ones absent", () => {
    const none = { root_id: null, store_id: null, name: null, payload: null };
    expect(readCommandRequest({ name: "add", store_id: [] })).toEqual({ ...none, name: "add", store_id: [] });
    expect(readCommandRequest("text")).toEqual(none);
    expect(readCommandRequest(JSON.parse('{"__proto__":{"name":"x"}}'))).toEqual(none);
  });

  it("reads a reply; an absent response is null", () => {
    expect(readReply({ status: "ok" })).toEqual({ status: "ok", response: null });
    expect(readReply({ response: {} })).toBeNull();
  });

  it("reads a push event; an absent store_id is the root's", () => {
    expect(readPushEvent({ name: "toast" })).toEqual({ store_id: [], name: "toast", payload: null });
    expect(readPushEvent({ name: "toast", store_id: [1] })).toBeNull();
    expect(readPushEvent({ store_id: [] })).toBeNull();
  });

  it("reads stream and upload operations, and refuses malformed ones", () => {
    const insert = { op: "insert", store_id: [], stream: "rows", item_key: "r1", at: -1, item: null };
    expect(readStreamOp(insert)).toEqual({ ...insert, limit: null });
    expect(readStreamOp({ ...insert, at: "0" })).toBeNull();
    expect(readStreamOp({ ...insert, limit: 1.5 })).toBeNull();
    expect(readStreamOp({ ...insert, op: "move" })).toBeNull();
    expect(readStreamOp({ op: "reset", stream: "rows" })).toBeNull();
    expect(readUploadOp({ op: "progress", store_id: [], upload: "a", ref: "u", progress: "5" })).toBeNull();
    expect(readUploadOp({ op: "error", store_id: [], upload: "a", error: {} })).toMatchObject({ ref: null });
    expect(readUploadOp({ op: "boil", store_id: [], upload: "a", ref: "u" })).toBeNull();
  });
});

describe("a socket's URL", () => {
  it("tells the endpoint, the serializer and the query's keys", () => {
    expect(readSocketUrl("wss://a.test:4000/socket/websocket?b=1&vsn=2.0.0&a[x]=2&b=3#top")).toEqual({
      endpoint: "wss://a.test:4000/socket/websocket",
      base: "https://a.test:4000/socket",
      vsn: "2.0.0",
      keys: ["a[x]", "b", "vsn"],
    });
  });

  it("takes an absent vsn for 1.0.0, and anything for a URL", () => {
    expect(readSocketUrl("http://a.test/socket/longpoll")).toMatchObject({
      base: "http://a.test/socket",
      vsn: "1.0.0",
    });
    expect(readSocketUrl("")).toEqual({ endpoint: "", base: "", vsn: "1.0.0", keys: [] });
    expect(readSocketUrl("%%%?%%=%").keys).toEqual(["%%"]);
  });
});
