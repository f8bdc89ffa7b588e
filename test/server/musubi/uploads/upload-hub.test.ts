import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import { FakePage, png } from "./fake-page";

const OPEN = { accept: "any", maxEntries: 3 } as const;

function targets(page: FakePage) {
  return page.envelopes.at(-1)?.map(({ op, upload, store_id }) => [op, upload, store_id]);
}

describe("the ops of an envelope", () => {
  it("begin with the config of every upload that a new store declares, once", async () => {
    const page = new FakePage({ one: OPEN, two: OPEN });
    expect(targets(page)).toEqual([
      ["config", "one", []],
      ["config", "two", []],
    ]);
    await page.run(() => undefined);
    expect(page.envelopes).toHaveLength(1);
  });

  it("are in the order of the lengths of their stores' ids, then of what happened", async () => {
    const page = new FakePage({});
    await page.run(async () => {
      page.start(["a", "b"], { deep: OPEN });
      page.start(["z"], { high: OPEN });
      page.start(["y"], { other: OPEN });
      await page.hub.allow({ name: "deep", store_id: ["a", "b"], entries: [png("0", 1)] });
      await page.hub.allow({ name: "high", store_id: ["z"], entries: [png("0", 1)] });
    });
    expect(targets(page)).toEqual([
      ["config", "high", ["z"]],
      ["add", "high", ["z"]],
      ["config", "other", ["y"]],
      ["config", "deep", ["a", "b"]],
      ["add", "deep", ["a", "b"]],
    ]);
  });

  it("leave out a store that was discarded before they were sent", async () => {
    const page = new FakePage({});
    await page.run(() => {
      page.start(["kid"], { attach: OPEN });
      page.discard(["kid"]);
    });
    expect(page.envelopes).toEqual([]);
  });
});

describe("a store that takes over the id of another", () => {
  it("has its own entries, whichever of the two comes and goes first", async () => {
    const storage = createMemoryStorage();
    const page = new FakePage({});
    page.start(["kid"], { attach: { ...OPEN, storage } });
    const answer = await page.push("allow", { name: "attach", store_id: ["kid"], entries: [png("0", 9)] });
    const before = page.socket(["kid"]);
    await page.run(() => {
      page.start(["kid"], { attach: { ...OPEN, storage } });
      page.hub.discardStore(["kid"], before);
    });
    expect(targets(page)).toEqual([["config", "attach", ["kid"]]]);
    const old = JSON.parse(JSON.stringify(answer)).response.entries["0"];
    // Of the old entry nothing is left, but the client that brings it is heard out.
    const channel = await page.join({ ref: old.entry_ref, token: old.token });
    expect(await channel.chunk(9)).toEqual({ status: "ok", response: { progress: 100 }, isLast: true });
    await page.settled();
    expect(storage.heldRefs()).toEqual([]);
    expect(targets(page)).toEqual([["config", "attach", ["kid"]]]);
    expect(
      await page.push("allow", { name: "attach", store_id: ["kid"], entries: [png("0", 9)] }),
    ).toMatchObject({
      status: "ok",
    });
    expect(targets(page)).toEqual([["add", "attach", ["kid"]]]);
  });
});
