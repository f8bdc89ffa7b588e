import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { mountRoot } from "../client/connect";
import { type DemoScene, eventually, openScene, WIRES } from "./demo-scene";

const bytes = (name: string, size: number) => new File([new Uint8Array(size)], name);

describe.each(WIRES)("the uploads, %s", (wire) => {
  let scene: DemoScene;
  let root: Root;

  beforeEach(async () => {
    scene = await openScene({ wire });
    root = await mountRoot(scene.visit().client, "Demo.UploadStore");
  });

  afterEach(() => scene.close());

  it("come in chunks, and are listed once they are stored", async () => {
    const seen: number[] = [];
    const upload = root.upload([], "photos", [bytes("a.png", 40_000), bytes("b.jpg", 1)], {
      onProgress: ([first]) => seen.push(first?.progress ?? -1),
    });
    expect(await upload.start()).toMatchObject([{ status: "success" }, { status: "success" }]);
    expect(new Set(seen)).toEqual(new Set([0, 40, 80, 100]));
    await eventually(root, {
      photos: { entries: [{ status: "success" }, { status: "success" }] },
      stored: [],
    });
    expect(await root.command([], "store", { upload: "photos" })).toEqual({ ok: true, value: { stored: 2 } });
    await eventually(root, {
      photos: { entries: [] },
      stored: [
        { key: "f1", name: "a.png", size: 40_000, from: "photos" },
        { key: "f2", name: "b.jpg", size: 1, from: "photos" },
      ],
    });
    await root.command([], "forget", { key: "f1" });
    await eventually(root, { stored: [{ key: "f2" }] });
  });

  it("are refused where they are too many, too large or of a wrong kind", async () => {
    const files = ["a.png", "big.png", "c.exe", "d.png", "e.png", "f.png"];
    const upload = root.upload(
      [],
      "photos",
      files.map((name) => bytes(name, name === "big.png" ? 1_000_001 : 10)),
    );
    const ended = await upload.start();
    expect(ended.map(({ name, error }) => [name, error?.code ?? null])).toEqual([
      ["a.png", null],
      ["big.png", "too_large"],
      ["c.exe", "not_accepted"],
      ["d.png", null],
      ["e.png", null],
      ["f.png", "too_many_files"],
    ]);
  });

  it("go elsewhere where the server says so, and may fail there", async () => {
    const asked: unknown[] = [];
    const upload = root.upload([], "archive", [bytes("notes.txt", 10), bytes("fail.txt", 10)], {
      uploaders: {
        Bucket: async ({ meta, source, progress }) => {
          asked.push(meta);
          progress(50);
          if (source.name === "fail.txt") throw new Error("the bucket is full");
        },
      },
    });
    expect(await upload.start()).toMatchObject([
      { status: "success" },
      { status: "failed", error: { message: "the bucket is full" } },
    ]);
    expect(asked).toEqual([
      { bucket: "demo", key: expect.stringMatching(/^archive\/u_/) },
      { bucket: "demo", key: expect.stringMatching(/^archive\/u_/) },
    ]);
    expect(await root.command([], "store", { upload: "archive" })).toEqual({
      ok: true,
      value: { stored: 1 },
    });
    await eventually(root, { stored: [{ name: "notes.txt", from: "archive" }] });
  });

  it("are two: there is nothing to store of a third", async () => {
    expect(await root.command([], "store", { upload: "music" })).toMatchObject({ value: { ok: false } });
  });
});
