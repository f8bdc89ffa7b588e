import { type Channel, type Push, Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { defineSocket } from "../../../../src/server/musubi/define-socket";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import { startServer, type TestServer } from "../../serving";

const CHUNK = 16_000;
const SIZE = 100_000;

const storage = createMemoryStorage();

const UploadStore = defineStore({
  module: "Demo.Upload",
  root: true,
  render: () => ({}),
  uploads: { avatar: { accept: [".png"], chunkSize: CHUNK, maxFileSize: 500_000, storage } },
});

let server: TestServer;
let socket: Socket;
let root: Channel;
let uploadOps: Record<string, unknown>[];

beforeEach(async () => {
  server = await startServer(defineSocket({ roots: [UploadStore] }));
  socket = new Socket(server.url, { transport: WebSocket });
  socket.connect();
  uploadOps = [];
  root = socket.channel("musubi:connection:Demo.Upload:u", { module: "Demo.Upload", id: "u", params: {} });
  root.on("patch", ({ upload_ops }) => void uploadOps.push(...upload_ops));
  await answerOf(root.join());
});

afterEach(async () => {
  socket.disconnect();
  await server.close();
});

type Answer = { readonly status: string; readonly response: Record<string, unknown> };

function answerOf(push: Push): Promise<Answer> {
  return new Promise((resolve) => {
    for (const status of ["ok", "error", "timeout"] as const) {
      push.receive(status, (response) => void resolve({ status, response }));
    }
  });
}

/** Preflights one file and joins its channel. */
async function begin(size: number) {
  const entries = [{ client_ref: "0", name: "me.png", size, type: "image/png" }];
  const { response } = await answerOf(root.push("allow_upload", { store_id: [], name: "avatar", entries }));
  const { entry_ref, token } = Object(response.entries)["0"];
  const channel = socket.channel(`musubi_upload:${entry_ref}`, { token });
  const ends: string[] = [];
  channel.onClose(() => void ends.push("closed"));
  channel.onError(() => void ends.push("error"));
  const joined = await answerOf(channel.join());
  return { ref: String(entry_ref), channel, ends, joined };
}

/** phoenix.js sends a payload in a binary frame only where it is an `ArrayBuffer`. */
const push = (channel: Channel, size: number) => answerOf(channel.push("chunk", new ArrayBuffer(size)));

describe("the official client", () => {
  it("uploads a file in binary chunks, and is told the progress of the recorded server", async () => {
    const { ref, channel, ends, joined } = await begin(SIZE);
    expect(joined).toEqual({ status: "ok", response: {} });
    const progress: unknown[] = [];
    for (let sent = 0; sent < SIZE; sent += CHUNK) {
      const { response } = await push(channel, Math.min(CHUNK, SIZE - sent));
      progress.push(response.progress);
    }
    expect(progress).toEqual([16, 32, 48, 64, 80, 96, 100]);
    await expect.poll(() => ends).toEqual(["closed"]);
    const about = { upload: "avatar", ref, store_id: [] };
    await expect.poll(() => uploadOps.at(-1)).toEqual({ op: "complete", ...about });
    expect(uploadOps).toContainEqual({ op: "progress", progress: 16, ...about });
    expect(storage.heldRefs()).toContain(ref);
  });

  it("that cancels leaves nothing behind", async () => {
    const { ref, channel } = await begin(SIZE);
    await push(channel, CHUNK);
    channel.leave();
    expect(await answerOf(root.push("cancel_upload", { store_id: [], name: "avatar", ref }))).toEqual({
      status: "ok",
      response: {},
    });
    await expect.poll(() => uploadOps.at(-1)).toMatchObject({ op: "cancel", ref });
    expect(storage.heldRefs()).not.toContain(ref);
  });

  it("whose connection goes with the page takes its bytes along", async () => {
    const { ref, channel } = await begin(SIZE);
    await push(channel, CHUNK);
    expect(storage.heldRefs()).toContain(ref);
    socket.disconnect();
    await expect.poll(() => storage.heldRefs()).not.toContain(ref);
  });
});
