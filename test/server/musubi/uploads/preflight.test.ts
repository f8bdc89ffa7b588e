import { describe, expect, it } from "vitest";
import type { UploadAnswer } from "../../../../src/server/musubi/page/upload-hub";
import { assign } from "../../../../src/server/musubi/socket";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import type { Json } from "../../../../src/wire/json";
import { FakePage, png } from "./fake-page";

const ACCEPTING_PNG = { accept: [".png"], maxEntries: 2, maxFileSize: 1_000, storage: createMemoryStorage() };

function avatars(): FakePage {
  return new FakePage({ avatar: ACCEPTING_PNG });
}

function responseOf(answer: UploadAnswer) {
  if (answer.kind !== "reply" || answer.status !== "ok") throw new Error("The push was refused.");
  return answer.response;
}

const refused = (clientRef: Json, code: string, message: string) => ({
  client_ref: clientRef,
  error: { code, message },
});

describe("allow_upload", () => {
  it("answers with the upload's limits and an entry for each file, and adds those", async () => {
    const page = avatars();
    const answer = await page.push("allow", { store_id: [], name: "avatar", entries: [png("0", 1_000)] });
    const ref = expect.stringMatching(/^u_[A-Za-z0-9_-]{11}$/);
    expect(responseOf(answer)).toEqual({
      ref: "avatar",
      config: { accept: [".png"], max_entries: 2, max_file_size: 1_000, chunk_size: 64_000 },
      entries: { "0": { type: "channel", entry_ref: ref, token: expect.stringMatching(/^SFMyNTY\./) } },
      errors: [],
    });
    const entry = {
      ref,
      client_name: "0.png",
      client_size: 1_000,
      client_type: "image/png",
      progress: 0,
      status: "pending",
      errors: [],
    };
    expect(page.envelopes).toEqual([
      [
        {
          op: "config",
          upload: "avatar",
          store_id: [],
          config: { accept: [".png"], max_entries: 2, max_file_size: 1_000, chunk_size: 64_000 },
        },
      ],
      [{ op: "add", upload: "avatar", store_id: [], ref, entry }],
    ]);
  });

  it("refuses file by file, in the order of the recorded server, and is ok none the less", async () => {
    const page = avatars();
    const files = [
      png("0", 10, "a.gif"),
      png("1", 1_001, "big.png"),
      png("2", 100, "one.png"),
      png("3", 100, "TWO.PNG"),
      png("4", 9_999, "three.gif"),
    ];
    const { entries, errors } = responseOf(await page.push("allow", { name: "avatar", entries: files }));
    expect(Object.keys(entries ?? {})).toEqual(["2", "3"]);
    expect(errors).toEqual([
      refused("0", "not_accepted", "file type is not accepted"),
      refused("1", "too_large", "file exceeds the maximum size"),
      // Too many comes before too large and not accepted.
      refused("4", "too_many_files", "too many files selected"),
    ]);
    expect(page.envelopes[1]?.map(({ op }) => op)).toEqual(["add", "add"]);
  });

  it("too large comes before not accepted", async () => {
    const answer = await avatars().push("allow", { name: "avatar", entries: [png("0", 1_001, "x.gif")] });
    expect(responseOf(answer).errors).toEqual([refused("0", "too_large", "file exceeds the maximum size")]);
  });

  it.each([
    ["no client_ref", { name: "a.png", size: 1 }, ""],
    ["an empty client_ref", { client_ref: "", name: "a.png", size: 1 }, ""],
    ["a client_ref that is no text", { client_ref: 7, name: "a.png", size: 1 }, 7],
    ["no name", { client_ref: "0", size: 1 }, "0"],
    ["an empty name", { client_ref: "0", name: "", size: 1 }, "0"],
    ["no size", { client_ref: "0", name: "a.png" }, "0"],
    ["a negative size", { client_ref: "0", name: "a.png", size: -1 }, "0"],
    ["half a byte", { client_ref: "0", name: "a.png", size: 0.5 }, "0"],
    ["a size that is a text", { client_ref: "0", name: "a.png", size: "1" }, "0"],
    ["no object", "a.png", ""],
    ["nothing", null, ""],
  ])("rejects a file with %s", async (_name, file: Json, clientRef) => {
    const page = avatars();
    const answer = await page.push("allow", { name: "avatar", entries: [file] });
    expect(responseOf(answer).errors).toEqual([
      refused(clientRef, "preflight_rejected", "upload was rejected"),
    ]);
    expect(page.envelopes).toHaveLength(1);
  });

  it("says that a file is not well formed before it says that there are too many", async () => {
    const page = new FakePage({ avatar: { ...ACCEPTING_PNG, maxEntries: 1 } });
    await page.allow([png("0", 1)]);
    const answer = await page.push("allow", { name: "avatar", entries: [{ client_ref: "1", size: 1 }] });
    expect(responseOf(answer).errors).toEqual([refused("1", "preflight_rejected", "upload was rejected")]);
  });

  it("counts the entries that are there, until they are cancelled", async () => {
    const page = avatars();
    const [entry] = await page.allow([png("0", 1), png("1", 1)]);
    expect(await page.allow([png("2", 1)])).toHaveLength(0);
    await page.push("cancel", { name: "avatar", ref: entry?.ref ?? "" });
    expect(await page.allow([png("3", 1)])).toHaveLength(1);
  });

  it("takes a MIME type that is no text for none, and one file for a list of one", async () => {
    const page = avatars();
    await page.push("allow", { name: "avatar", entries: { ...png("0", 1), type: 7 } });
    expect(page.envelopes[1]?.[0]).toMatchObject({ op: "add", entry: { client_type: "" } });
  });

  it("takes a client_ref such as __proto__ for any other", async () => {
    const answer = await avatars().push("allow", { name: "avatar", entries: [png("__proto__", 1)] });
    expect(Object.keys(responseOf(answer).entries ?? {})).toEqual(["__proto__"]);
  });

  it.each([undefined, null, []])("has nothing to say of the entries %j", async (entries) => {
    const page = avatars();
    const message = entries === undefined ? { name: "avatar" } : { name: "avatar", entries };
    expect(responseOf(await page.push("allow", message))).toMatchObject({ entries: {}, errors: [] });
    expect(page.envelopes).toHaveLength(1);
  });

  it("without an endpoint that could sign crashes the page with a sentence", async () => {
    const page = new FakePage({ avatar: ACCEPTING_PNG }, { hasEndpoint: false });
    await expect(page.allow([png("0", 1)])).rejects.toThrow('The upload "avatar" needs an endpoint');
  });
});

describe("an external upload", () => {
  it("gives each file the target that the store names, without a token", async () => {
    const page = new FakePage({
      cloud: {
        accept: "any",
        maxEntries: 2,
        external: (entry) => ({
          uploader: entry.clientName === "a" ? "S3" : "",
          meta: { url: `https://bucket.example/${entry.clientName}` },
        }),
      },
    });
    const answer = await page.push("allow", { name: "cloud", entries: [png("0", 1, "a"), png("1", 1, "b")] });
    expect(responseOf(answer).entries).toEqual({
      "0": {
        type: "external",
        entry_ref: expect.stringMatching(/^u_.{11}$/),
        uploader: "S3",
        meta: { url: "https://bucket.example/a" },
      },
      "1": expect.objectContaining({ uploader: "" }),
    });
  });

  it('is of the uploader "external" where none is named, and may leave something in the socket', async () => {
    const page = new FakePage(
      {
        cloud: {
          accept: "any",
          external: async (entry, socket) => ({ meta: {}, socket: assign(socket, "last", entry.clientName) }),
        },
      },
      { hasEndpoint: false },
    );
    const answer = await page.push("allow", { name: "cloud", entries: [png("0", 1, "a")] });
    expect(responseOf(answer).entries).toMatchObject({ "0": { uploader: "external", meta: {} } });
    expect(page.socket().assigns).toEqual({ last: "a" });
  });
});

describe("a push about an upload", () => {
  const events = ["allow", "cancel", "progress", "error"] as const;
  const refusal = (reason: string) => ({ kind: "reply", status: "error", response: { reason } });

  it.each(events)("%s without what it must have is refused", async (event) => {
    const page = avatars();
    expect(await page.push(event, { ref: "u_1" })).toEqual(refusal("missing required field"));
    expect(await page.push(event, { name: "", ref: "u_1" })).toEqual(refusal("missing required field"));
    if (event === "allow") return;
    expect(await page.push(event, { name: "avatar" })).toEqual(refusal("missing required field"));
    expect(await page.push(event, { name: "avatar", ref: "" })).toEqual(refusal("missing required field"));
  });

  it.each(events)("%s of an unknown store or upload is refused", async (event) => {
    const page = avatars();
    page.start(["bare"], {});
    const push = (message: { name: string; store_id?: Json }) => page.push(event, { ref: "u_1", ...message });
    expect(await push({ name: "avatar", store_id: ["gone"] })).toEqual(refusal("unknown store"));
    expect(await push({ name: "cover" })).toEqual(refusal("unknown upload"));
    expect(await push({ name: "avatar", store_id: ["bare"] })).toEqual(refusal("unknown upload"));
    expect(await push({ name: "constructor" })).toEqual(refusal("unknown upload"));
  });

  it("reads a store_id that is no list as the root's, and its elements as texts", async () => {
    const page = avatars();
    page.start(["kid", "7"], { attach: ACCEPTING_PNG });
    const allow = (message: { name: string; store_id: Json }) =>
      page.push("allow", { entries: [], ...message });
    expect(await allow({ name: "avatar", store_id: "kid" })).toMatchObject({ status: "ok" });
    expect(await allow({ name: "attach", store_id: ["kid", 7] })).toMatchObject({ status: "ok" });
  });
});
