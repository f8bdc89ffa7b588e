import { describe, expect, it } from "vitest";
import { assign } from "../../../../src/server/musubi/socket";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import {
  cancelUpload,
  consumed,
  consumeUploadedEntries,
  consumeUploadedEntry,
  postpone,
  type Uploaded,
  uploadedEntries,
} from "../../../../src/server/musubi/uploads/uploaded-entries";
import { FakePage, png } from "./fake-page";

/** A page with `whole` entries that are whole and `open` ones of which half has come. */
async function scene({ whole = 0, open = 0 } = {}) {
  const storage = createMemoryStorage();
  const page = new FakePage({ avatar: { accept: "any", maxEntries: 9, storage } });
  const entries = await page.allow(Array.from({ length: whole + open }, (_, index) => png(`${index}`, 10)));
  const channels = [];
  for (const [index, entry] of entries.entries()) {
    const channel = await page.join(entry);
    await channel.chunk(index < whole ? 10 : 5);
    channels.push(channel);
  }
  await page.settled();
  return { page, storage, refs: entries.map(({ ref }) => ref), channels, told: page.envelopes.length };
}

const reset = { op: "reset", upload: "avatar", store_id: [] };

async function read(uploaded: Uploaded): Promise<number> {
  return uploaded.kind === "file" ? (await uploaded.file.read()).length : -1;
}

describe("the entries of an upload", () => {
  it("are those that are whole and the others, in the order of the preflight", async () => {
    const { page, refs } = await scene({ whole: 2, open: 1 });
    const { done, inProgress } = uploadedEntries(page.socket(), "avatar");
    expect([done.map(({ ref }) => ref), inProgress.map(({ ref }) => ref)]).toEqual([
      refs.slice(0, 2),
      refs.slice(2),
    ]);
  });

  it("can be asked for only where the upload is declared", async () => {
    const { page } = await scene();
    expect(() => uploadedEntries(page.socket(), "cover")).toThrow('Test.Store has no upload "cover"');
    expect(() => cancelUpload(page.socket(), "cover", "u_1")).toThrow('has no upload "cover"');
    await expect(consumeUploadedEntries(page.socket(), "cover", () => consumed(1))).rejects.toThrow(
      'has no upload "cover"',
    );
  });
});

describe("consuming", () => {
  it("gives each whole entry's bytes, then removes them and has clients start over", async () => {
    const { page, storage, told } = await scene({ whole: 2 });
    const lengths: unknown[] = [];
    await page.command(async (before) => {
      const { socket, values } = await consumeUploadedEntries(
        before,
        "avatar",
        async (uploaded, { clientName }) => consumed(`${clientName}:${await read(uploaded)}`),
      );
      lengths.push(...values);
      // Nothing is removed while the handler may still fail.
      expect(storage.heldRefs()).toHaveLength(2);
      expect(uploadedEntries(socket, "avatar")).toEqual({ done: [], inProgress: [] });
      return assign(socket, "names", values);
    });
    expect(lengths).toEqual(["0.png:10", "1.png:10"]);
    expect(page.envelopes.slice(told)).toEqual([[reset]]);
    expect(storage.heldRefs()).toEqual([]);
    expect(page.socket().assigns).toEqual({ names: ["0.png:10", "1.png:10"] });
  });

  it("tells nothing while an entry is left, and then everything at once", async () => {
    const { page, storage, refs, channels, told } = await scene({ whole: 1, open: 1 });
    const consumeAll = () =>
      page.command(
        async (before) => (await consumeUploadedEntries(before, "avatar", () => consumed(null))).socket,
      );
    await consumeAll();
    expect(page.envelopes).toHaveLength(told);
    expect(storage.heldRefs()).toEqual(refs.slice(1));
    expect(channels[1]?.state).toBe("joined");
    await channels[1]?.chunk(5);
    await consumeAll();
    expect(page.envelopes.at(-1)).toEqual([reset]);
  });

  it("keeps what is postponed, with its bytes", async () => {
    const { page, storage, refs, told } = await scene({ whole: 2 });
    await page.command(async (before) => {
      const { socket, values } = await consumeUploadedEntries(before, "avatar", (_uploaded, { ref }) =>
        ref === refs[0] ? postpone("later") : consumed("now"),
      );
      expect(values).toEqual(["later", "now"]);
      return socket;
    });
    expect(storage.heldRefs()).toEqual([refs[0]]);
    expect(uploadedEntries(page.socket(), "avatar").done).toHaveLength(1);
    expect(page.envelopes).toHaveLength(told);
  });

  it("resets even where there was nothing", async () => {
    const { page } = await scene();
    await page.command(async (before) => {
      const { socket, values } = await consumeUploadedEntries(before, "avatar", () => consumed(1));
      expect(values).toEqual([]);
      return socket;
    });
    expect(page.envelopes.at(-1)).toEqual([reset]);
  });

  it("does nothing where the handler keeps its old socket", async () => {
    const { page, storage, told } = await scene({ whole: 1 });
    await page.command(async (before) => {
      await consumeUploadedEntries(before, "avatar", () => consumed(1));
      return before;
    });
    expect(uploadedEntries(page.socket(), "avatar").done).toHaveLength(1);
    expect(storage.heldRefs()).toHaveLength(1);
    expect(page.envelopes).toHaveLength(told);
  });

  it("may be of one entry", async () => {
    const { page, storage, refs } = await scene({ whole: 2 });
    await page.command(async (before) => {
      const { socket, value } = await consumeUploadedEntry(before, "avatar", refs[1] ?? "", (_, entry) =>
        consumed(entry.clientName),
      );
      expect(value).toBe("1.png");
      return socket;
    });
    expect(storage.heldRefs()).toEqual(refs.slice(0, 1));
  });

  it("of one entry that is not whole throws", async () => {
    const { page, refs } = await scene({ open: 1 });
    for (const ref of [refs[0] ?? "", "u_AAAAAAAAAAA"]) {
      await expect(consumeUploadedEntry(page.socket(), "avatar", ref, () => consumed(1))).rejects.toThrow(
        `has no entry "${ref}" that is whole`,
      );
    }
  });

  it("of one entry may give undefined", async () => {
    const { page, refs } = await scene({ whole: 1 });
    const given = await consumeUploadedEntry(page.socket(), "avatar", refs[0] ?? "", () =>
      consumed(undefined),
    );
    expect(given.value).toBeUndefined();
  });

  it("gives an external entry's target", async () => {
    const page = new FakePage({
      cloud: { accept: "any", external: () => ({ uploader: "S3", meta: { key: "k" } }) },
    });
    const [entry] = await page.allow([png("0", 1)], "cloud");
    await page.push("progress", { name: "cloud", ref: entry?.ref ?? "", progress: 100 });
    const { values } = await consumeUploadedEntries(page.socket(), "cloud", (uploaded) => consumed(uploaded));
    expect(values).toEqual([{ kind: "external", uploader: "S3", meta: { key: "k" } }]);
  });
});

describe("cancelling in a handler", () => {
  it("removes the entry for who holds the socket at once, and for clients after the handler", async () => {
    const { page, storage, refs, channels, told } = await scene({ open: 2 });
    await page.command((before) => {
      const socket = cancelUpload(before, "avatar", refs[0] ?? "");
      expect(uploadedEntries(socket, "avatar").inProgress).toHaveLength(1);
      expect(uploadedEntries(before, "avatar").inProgress).toHaveLength(2);
      expect(channels[0]?.state).toBe("joined");
      return socket;
    });
    expect([channels[0]?.state, channels[1]?.state]).toEqual(["killed", "joined"]);
    expect(page.envelopes.slice(told)).toEqual([
      [{ op: "cancel", upload: "avatar", ref: refs[0], store_id: [] }],
    ]);
    expect(storage.heldRefs()).toEqual(refs.slice(1));
  });

  it("of an entry that is not there, or was consumed in the same handler, changes nothing", async () => {
    const { page, refs } = await scene({ whole: 1 });
    await page.command(async (before) => {
      const { socket } = await consumeUploadedEntries(before, "avatar", () => consumed(1));
      return cancelUpload(cancelUpload(socket, "avatar", refs[0] ?? ""), "avatar", "u_AAAAAAAAAAA");
    });
    expect(page.envelopes.at(-1)).toEqual([reset]);
  });
});
