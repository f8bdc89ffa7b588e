import { describe, expect, it } from "vitest";
import { assign } from "../../../../src/server/musubi/socket";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import { uploadedEntries } from "../../../../src/server/musubi/uploads/uploaded-entries";
import type { Json } from "../../../../src/wire/json";
import { FakePage, png } from "./fake-page";

async function scene() {
  const page = new FakePage({
    cloud: { accept: "any", maxEntries: 2, external: () => ({ meta: {} }) },
    avatar: { accept: "any", storage: createMemoryStorage() },
  });
  const [entry] = await page.allow([png("0", 1_000)], "cloud");
  if (entry === undefined) throw new Error("The file was refused.");
  const about = { upload: "cloud", ref: entry.ref, store_id: [] };
  const say = (event: "progress" | "error", rest: { readonly [key: string]: Json }) =>
    page.push(event, { name: "cloud", ref: entry.ref, ...rest });
  return { page, entry, about, say };
}

const OK = { kind: "reply", status: "ok", response: {} };

describe("the progress that a client reports", () => {
  it("is told, and ends the upload at 100", async () => {
    const { page, about, say } = await scene();
    expect(await say("progress", { progress: 50 })).toEqual(OK);
    page.timers.pass(100);
    await say("progress", { progress: 100 });
    expect(page.envelopes.slice(2)).toEqual([
      [{ op: "progress", progress: 50, ...about }],
      [
        { op: "progress", progress: 100, ...about },
        { op: "complete", ...about },
      ],
    ]);
    expect(uploadedEntries(page.socket(), "cloud").done).toMatchObject([
      { progress: 100, status: "success", source: { kind: "external", uploader: "external", meta: {} } },
    ]);
  });

  it.each([
    [0, 0],
    [99, 99],
    [101, 100],
    [1e9, 100],
    [-1, 0],
    [50.5, 0],
    ["50", 0],
    [null, 0],
    [[50], 0],
    [true, 0],
  ])("of %j counts as %i", async (progress: Json, counts) => {
    const { page, say, about } = await scene();
    await say("progress", { progress });
    expect(page.envelopes[2]?.[0]).toEqual({ op: "progress", progress: counts, ...about });
  });

  it("is nothing where it says none", async () => {
    const { page, say } = await scene();
    await say("progress", {});
    expect(page.envelopes[2]?.[0]).toMatchObject({ op: "progress", progress: 0 });
  });

  it("that comes too soon is answered, and not told", async () => {
    const { page, say } = await scene();
    await say("progress", { progress: 10 });
    expect(await say("progress", { progress: 20 })).toEqual(OK);
    expect(page.envelopes).toHaveLength(3);
    expect(uploadedEntries(page.socket(), "cloud").inProgress).toMatchObject([{ progress: 20 }]);
  });
});

describe("the failure that a client reports", () => {
  it.each([
    ["with its own words", { code: "external_failed", message: "PUT said 403" }, "PUT said 403"],
    ["of any code", { code: "too_large", message: "no" }, "no"],
    ["without words", { code: "external_failed", message: "" }, "external upload failed"],
    ["with a message that is no text", { code: "external_failed", message: 7 }, "external upload failed"],
    ["that says nothing", {}, "external upload failed"],
  ])("%s is external_failed", async (_name, said: { [key: string]: Json }, message) => {
    const { page, say, about } = await scene();
    expect(await say("error", said)).toEqual(OK);
    const error = { code: "external_failed", message };
    expect(page.envelopes[2]).toEqual([{ op: "error", error, ...about }]);
    expect(uploadedEntries(page.socket(), "cloud").inProgress).toMatchObject([
      { status: "error", errors: [error] },
    ]);
  });
});

describe.each(["progress", "error"] as const)("%s", (event) => {
  it("of an unknown entry has no word on the wire", async () => {
    const { page } = await scene();
    expect(await page.push(event, { name: "cloud", ref: "u_AAAAAAAAAAA", progress: 1 })).toEqual({
      kind: "unmapped",
      reason: expect.stringContaining("no entry"),
    });
    expect(page.envelopes).toHaveLength(2);
  });

  it("of an entry whose bytes come here has none either, and does not touch it", async () => {
    const { page } = await scene();
    const [entry] = await page.allow([png("0", 10)]);
    const answer = await page.push(event, { name: "avatar", ref: entry?.ref ?? "", progress: 100 });
    expect(answer).toEqual({ kind: "unmapped", reason: expect.stringContaining("its own channel") });
    expect(uploadedEntries(page.socket(), "avatar").inProgress).toMatchObject([
      { status: "pending", errors: [] },
    ]);
    expect(page.envelopes).toHaveLength(3);
  });
});

describe("a store that wants to know of progress", () => {
  it("hears of all of it, in both modes, also of what is not sent", async () => {
    const heard: string[] = [];
    const options = {
      accept: "any",
      storage: createMemoryStorage(),
      handleProgress: async (
        entry: { clientName: string; progress: number; status: string },
        socket: never,
      ) => {
        heard.push(`${entry.clientName} ${entry.progress} ${entry.status}`);
        return assign(socket, "last", entry.progress);
      },
    } as const;
    const page = new FakePage({ avatar: options, cloud: { ...options, external: () => ({ meta: {} }) } });
    const [cloud] = await page.allow([png("c", 10)], "cloud");
    for (const progress of [1, 2, 100])
      await page.push("progress", { name: "cloud", ref: cloud?.ref ?? "", progress });
    const [avatar] = await page.allow([png("a", 10)]);
    const channel = await page.join(avatar ?? { ref: "", token: "" });
    for (const size of [5, 1, 4]) await channel.chunk(size);
    await page.settled();
    expect(heard).toEqual([
      "c.png 1 uploading",
      "c.png 2 uploading",
      "c.png 100 success",
      "a.png 50 uploading",
      "a.png 60 uploading",
      "a.png 100 success",
    ]);
    expect(page.socket().assigns).toEqual({ last: 100 });
  });

  it("and throws crashes the page", async () => {
    const page = new FakePage({
      avatar: {
        accept: "any",
        storage: createMemoryStorage(),
        handleProgress: () => {
          throw new Error("boom");
        },
      },
    });
    const [entry] = await page.allow([png("0", 10)]);
    await (await page.join(entry ?? { ref: "", token: "" })).chunk(5);
    await page.settled();
    expect(page.crashes).toMatchObject([{ message: "boom" }]);
  });
});
