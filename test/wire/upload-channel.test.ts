import { describe, expect, it } from "vitest";
import type { Json } from "../../src/wire/json";
import {
  entryRefOf,
  readAllowUploadReply,
  readAllowUploadRequest,
  readChunkReply,
} from "../../src/wire/upload-channel";

const ok = (response: Json): Json => ({ status: "ok", response });
const error = (reason: Json): Json => ({ status: "error", response: { reason } });

describe("a request for an upload (wire.md 9.1)", () => {
  const FILE = { client_ref: "0", name: "me.png", size: 2048, type: "image/png" };

  it("is read, with a root_id or without", () => {
    const request = { store_id: ["panel"], name: "avatar", entries: [FILE] };
    expect(readAllowUploadRequest(request)).toEqual({ ...request, root_id: null });
    expect(readAllowUploadRequest({ ...request, root_id: "up" })).toMatchObject({ root_id: "up" });
  });

  it("takes a store_id as the server does", () => {
    const storeIdOf = (store_id: Json) =>
      readAllowUploadRequest({ name: "a", entries: [], store_id })?.store_id;
    expect(storeIdOf(["rows", 7])).toEqual(["rows", "7"]);
    expect(storeIdOf("rows")).toEqual([]);
    expect(readAllowUploadRequest({ name: "a", entries: [] })?.store_id).toEqual([]);
  });

  it("keeps a file that is malformed, with null for what is wrong", () => {
    const entries = [FILE, { client_ref: 1, size: "big" }, "x"];
    const none = { client_ref: null, name: null, size: null, type: null };
    expect(readAllowUploadRequest({ name: "avatar", entries })?.entries).toEqual([FILE, none, none]);
  });

  it.each([
    ["no object", "avatar"],
    ["no name", { entries: [] }],
    ["a name that is a number", { name: 7, entries: [] }],
    ["no entries", { name: "avatar" }],
    ["entries that are no list", { name: "avatar", entries: {} }],
  ])("is null with %s", (_, payload) => {
    expect(readAllowUploadRequest(payload)).toBeNull();
  });
});

describe("the answer to it (wire.md 9.1)", () => {
  const CONFIG = { accept: [".png"], max_entries: 1, max_file_size: 8_000_000, chunk_size: 64_000 };
  const CHANNEL = { type: "channel", entry_ref: "u_q1W2e3R4t5Y", token: "SFMyNTY.g2gD" };
  const ANSWER = {
    ref: "avatar",
    config: CONFIG,
    entries: { 0: CHANNEL },
    errors: [{ client_ref: "1", error: { code: "too_many_files", message: "too many files selected" } }],
  };

  it("tells which files may come, how, and which may not", () => {
    expect(readAllowUploadReply(ok(ANSWER))).toEqual({
      ref: "avatar",
      config: CONFIG,
      entries: [{ client_ref: "0", ...CHANNEL }],
      errors: [{ client_ref: "1", code: "too_many_files", message: "too many files selected" }],
      malformed: 0,
    });
  });

  it("knows files that go elsewhere; an uploader without a name is external", () => {
    const entries = {
      0: { type: "external", entry_ref: "u_1", uploader: "S3", meta: { url: "https://bucket.test/" } },
      1: { type: "external", entry_ref: "u_2" },
    };
    expect(readAllowUploadReply(ok({ ref: "cloud", entries }))?.entries).toEqual([
      { client_ref: "0", ...entries[0] },
      { client_ref: "1", ...entries[1], uploader: "external", meta: null },
    ]);
  });

  it("admits what it could not read", () => {
    const entries = JSON.parse(
      `{"__proto__":${JSON.stringify(CHANNEL)},"1":{"type":"pigeon","entry_ref":"u_1"},"2":null,
        "3":{"type":"channel","entry_ref":"u_2"},"4":{"type":"channel","token":"t"}}`,
    );
    const errors = [7, { client_ref: "1" }, { client_ref: "1", error: {} }, { error: { code: "x" } }];
    expect(readAllowUploadReply(ok({ ref: "avatar", entries, errors }))).toEqual({
      ref: "avatar",
      config: null,
      entries: [{ client_ref: "__proto__", ...CHANNEL }],
      errors: [],
      malformed: 8,
    });
  });

  it("reads limits that are absent, wrong or any", () => {
    const configOf = (config: Json) => readAllowUploadReply(ok({ ...ANSWER, config }))?.config;
    const none = { accept: null, max_entries: null, max_file_size: null, chunk_size: null };
    expect(configOf({ accept: "any" })).toEqual({ ...none, accept: "any" });
    expect(configOf({ accept: "all", max_entries: "1" })).toEqual(none);
    expect(configOf("none")).toBeNull();
  });

  it.each([
    ["a refusal", error("unknown upload")],
    ["no ref", ok({ entries: {} })],
    ["no entries", ok({ ref: "avatar" })],
    ["entries in a list", ok({ ref: "avatar", entries: [] })],
    ["errors that are no list", ok({ ref: "avatar", entries: {}, errors: {} })],
    ["no reply", { ref: "avatar", entries: {} }],
  ])("is null for %s", (_, payload) => {
    expect(readAllowUploadReply(payload)).toBeNull();
  });
});

describe("an upload's own channel (wire.md 9.4)", () => {
  it("is told by its topic", () => {
    expect(entryRefOf("musubi_upload:u_q1W2e3R4t5Y")).toBe("u_q1W2e3R4t5Y");
    expect(entryRefOf("musubi_upload:a:b")).toBe("a:b");
    expect(["musubi_upload:", "musubi:u_1", "musubi_upload", ""].map(entryRefOf)).toEqual(
      Array(4).fill(null),
    );
  });

  it("answers a chunk with the progress in percent", () => {
    expect(readChunkReply(ok({ progress: 0 }))).toEqual({ kind: "progress", progress: 0 });
    expect(readChunkReply(ok({ progress: 100 }))).toEqual({ kind: "progress", progress: 100 });
  });

  it.each(["chunk too large", "upload too large", "write failed", "unauthorized"])(
    "tells what it means by %s",
    (reason) => {
      const meaning = expect.stringMatching(/^[A-Z].*\.$/);
      expect(readChunkReply(error(reason))).toEqual({ kind: "refused", reason, meaning });
    },
  );

  it("keeps another reason verbatim, and an absent one null", () => {
    expect(readChunkReply(error("full"))).toEqual({ kind: "refused", reason: "full", meaning: null });
    expect(readChunkReply(error(7))).toEqual({ kind: "refused", reason: null, meaning: null });
    expect(readChunkReply(error("unmatched topic"))).toMatchObject({ meaning: expect.any(String) });
  });

  it("answers a join, which is no chunk, with nothing", () => {
    expect([ok({}), ok(null), ok({ progress: "5" }), null, {}].map(readChunkReply)).toEqual(
      Array(5).fill(null),
    );
  });
});
