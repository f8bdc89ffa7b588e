import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clearOtherRuns, createIdbJournalStore, SLICE_CHARS } from "../../src/background/idb-journal-store";
import { createJournalDatabase, DATABASE, DATABASE_VERSION } from "../../src/background/journal-database";
import type { JournalStore, StoredChunk } from "../../src/host/journal-store";

const RUN = "run";

afterEach(() => vi.restoreAllMocks());

describe("the journal store of a tab", () => {
  it("is empty at first", async () => {
    const { store } = open();
    expect(await store(1).load()).toBeNull();
    expect(await read(store(1), "s")).toEqual([]);
  });

  it("gives back what was written, also to a background that was started after a kill", async () => {
    const { store, again } = open();
    const chunks = [chunk("s", 0, "one\n"), chunk("s", 1, "two\n", "head\n")];
    await store(1).write({ chunks, drop: [], state: "first" });
    await store(1).write({ chunks: [chunk("s", 2, "three\n")], drop: [], state: "second" });

    const revived = again().store(1);
    expect(await revived.load()).toBe("second");
    expect(await read(revived, "s")).toEqual([...chunks, chunk("s", 2, "three\n")]);
    expect(await read(revived, "s", 2)).toEqual([chunk("s", 2, "three\n")]);
  });

  it("keeps the tabs, and the sessions of a tab, apart", async () => {
    const { store } = open();
    const written = { drop: [], state: "" };
    await store(1).write({ ...written, chunks: [chunk("a", 0, "1a"), chunk("b", 0, "1b")] });
    await store(2).write({ ...written, chunks: [chunk("a", 0, "2a")] });
    expect(await texts(store(1), "a")).toEqual(["1a"]);
    expect(await texts(store(1), "b")).toEqual(["1b"]);
    expect(await texts(store(2), "a")).toEqual(["2a"]);
  });

  it("gives chunks in their order, however many and however large", async () => {
    const { store } = open();
    const long = "x".repeat(SLICE_CHARS / 4);
    const chunks = Array.from({ length: 40 }, (_, index) =>
      chunk("s", index, index < 12 ? `${index}` : `${index} ${long}`),
    );
    await store(1).write({ chunks, drop: [], state: "" });
    expect((await read(store(1), "s")).map(({ index }) => index)).toEqual(chunks.map(({ index }) => index));
    expect((await read(store(1), "s", 37)).map(({ index }) => index)).toEqual([37, 38, 39]);
  });

  it("never reads more at once than a slice, but for the first few", async () => {
    const { store } = open();
    const quarter = "x".repeat(SLICE_CHARS / 4);
    const chunks = Array.from({ length: 30 }, (_, index) => chunk("s", index, quarter));
    await store(1).write({ chunks, drop: [], state: "" });
    const getAll = vi.spyOn(IDBObjectStore.prototype, "getAll");
    await read(store(1), "s");
    const counts = getAll.mock.calls.map(([, count]) => count);
    expect(counts.slice(1).every((count) => count === 4)).toBe(true);
    expect(counts.length).toBeGreaterThan(5);
  });

  it("lets go of a session's front, or of all of it", async () => {
    const { store } = open();
    const chunks = [0, 1, 2].flatMap((index) => [
      chunk("a", index, `a${index}`),
      chunk("b", index, `b${index}`),
    ]);
    await store(1).write({ chunks, drop: [], state: "" });
    await store(1).write({ chunks: [], drop: [{ session: "a", below: 2 }], state: "" });
    expect(await texts(store(1), "a")).toEqual(["a2"]);
    await store(1).write({ chunks: [], drop: [{ session: "b", below: Infinity }], state: "" });
    expect(await texts(store(1), "b")).toEqual([]);
    expect(await texts(store(1), "a")).toEqual(["a2"]);
  });

  it("writes in the order of the calls", async () => {
    const { store } = open();
    const mine = store(1);
    await Promise.all(["1", "2", "3"].map((state) => mine.write({ chunks: [], drop: [], state })));
    expect(await mine.load()).toBe("3");
  });

  it("forgets a tab, and no other", async () => {
    const { store } = open();
    for (const tab of [1, 2, 12]) {
      await store(tab).write({ chunks: [chunk("s", 0, `${tab}`)], drop: [], state: `state ${tab}` });
    }
    await store(1).clear();
    expect(await store(1).load()).toBeNull();
    expect(await texts(store(1), "s")).toEqual([]);
    for (const tab of [2, 12]) {
      expect(await store(tab).load()).toBe(`state ${tab}`);
      expect(await texts(store(tab), "s")).toEqual([`${tab}`]);
    }
  });

  it("lets go of all other runs at start-up, whatever their names", async () => {
    const { store, database } = open();
    for (const run of ["", "a", RUN, `${RUN} two`, "z"]) {
      await store(1, run).write({ chunks: [chunk("s", 0, run)], drop: [], state: `state of ${run}` });
    }
    await clearOtherRuns(database, Promise.resolve(RUN));
    for (const run of ["", "a", `${RUN} two`, "z"]) {
      expect(await store(1, run).load()).toBeNull();
      expect(await texts(store(1, run), "s")).toEqual([]);
    }
    expect(await store(1).load()).toBe(`state of ${RUN}`);
    expect(await texts(store(1), "s")).toEqual([RUN]);
  });
});

describe("a journal store that fails", () => {
  it("leaves nothing of a write behind that was interrupted", async () => {
    const { store } = open();
    await store(1).write({ chunks: [chunk("s", 0, "one")], drop: [], state: "first" });
    const put = vi.spyOn(IDBObjectStore.prototype, "put");
    put.mockImplementationOnce(() => {
      throw new DOMException("not now", "DataCloneError");
    });
    const failing = store(1).write({
      chunks: [chunk("s", 1, "two")],
      drop: [{ session: "s", below: 1 }],
      state: "second",
    });
    await expect(failing).rejects.toThrow("The browser's database could not be used: not now.");
    expect(await store(1).load()).toBe("first");
    expect(await texts(store(1), "s")).toEqual(["one"]);
  });

  it("says that the disk is full, and works again when it is not", async () => {
    const { store } = open();
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    const write = { chunks: [], drop: [], state: "first" };
    await expect(store(1).write(write)).rejects.toThrow("no more room on the disk");
    await store(1).write(write);
    expect(await store(1).load()).toBe("first");
  });

  it("says why the database does not open, and tries again", async () => {
    const { store, factory } = open();
    vi.spyOn(factory, "open").mockImplementationOnce(() => {
      throw new DOMException("A mutation operation was attempted.", "InvalidStateError");
    });
    await expect(store(1).load()).rejects.toThrow(
      "The browser's database could not be used: A mutation operation was attempted.",
    );
    expect(await store(1).load()).toBeNull();
  });

  it("says so where the database is of a later version", async () => {
    const { store, factory } = open();
    (await openRaw(factory, DATABASE_VERSION + 1)).close();
    await expect(store(1).load()).rejects.toThrow(/^The browser's database could not be used: .+\.$/);
  });

  it("gives way to a later version, and to the browser that closes the database", async () => {
    const { store, factory } = open();
    await store(1).write({ chunks: [], drop: [], state: "first" });
    await deleteDatabase(factory);
    expect(await store(1).load()).toBeNull();

    await store(1).write({ chunks: [], drop: [], state: "second" });
    // What a connection throws that has been closed before its event has come.
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(() => {
      throw new DOMException("The database connection is closing.", "InvalidStateError");
    });
    expect(await store(1).load()).toBe("second");
  });
});

function open(factory = new IDBFactory()) {
  const database = createJournalDatabase(factory);
  return {
    database,
    factory,
    store: (tab: number, run = RUN): JournalStore =>
      createIdbJournalStore(database, Promise.resolve(run), tab),
    /** A background that was killed leaves its connection to be closed by the browser, and opens another. */
    again: () => open(factory),
  };
}

function chunk(session: string, index: number, text: string, head: string | null = null): StoredChunk {
  return { session, index, first: index + 1, events: 1, text, head };
}

async function read(store: JournalStore, session: string, from = 0): Promise<readonly StoredChunk[]> {
  const chunks: StoredChunk[] = [];
  for await (const found of store.chunks(session, from)) chunks.push(found);
  return chunks;
}

async function texts(store: JournalStore, session: string): Promise<readonly string[]> {
  return (await read(store, session)).map(({ text }) => text);
}

function openRaw(factory: IDBFactory, version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function deleteDatabase(factory: IDBFactory): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
