import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import { createTempFileStorage } from "../../../../src/server/musubi/uploads/temp-file-storage";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "musubi-upload-test-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const bytes = (...values: number[]) => new Uint8Array(values);

describe.each([
  ["temporary files", () => createTempFileStorage(directory, () => {})],
  ["memory", createMemoryStorage],
] as const)("a storage in %s", (_name, create) => {
  it("gives back what was written, in order", async () => {
    const writer = await create().open("u_1");
    const chunk = bytes(1, 2);
    await writer.write(chunk);
    // What the frame's buffer is used for next is no affair of the file's.
    chunk.fill(9);
    await writer.write(bytes());
    await writer.write(bytes(0, 255));
    const file = await writer.finish();
    expect(new Uint8Array(await file.read())).toEqual(bytes(1, 2, 0, 255));
  });

  it("holds an empty file too", async () => {
    const writer = await create().open("u_1");
    await writer.write(bytes());
    expect(await (await writer.finish()).read()).toHaveLength(0);
  });

  it("keeps files of one ref apart", async () => {
    const storage = create();
    const [one, two] = [await storage.open("u_1"), await storage.open("u_1")];
    await one.write(bytes(1));
    await two.write(bytes(2));
    await one.discard();
    expect(new Uint8Array(await (await two.finish()).read())).toEqual(bytes(2));
  });

  it("discards again and again without complaint, before and after the end", async () => {
    const storage = create();
    const early = await storage.open("u_1");
    const late = await storage.open("u_2");
    await late.finish();
    for (const writer of [early, early, late, late]) await writer.discard();
  });
});

describe("temporary files", () => {
  it("are where they say, for this user alone, until they are discarded", async () => {
    const writer = await createTempFileStorage(directory, () => {}).open("u_1");
    await writer.write(bytes(1, 2, 3));
    const { path } = await writer.finish();
    if (path === null) throw new Error("The file has no path.");
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await writer.discard();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });

  it("that were not finished are removed too", async () => {
    const writer = await createTempFileStorage(directory, () => {}).open("u_1");
    await writer.write(bytes(1));
    await writer.discard();
    expect(readdirSync(directory)).toEqual([]);
    await expect(writer.write(bytes(2))).rejects.toThrow("written to after its end");
  });

  it("where no file can be are a failure", async () => {
    await expect(createTempFileStorage(join(directory, "missing")).open("u_1")).rejects.toThrow("ENOENT");
  });

  it("are removed when the process exits, at the latest", async () => {
    const exits: (() => void)[] = [];
    const storage = createTempFileStorage(directory, (run) => exits.push(run));
    const writers = [await storage.open("u_1"), await storage.open("u_2")];
    for (const writer of writers) await writer.write(bytes(1));
    expect(readdirSync(directory)).toHaveLength(2);
    expect(exits).toHaveLength(1);
    exits[0]?.();
    expect(readdirSync(directory)).toEqual([]);
    for (const writer of writers) await writer.discard();
  });
});
