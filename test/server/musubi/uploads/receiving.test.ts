import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import type { UploadStorage } from "../../../../src/server/musubi/uploads/upload-storage";
import { uploadedEntries } from "../../../../src/server/musubi/uploads/uploaded-entries";
import { allowOne, CHUNK, error, failed, ok, opsAfter, scene } from "./receiving-scene";

describe("the chunks of an upload", () => {
  it("are answered with the progress rounded down, and the last one ends the channel", async () => {
    const { page } = scene();
    const entry = await allowOne(page, 301);
    const channel = await page.join(entry);
    expect(await channel.chunk(100)).toEqual(ok(33));
    expect(await channel.chunk(100)).toEqual(ok(66));
    expect(await channel.chunk(100)).toEqual(ok(99));
    expect(await channel.chunk(1)).toEqual(ok(100, true));
    expect(channel.state).toBe("closed");
  });

  it("are told as progress, at most once in 100 ms, and the end always", async () => {
    const { page } = scene();
    const entry = await allowOne(page, 400);
    const channel = await page.join(entry);
    const about = { upload: "avatar", ref: entry.ref, store_id: [] };
    for (let sent = 0; sent < 4; sent += 1) await channel.chunk(100);
    expect(await opsAfter(page)).toEqual([
      [{ op: "progress", progress: 25, ...about }],
      [{ op: "complete", ...about }],
    ]);
  });

  it("are told as progress 100 before the end, where that is not too soon", async () => {
    const { page } = scene();
    const entry = await allowOne(page, 200);
    const channel = await page.join(entry);
    const about = { upload: "avatar", ref: entry.ref, store_id: [] };
    await channel.chunk(100);
    await page.settled();
    page.timers.pass(100);
    await channel.chunk(100);
    expect(await opsAfter(page)).toEqual([
      [{ op: "progress", progress: 50, ...about }],
      [
        { op: "progress", progress: 100, ...about },
        { op: "complete", ...about },
      ],
    ]);
  });

  it("leave a whole file, byte for byte", async () => {
    const { page } = scene();
    const channel = await page.join(await allowOne(page, 6));
    await channel.chunk(new Uint8Array([0, 255, 1]));
    await channel.chunk("aé");
    await page.settled();
    const [done] = uploadedEntries(page.socket(), "avatar").done;
    expect(done).toMatchObject({ progress: 100, status: "success", clientName: "0.png", clientSize: 6 });
    const bytes = done?.source.kind === "channel" ? await done.source.file?.read() : null;
    expect(bytes).toEqual(new Uint8Array([0, 255, 1, 0x61, 0xc3, 0xa9]));
  });

  it("may be one empty chunk, for an empty file", async () => {
    const { page } = scene();
    const channel = await page.join(await allowOne(page, 0));
    expect(await channel.chunk(0)).toEqual(ok(100, true));
    await page.settled();
    expect(uploadedEntries(page.socket(), "avatar").done).toHaveLength(1);
  });

  it("may be empty before the end, and of exactly the chunk size", async () => {
    const { page } = scene();
    const channel = await page.join(await allowOne(page, 200));
    expect(await channel.chunk(0)).toEqual(ok(0));
    expect(await channel.chunk(CHUNK)).toEqual(ok(50));
  });

  it("may bring more than was declared, up to the largest file", async () => {
    const { page } = scene({ chunkSize: 1_001 });
    const channel = await page.join(await allowOne(page, 10));
    expect(await channel.chunk(1_000)).toEqual(ok(100, true));
  });

  it("larger than the chunk size end the upload", async () => {
    const { page, storage } = scene();
    const entry = await allowOne(page, 300);
    const channel = await page.join(entry);
    await channel.chunk(100);
    await page.settled();
    expect(await channel.chunk(CHUNK + 1)).toEqual(error("chunk too large"));
    expect((await opsAfter(page)).at(-1)).toEqual(
      failed("chunk_too_large", "chunk size exceeded the configured limit", entry.ref),
    );
    expect(storage.heldRefs()).toEqual([]);
    expect(page.timers.waiting()).toBe(0);
  });

  it("of more than the largest file end the upload", async () => {
    const { page, storage } = scene({ maxFileSize: 150, chunkSize: 200 });
    const entry = await allowOne(page, 150);
    const channel = await page.join(entry);
    await channel.chunk(100);
    await page.settled();
    expect(await channel.chunk(51)).toEqual(error("upload too large"));
    expect((await opsAfter(page)).at(-1)).toEqual(
      failed("too_large", "file exceeds the maximum size", entry.ref),
    );
    expect(storage.heldRefs()).toEqual([]);
  });

  it("too large as a chunk and as a file are too large as a chunk", async () => {
    const { page } = scene({ maxFileSize: 50 });
    const channel = await page.join(await allowOne(page, 50));
    expect(await channel.chunk(CHUNK + 1)).toEqual(error("chunk too large"));
  });

  it.each(["open", "write", "finish"] as const)(
    "that the disk does not take (%s) end the upload",
    async (step) => {
      const { page } = scene({ storage: failingAt(step) });
      const entry = await allowOne(page, 10);
      const channel = await page.join(entry);
      expect(await channel.chunk(10)).toEqual(error("write failed"));
      expect(await opsAfter(page)).toEqual([failed("internal", "internal upload error", entry.ref)]);
      expect(uploadedEntries(page.socket(), "avatar").inProgress).toMatchObject([
        { status: "error", errors: [{ code: "internal", message: "internal upload error" }] },
      ]);
    },
  );

  it.each([[{}], [null], [7], [[1]]])("that are %j crash their channel", async (payload) => {
    const { page } = scene();
    const channel = await page.join(await allowOne(page, 10));
    await expect(channel.sink.chunk(payload)).rejects.toThrow("A chunk must be bytes");
  });
});

describe("a client that takes too long", () => {
  const message = "upload timed out between chunks";

  it("for its first chunk loses its channel, and the entry has an error", async () => {
    const { page } = scene({ chunkTimeoutMs: 500 });
    const entry = await allowOne(page, 10);
    const channel = await page.join(entry);
    page.timers.pass(499);
    expect(channel.state).toBe("joined");
    page.timers.pass(1);
    expect(channel.state).toBe("closed");
    channel.leave();
    expect(await opsAfter(page)).toEqual([failed("chunk_timeout", message, entry.ref)]);
  });

  it("has the time anew after each chunk", async () => {
    const { page, storage } = scene({ chunkTimeoutMs: 500 });
    const entry = await allowOne(page, 300);
    const channel = await page.join(entry);
    for (let sent = 0; sent < 2; sent += 1) {
      page.timers.pass(499);
      await channel.chunk(100);
    }
    await page.settled();
    page.timers.pass(500);
    expect((await opsAfter(page)).at(-1)).toEqual(failed("chunk_timeout", message, entry.ref));
    expect(storage.heldRefs()).toEqual([]);
  });

  it("has all the time after the last", async () => {
    const { page } = scene({ chunkTimeoutMs: 500 });
    const channel = await page.join(await allowOne(page, 10));
    await channel.chunk(10);
    expect(page.timers.waiting()).toBe(0);
  });

  it("may join again with its token, and start over", async () => {
    const { page } = scene({ chunkTimeoutMs: 500 });
    const entry = await allowOne(page, 100);
    const first = await page.join(entry);
    await first.chunk(50);
    page.timers.pass(500);
    const second = await page.join(entry);
    expect(await second.chunk(50)).toEqual(ok(50));
    expect(await second.chunk(50)).toEqual(ok(100, true));
    await page.settled();
    expect(uploadedEntries(page.socket(), "avatar").done).toMatchObject([
      { status: "success", errors: [{ code: "chunk_timeout" }] },
    ]);
  });
});

function failingAt(step: "open" | "write" | "finish"): UploadStorage {
  const fail = async () => {
    throw new Error("ENOSPC: no space left on device");
  };
  const memory = createMemoryStorage();
  return {
    open: async (ref) => {
      const writer = await (step === "open" ? fail() : memory.open(ref));
      return step === "open" ? writer : { ...writer, [step]: fail };
    },
  };
}
