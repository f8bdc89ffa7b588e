import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { textAt } from "../../src/client/field";
import type { UploadSource } from "../../src/client/upload-source";
import { assignAsync, taskError } from "../../src/server/musubi/async";
import { defineSocket } from "../../src/server/musubi/define-socket";
import { defineStore } from "../../src/server/musubi/define-store";
import { pushEvent } from "../../src/server/musubi/push-event";
import { assign } from "../../src/server/musubi/socket";
import { noreply } from "../../src/server/musubi/store";
import { stream, streamDelete, streamInsert } from "../../src/server/musubi/stream";
import { streamSlot } from "../../src/server/musubi/stream-slot";
import { createMemoryStorage } from "../../src/server/musubi/uploads/memory-storage";
import { consumed, consumeUploadedEntries } from "../../src/server/musubi/uploads/uploaded-entries";
import { fieldIn, isJsonArray, type Json } from "../../src/wire/json";
import { startServer, type TestServer } from "../server/serving";
import { BOTH_WIRES } from "./both-wires";
import { connect, mountRoot, snapshotWhen, type TestClient } from "./connect";

const gallery = defineStore({
  module: "Test.Gallery",
  root: true,
  mount: (_params, socket) => {
    const filled = stream(assign(socket, { bytes: [] as readonly number[] }), "rows", [
      { id: "a" },
      { id: "b" },
    ]);
    return assignAsync(filled, "owner", () => ({ name: "Ann" }));
  },
  render: ({ assigns: { bytes, owner } }) => ({ bytes, owner, rows: streamSlot("rows") }),
  streams: { rows: {} },
  uploads: {
    photo: {
      accept: [".png"],
      maxEntries: 2,
      maxFileSize: 100,
      chunkSize: 4,
      storage: createMemoryStorage(),
    },
    elsewhere: { accept: "any", external: () => ({ uploader: "Bucket", meta: { key: "k1" } }) },
  },
  commands: {
    move: (_payload, socket) => {
      const moved = streamInsert(socket, "rows", { id: "a", moved: true });
      return noreply(pushEvent(moved, "toast", { text: "moved" }));
    },
    drop: (_payload, socket) => noreply(streamDelete(socket, "rows", { id: "b" })),
    lose_owner: (_payload, socket) => noreply(assignAsync(socket, "owner", () => taskError("gone"))),
    keep: async (_payload, before) => {
      const { socket, values } = await consumeUploadedEntries(before, "photo", async (uploaded) =>
        consumed(uploaded.kind === "file" ? [...(await uploaded.file.read())] : []),
      );
      return noreply(assign(socket, { bytes: values.flat() }));
    },
  },
});

describe.each(BOTH_WIRES)("what a server's $name roots hold", ({ name: wireName, wire }) => {
  let server: TestServer;
  let connected: TestClient;
  let root: Root;

  beforeEach(async () => {
    server = await startServer(defineSocket({ roots: [gallery], wire: wireName }));
    connected = connect(server.url, wire);
    root = await mountRoot(connected.client, "Test.Gallery");
  });

  afterEach(async () => {
    expect(connected.problems).toEqual([]);
    connected.socket.disconnect();
    await server.close();
  });

  const dataWhen = async (isIt: (data: Json) => boolean) =>
    (await snapshotWhen(root, ({ data }) => isIt(data))).data;

  it("comes in streams", async () => {
    expect(root.snapshot().data).toMatchObject({ rows: [{ id: "a" }, { id: "b" }] });
    await root.command([], "move");
    await dataWhen((data) => fieldIn(lastOf(fieldIn(data, "rows")), "moved") === true);
    expect(root.snapshot().data).toMatchObject({ rows: [{ id: "b" }, { id: "a", moved: true }] });
    await root.command([], "drop");
    await dataWhen((data) => listOf(fieldIn(data, "rows")).length === 1);
    expect(root.snapshot().data).toMatchObject({ rows: [{ id: "a" }] });
  });

  it("comes late", async () => {
    await dataWhen((data) => textAt(data, "owner", "status") === "ok");
    expect(root.snapshot().data).toMatchObject({ owner: { data: { name: "Ann" }, error: null } });
    await root.command([], "lose_owner");
    await dataWhen((data) => textAt(data, "owner", "status") === "failed");
    const error = { kind: "error", value: "gone" };
    expect(root.snapshot().data).toMatchObject({ owner: { data: { name: "Ann" }, error } });
  });

  it("is told of in push events", async () => {
    const heard: unknown[] = [];
    root.on([], "toast", (payload) => heard.push(payload));
    await root.command([], "move");
    await dataWhen((data) => fieldIn(lastOf(fieldIn(data, "rows")), "moved") === true);
    expect(heard).toEqual([{ text: "moved" }]);
  });

  it("takes files, whole and empty ones, and not all", async () => {
    const files = [file("a.png", 10), file("b.png", 0), file("c.txt", 1)];
    const upload = root.upload([], "photo", files);
    const entries = await upload.start();
    expect(entries.map(({ status, progress, error }) => [status, progress, error?.code])).toEqual([
      ["success", 100, undefined],
      ["success", 100, undefined],
      ["refused", 0, expect.stringMatching(/too_many_files|not_accepted/)],
    ]);
    const entry = (ref: string | undefined | null) => ({ ref, status: "success", progress: 100 });
    await dataWhen((data) =>
      listOf(fieldIn(fieldIn(data, "photo"), "entries")).every(
        (held) => textAt(held, "status") === "success",
      ),
    );
    expect(root.snapshot().data).toMatchObject({
      photo: { entries: [entry(entries[0]?.entry_ref), entry(entries[1]?.entry_ref)] },
    });
    await root.command([], "keep");
    await dataWhen((data) => listOf(fieldIn(data, "bytes")).length > 0);
    expect(root.snapshot().data).toMatchObject({
      bytes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      photo: { entries: [] },
    });
  });

  it("gives up a file that is cancelled on its way", async () => {
    const held = new Promise<ArrayBuffer>(() => {});
    const stuck = { ...file("a.png", 10), slice: () => ({ arrayBuffer: () => held }) };
    const upload = root.upload([], "photo", [stuck]);
    const ended = upload.start();
    await dataWhen((data) => listOf(fieldIn(fieldIn(data, "photo"), "entries")).length === 1);
    expect(await upload.cancel("0")).toEqual({ ok: true, value: {} });
    expect(await ended).toMatchObject([{ status: "cancelled" }]);
    await dataWhen((data) => listOf(fieldIn(fieldIn(data, "photo"), "entries")).length === 0);
  });

  it("hears of files that go elsewhere", async () => {
    const upload = root.upload([], "elsewhere", [file("a.bin", 10)], {
      uploaders: { Bucket: async ({ progress }) => progress(50) },
    });
    expect(await upload.start()).toMatchObject([{ status: "success" }]);
    await dataWhen(
      (data) => textAt(lastOf(fieldIn(fieldIn(data, "elsewhere"), "entries")), "status") === "success",
    );
  });

  it("hears why a file did not get there", async () => {
    const upload = root.upload([], "elsewhere", [file("a.bin", 10)]);
    expect(await upload.start()).toMatchObject([{ status: "failed", error: { code: "external_failed" } }]);
    await dataWhen(
      (data) => textAt(lastOf(fieldIn(fieldIn(data, "elsewhere"), "entries")), "status") === "error",
    );
  });
});

function listOf(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : [];
}

function lastOf(value: Json | undefined): Json {
  return listOf(value).at(-1) ?? null;
}

/** A file of the bytes 0, 1, 2 ... */
function file(name: string, size: number): UploadSource {
  const blob = new Blob([Uint8Array.from({ length: size }, (_, index) => index)]);
  return { name, size, type: "", slice: (start, end) => blob.slice(start, end) };
}
