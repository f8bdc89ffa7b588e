import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { multiplexedWire } from "../../src/client/multiplexed-wire";
import { perRootWire } from "../../src/client/per-root-wire";
import type { UploadEntry } from "../../src/client/upload-entry";
import type { UploadSource } from "../../src/client/upload-source";
import type { Wire } from "../../src/client/wire";
import type { Json } from "../../src/wire/json";
import { connect, mountRoot, type TestClient } from "./connect";
import { firstEnvelope } from "./envelopes";
import { type Received, type ScriptedServer, startScriptedServer } from "./scripted-server";

let server: ScriptedServer;
let connected: TestClient;

beforeEach(async () => {
  server = await startScriptedServer();
});

afterEach(async () => {
  connected.socket.disconnect();
  await server.close();
});

async function mountProfile(wire: Wire = perRootWire): Promise<Root> {
  connected = connect(server.url, wire);
  const mounting = mountRoot(connected.client, "Shop.Profile", {}, "p1");
  let asked = await server.next("phx_join");
  server.reply(asked, "ok", {});
  if (wire === multiplexedWire) {
    asked = await server.next("mount");
    server.reply(asked, "ok", { root_id: "p1" });
  }
  const root_id = wire === multiplexedWire ? "p1" : "Shop.Profile:p1";
  server.push(asked, "patch", firstEnvelope(root_id, {}));
  return mounting;
}

/** A file of the bytes 0, 1, 2 ... */
function file(name: string, size: number): UploadSource {
  const blob = new Blob([Uint8Array.from({ length: size }, (_, index) => index)]);
  return { name, size, type: "image/png", slice: (start, end) => blob.slice(start, end) };
}

const CONFIG = { accept: [".png"], max_entries: 2, max_file_size: 8_000_000, chunk_size: 4 };

/** Answers the next `allow_upload`. */
async function allow(entries: Json, errors: Json = []): Promise<Received> {
  const asked = await server.next("allow_upload");
  server.reply(asked, "ok", { ref: "avatar", config: CONFIG, entries, errors });
  return asked;
}

const channelEntry = (entry_ref: string) => ({ type: "channel", entry_ref, token: "SFMyNTY.g2gD" });
const TOPIC = "musubi_upload:u_0001";
const statuses = (entries: readonly UploadEntry[]) => entries.map(({ status }) => status);
const faults = (entries: readonly UploadEntry[]) => entries.map(({ error }) => error?.code);

/** Lets the upload's own channel join. */
async function joinUpload(topic = TOPIC): Promise<Received> {
  const joined = await server.next("phx_join", topic);
  server.reply(joined, "ok", {});
  return joined;
}

async function takeChunk(progress: number): Promise<readonly number[]> {
  const chunk = await server.next("chunk");
  server.reply(chunk, "ok", { progress });
  return [...(chunk.data ?? [])];
}

describe("an upload", () => {
  it("asks first, then sends the file in chunks over a channel of its own (wire.md 9)", async () => {
    const root = await mountProfile();
    const seen: string[] = [];
    const upload = root.upload([], "avatar", [file("me.png", 10)], {
      onProgress: ([entry]) => seen.push(`${entry?.status} ${entry?.progress}`),
    });
    expect(statuses(upload.entries)).toEqual(["checking"]);
    const asked = await allow({ "0": channelEntry("u_0001") });
    expect(asked.payload).toEqual({
      store_id: [],
      name: "avatar",
      entries: [{ client_ref: "0", name: "me.png", size: 10, type: "image/png" }],
    });
    const ended = upload.start();
    expect(upload.start()).toBe(ended);
    const joined = await joinUpload();
    expect(joined.payload).toEqual({ token: "SFMyNTY.g2gD" });
    expect(await takeChunk(40)).toEqual([0, 1, 2, 3]);
    expect(await takeChunk(80)).toEqual([4, 5, 6, 7]);
    expect(await takeChunk(100)).toEqual([8, 9]);
    server.end(joined, "phx_close");
    expect(await ended).toEqual([
      {
        ref: "0",
        entry_ref: "u_0001",
        name: "me.png",
        size: 10,
        type: "image/png",
        status: "success",
        progress: 100,
        error: null,
      },
    ]);
    expect(seen).toEqual([
      "ready 0",
      "uploading 0",
      "uploading 40",
      "uploading 80",
      "uploading 100",
      "success 100",
    ]);
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("names its root on the multiplexed wire", async () => {
    const root = await mountProfile(multiplexedWire);
    root.upload(["form"], "avatar", [file("me.png", 1)]);
    expect((await allow({})).payload).toMatchObject({ root_id: "p1", store_id: ["form"], name: "avatar" });
  });

  it("sends an empty file as one empty chunk", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("empty.png", 0)]);
    await allow({ "0": channelEntry("u_0001") });
    const ended = upload.start();
    await joinUpload();
    expect(await takeChunk(100)).toEqual([]);
    expect(statuses(await ended)).toEqual(["success"]);
  });

  it("sends what is let in, and says why the rest is not", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("a.txt", 1), file("b.png", 1), file("c.png", 1)]);
    await allow({ "1": channelEntry("u_0001") }, [
      { client_ref: "0", error: { code: "not_accepted", message: "file type is not accepted" } },
    ]);
    const ended = upload.start();
    await joinUpload();
    await takeChunk(100);
    const entries = await ended;
    expect(statuses(entries)).toEqual(["refused", "success", "failed"]);
    expect(faults(entries)).toEqual(["not_accepted", undefined, "bad_reply"]);
  });

  it("fails as a whole where the server does not know it", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "nope", [file("a.png", 1)]);
    server.reply(await server.next("allow_upload"), "error", { reason: "unknown upload" });
    expect(await upload.start()).toMatchObject([{ status: "failed", error: { code: "unknown upload" } }]);
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("goes on where whoever follows its progress throws", async () => {
    const root = await mountProfile();
    const onProgress = () => {
      throw new Error("no bar");
    };
    const upload = root.upload([], "avatar", [file("a.png", 1)], { onProgress });
    await allow({ "0": channelEntry("u_0001") });
    const ended = upload.start();
    await joinUpload();
    await takeChunk(100);
    expect(statuses(await ended)).toEqual(["success"]);
    expect(connected.problems).toContain('The onProgress of upload "avatar" failed: Error: no bar');
  });
});

describe("a file on its own channel that fails", () => {
  async function sending(source = file("a.png", 8)) {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [source]);
    await allow({ "0": channelEntry("u_0001") });
    return { upload, ended: upload.start() };
  }

  it.each([
    ["chunk too large", "The chunk is larger than the upload's chunk_size."],
    ["write failed", "The server could not store the file."],
  ])("tells the server's reason: %s", async (reason, message) => {
    const { ended } = await sending();
    await joinUpload();
    server.reply(await server.next("chunk"), "error", { reason });
    expect(await ended).toMatchObject([{ status: "failed", error: { code: reason, message } }]);
    await server.next("phx_leave", TOPIC);
  });

  it("leaves a channel that it was not let into, and does not try again", async () => {
    const { ended } = await sending();
    server.reply(await server.next("phx_join", TOPIC), "error", { reason: "unauthorized" });
    expect(faults(await ended)).toEqual(["unauthorized"]);
    await server.next("phx_leave", TOPIC);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it.each(["phx_error", "phx_close"] as const)("is interrupted by %s, and not sent again", async (event) => {
    const { ended } = await sending();
    const joined = await joinUpload();
    await server.next("chunk");
    server.end(joined, event);
    expect(faults(await ended)).toEqual(["interrupted"]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const left = event === "phx_error" ? [`phx_leave ${TOPIC}`] : [];
    expect(await server.rest(connected.socket)).toEqual(left);
  });

  it("is not sent again where the transport is lost after all of it has come", async () => {
    const { ended } = await sending();
    await joinUpload();
    await takeChunk(50);
    await takeChunk(100);
    expect(statuses(await ended)).toEqual(["success"]);
    server.drop();
    await server.next("phx_join", "musubi:connection:Shop.Profile:p1");
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("is disconnected with its root", async () => {
    const { ended } = await sending();
    await joinUpload();
    await server.next("chunk");
    server.drop();
    expect(faults(await ended)).toEqual(["disconnected"]);
    await server.next("phx_join", "musubi:connection:Shop.Profile:p1");
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it.each([
    ["an answer that tells no progress", {}, "bad_reply"],
    ["a server that wants more than there is", { progress: 99 }, "incomplete"],
  ])("is broken off by %s", async (_what, response, code) => {
    const { ended } = await sending(file("a.png", 2));
    await joinUpload();
    server.reply(await server.next("chunk"), "ok", response);
    expect(faults(await ended)).toEqual([code]);
    await server.next("phx_leave", TOPIC);
  });

  it.each([
    ["cannot be read", () => Promise.reject(new Error("gone"))],
    ["has become shorter", () => Promise.resolve(new ArrayBuffer(1))],
  ])("is broken off where it %s", async (_what, arrayBuffer) => {
    const { ended } = await sending({ ...file("a.png", 4), slice: () => ({ arrayBuffer }) });
    await joinUpload();
    expect(faults(await ended)).toEqual(["unreadable"]);
    await server.next("phx_leave", TOPIC);
  });

  it("is given up where a chunk is not answered in time", async () => {
    const { ended } = await sending();
    await joinUpload();
    await server.next("chunk");
    expect(faults(await ended)).toEqual(["timeout"]);
    await server.next("phx_leave", TOPIC);
  });
});

describe("cancelling a file", () => {
  it("leaves its channel, so that it is not joined again, and tells the server", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("a.png", 8)]);
    await allow({ "0": channelEntry("u_0001") });
    const ended = upload.start();
    await joinUpload();
    await server.next("chunk");
    const cancelled = upload.cancel("0");
    await server.next("phx_leave", TOPIC);
    const asked = await server.next("cancel_upload");
    expect(asked.payload).toEqual({ store_id: [], name: "avatar", ref: "u_0001" });
    server.reply(asked, "ok", {});
    expect(await cancelled).toEqual({ ok: true, value: {} });
    expect(await ended).toMatchObject([{ status: "cancelled", error: null }]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("before it was let in is told as soon as it is", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("a.png", 8)]);
    expect(await upload.cancel("0")).toEqual({ ok: true, value: {} });
    await allow({ "0": channelEntry("u_0001") });
    expect((await server.next("cancel_upload")).payload).toMatchObject({ ref: "u_0001" });
    expect(statuses(await upload.start())).toEqual(["cancelled"]);
  });

  it("goes by the server's name for it too, and keeps it from being sent", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("a.png", 8), file("b.png", 1)]);
    await allow({ "0": channelEntry("u_0000"), "1": channelEntry("u_0001") });
    await server.rest(connected.socket);
    void upload.cancel("u_0000");
    await server.next("cancel_upload");
    const ended = upload.start();
    await joinUpload();
    await takeChunk(100);
    expect(statuses(await ended)).toEqual(["cancelled", "success"]);
    expect(await upload.cancel("7")).toEqual({ ok: true, value: {} });
  });
});

describe("a file that goes elsewhere", () => {
  const externalEntry = { type: "external", entry_ref: "u_0001", uploader: "S3", meta: { url: "/put" } };

  it("is brought there by the page's uploader, which tells how far it is", async () => {
    const root = await mountProfile();
    const got: unknown[] = [];
    const upload = root.upload([], "avatar", [file("a.png", 8)], {
      uploaders: {
        S3: async ({ source, entry_ref, meta, progress }) => {
          got.push(source.name, entry_ref, meta);
          for (const percent of [40.6, 40.9, Number.NaN, 250]) progress(percent);
        },
      },
    });
    await allow({ "0": externalEntry });
    const ended = upload.start();
    const told: unknown[] = [];
    for (let count = 0; count < 3; count++) {
      const asked = await server.next("upload_progress");
      told.push(asked.payload);
      server.reply(asked, "ok", {});
    }
    const about = { store_id: [], name: "avatar", ref: "u_0001" };
    expect(told).toEqual([40, 99, 100].map((progress) => ({ ...about, progress })));
    expect(await ended).toMatchObject([{ status: "success", progress: 100 }]);
    expect(got).toEqual(["a.png", "u_0001", { url: "/put" }]);
  });

  it.each([
    ["fails there", { S3: () => Promise.reject(new Error("403")) }, "403"],
    ["has no uploader on the page", {}, 'The page has no uploader "S3".'],
  ])("is an error where it %s", async (_what, uploaders, message) => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("a.png", 8)], { uploaders });
    await allow({ "0": externalEntry });
    const ended = upload.start();
    const asked = await server.next("upload_error");
    expect(asked.payload).toMatchObject({ ref: "u_0001", code: "external_failed", message });
    server.reply(asked, "ok", {});
    expect(await ended).toMatchObject([{ status: "failed", error: { code: "external_failed", message } }]);
  });

  it("fails where the server does not take its end", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("a.png", 8)], { uploaders: { S3: async () => {} } });
    await allow({ "0": externalEntry });
    const ended = upload.start();
    server.reply(await server.next("upload_progress"), "error", { reason: "internal error" });
    expect(faults(await ended)).toEqual(["internal error"]);
  });

  it("is aborted by cancelling it", async () => {
    const root = await mountProfile();
    const upload = root.upload([], "avatar", [file("a.png", 8)], {
      uploaders: {
        S3: ({ signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      },
    });
    await allow({ "0": externalEntry });
    const ended = upload.start();
    await server.rest(connected.socket);
    void upload.cancel("0");
    expect(statuses(await ended)).toEqual(["cancelled"]);
    expect(await server.rest(connected.socket)).toEqual(["cancel_upload musubi:connection:Shop.Profile:p1"]);
  });
});
