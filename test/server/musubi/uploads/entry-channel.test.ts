import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import type { UploadStorage } from "../../../../src/server/musubi/uploads/upload-storage";
import { TOKEN_MAX_AGE_MS } from "../../../../src/server/musubi/uploads/upload-token";
import { uploadedEntries } from "../../../../src/server/musubi/uploads/uploaded-entries";
import { FakeChannel, FakePage, png } from "./fake-page";
import { allowOne, error, ok, opsAfter, scene } from "./receiving-scene";

describe("a client that leaves", () => {
  it("before the end cancels its entry", async () => {
    const { page, storage } = scene();
    const entry = await allowOne(page, 200);
    const channel = await page.join(entry);
    await channel.chunk(100);
    await page.settled();
    channel.leave();
    channel.leave();
    expect((await opsAfter(page)).slice(1)).toEqual([
      [{ op: "cancel", upload: "avatar", ref: entry.ref, store_id: [] }],
    ]);
    expect(uploadedEntries(page.socket(), "avatar")).toEqual({ done: [], inProgress: [] });
    expect(storage.heldRefs()).toEqual([]);
    expect(page.timers.waiting()).toBe(0);
  });

  it("after the end changes nothing", async () => {
    const { page, storage } = scene();
    const entry = await allowOne(page, 10);
    const channel = await page.join(entry);
    await channel.chunk(10);
    channel.leave();
    await page.settled();
    expect(uploadedEntries(page.socket(), "avatar").done).toHaveLength(1);
    expect(storage.heldRefs()).toEqual([entry.ref]);
  });
});

describe("the join of an entry's channel", () => {
  it("is unauthorized with a token that is broken, of another entry, of nobody, or none", async () => {
    const { page } = scene();
    const [one, two] = await page.allow([png("0", 10), png("1", 10)]);
    const broken = `${one?.token.slice(0, -2)}AA`;
    const foreign = new FakePage({ avatar: { accept: "any" } }, { firstByte: 100 });
    const join = (token: unknown) =>
      page.hub.join(one?.ref ?? "", Object.fromEntries([["token", token]]) as never, {
        close: () => {},
        kill: () => {},
      });
    for (const token of [broken, two?.token, "", 7, undefined]) {
      expect(await join(token)).toEqual({ ok: false, failure: "unauthorized" });
    }
    expect(await page.hub.join(one?.ref ?? "", "token", { close: () => {}, kill: () => {} })).toMatchObject({
      ok: false,
    });
    await expect(FakeChannel.join(foreign.hub, one?.ref ?? "", one?.token ?? "")).rejects.toThrow(
      "unauthorized",
    );
  });

  it("is open for ten minutes", async () => {
    const { page } = scene();
    const entry = await allowOne(page, 10);
    expect(TOKEN_MAX_AGE_MS).toBe(600_000);
    page.epoch += TOKEN_MAX_AGE_MS;
    expect((await page.join(entry)).state).toBe("joined");
    page.epoch += 1;
    await expect(page.join(entry)).rejects.toThrow("unauthorized");
  });

  it("is unauthorized once the page, the store or another page's name is meant", async () => {
    const { page } = scene();
    page.start(["kid"], { avatar: { accept: "any" } });
    const answer = await page.push("allow", { name: "avatar", store_id: ["kid"], entries: [png("0", 1)] });
    const entry = await allowOne(page, 10);
    page.discard(["kid"]);
    const inKid = JSON.parse(JSON.stringify(answer)).response.entries["0"];
    await expect(page.join({ ref: inKid.entry_ref, token: inKid.token })).rejects.toThrow("unauthorized");
    page.stop();
    await expect(page.join(entry)).rejects.toThrow("unauthorized");
  });

  it("again takes over from the channel before", async () => {
    const { page, storage } = scene();
    const entry = await allowOne(page, 200);
    const first = await page.join(entry);
    await first.chunk(100);
    const second = await page.join(entry);
    expect(first.state).toBe("closed");
    first.leave();
    await second.chunk(100);
    await second.chunk(100);
    await page.settled();
    expect(uploadedEntries(page.socket(), "avatar").done).toHaveLength(1);
    expect(storage.heldRefs()).toEqual([entry.ref]);
  });

  it("again, while the page has yet to hear of the whole file, starts over", async () => {
    const { page, storage } = scene();
    const entry = await allowOne(page, 100);
    const first = await page.join(entry);
    const gate = createGate();
    const busy = page.command(async (socket) => {
      await gate.opened;
      return socket;
    });
    await first.chunk(100);
    const second = await page.join(entry);
    gate.open();
    await busy;
    await page.settled();
    expect(uploadedEntries(page.socket(), "avatar").inProgress).toMatchObject([{ status: "pending" }]);
    await second.chunk(new Uint8Array(100).fill(2));
    await page.settled();
    const [done] = uploadedEntries(page.socket(), "avatar").done;
    expect(done?.source.kind === "channel" && (await done.source.file?.read())).toEqual(
      new Uint8Array(100).fill(2),
    );
    expect(storage.heldRefs()).toEqual([entry.ref]);
  });

  it.each(["cancelled", "whole"])("of an entry that is %s is let in, and says nothing more", async (fate) => {
    const { page, storage } = scene({ chunkTimeoutMs: 500 });
    const entry = await allowOne(page, 100);
    if (fate === "cancelled") await page.push("cancel", { name: "avatar", ref: entry.ref });
    else await (await page.join(entry)).chunk(100);
    await page.settled();
    const told = page.envelopes.length;
    const held = storage.heldRefs();
    const bringing = await page.join(entry);
    expect(await bringing.chunk(50)).toEqual(ok(50));
    expect(await bringing.chunk(50)).toEqual(ok(100, true));
    const late = await page.join(entry);
    page.timers.pass(500);
    expect(late.state).toBe("closed");
    (await page.join(entry)).leave();
    await page.settled();
    expect(page.envelopes).toHaveLength(told);
    expect(storage.heldRefs()).toEqual(held);
  });
});

describe("cancelling an entry", () => {
  const cancel = (page: FakePage, ref: string) => page.push("cancel", { name: "avatar", ref });
  const OK = { kind: "reply", status: "ok", response: {} };

  it("that is not there is ok, and tells nothing", async () => {
    const { page } = scene();
    expect(await cancel(page, "u_AAAAAAAAAAA")).toEqual(OK);
    expect(page.envelopes).toHaveLength(1);
  });

  it("kills a channel that brings its bytes, and removes those", async () => {
    const { page, storage } = scene();
    const entry = await allowOne(page, 200);
    const channel = await page.join(entry);
    await channel.chunk(100);
    await page.settled();
    expect(await cancel(page, entry.ref)).toEqual(OK);
    expect(channel.state).toBe("killed");
    channel.leave();
    expect((await opsAfter(page)).slice(1)).toEqual([
      [{ op: "cancel", upload: "avatar", ref: entry.ref, store_id: [] }],
    ]);
    expect(storage.heldRefs()).toEqual([]);
  });

  it("while a chunk is written drops that chunk", async () => {
    const gate = createGate();
    const storage = createMemoryStorage();
    const { page } = scene({ storage: slowed(storage, gate.opened) });
    const entry = await allowOne(page, 200);
    const channel = await page.join(entry);
    const answer = channel.chunk(100);
    await cancel(page, entry.ref);
    gate.open();
    expect(await answer).toEqual(error("write failed"));
    expect(channel.state).toBe("killed");
    expect(await opsAfter(page)).toEqual([
      [{ op: "cancel", upload: "avatar", ref: entry.ref, store_id: [] }],
    ]);
    expect(storage.heldRefs()).toEqual([]);
  });

  it("that is whole removes its file", async () => {
    const { page, storage } = scene();
    const entry = await allowOne(page, 10);
    const channel = await page.join(entry);
    await channel.chunk(10);
    await cancel(page, entry.ref);
    expect(channel.state).toBe("closed");
    expect(storage.heldRefs()).toEqual([]);
  });
});

describe("a page or a store that ends", () => {
  it.each(["page", "store"])(
    "(%s) closes the channels, removes the bytes and tells nothing",
    async (what) => {
      const { page, storage } = scene();
      const [one, two, gone] = await page.allow([png("0", 10), png("1", 200), png("2", 10)]);
      if (one === undefined || two === undefined || gone === undefined)
        throw new Error("A file was refused.");
      await (await page.join(one)).chunk(10);
      const open = await page.join(two);
      await open.chunk(50);
      await page.push("cancel", { name: "avatar", ref: gone.ref });
      const stray = await page.join(gone);
      const told = page.envelopes.length;
      if (what === "page") page.stop();
      else page.discard([]);
      expect([open.state, stray.state]).toEqual(["closed", "closed"]);
      expect(await open.chunk(50)).toEqual(error("write failed"));
      await page.settled();
      expect(storage.heldRefs()).toEqual([]);
      expect(page.envelopes).toHaveLength(told);
      expect(page.timers.waiting()).toBe(0);
    },
  );
});

function slowed(storage: UploadStorage, until: Promise<void>): UploadStorage {
  return {
    open: async (ref) => {
      const writer = await storage.open(ref);
      return { ...writer, write: (chunk) => until.then(() => writer.write(chunk)) };
    },
  };
}

function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}
