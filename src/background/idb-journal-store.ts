import type { JournalStore, StoredChunk, StoreWrite } from "../host/journal-store";
import type { JournalDatabase, JournalStores } from "./journal-database";

/** So many characters of chunks are read at once: enough not to wait for each, little enough to be held twice. */
export const SLICE_CHARS = 8 * 1024 * 1024;
/** The first slice has this many chunks, and none has more than the second number. */
const FIRST_SLICE = 8;
const MAX_SLICE = 512;

/**
 * The journal store of one tab, in IndexedDB. A write is one transaction that resolves when it is complete: with relaxed
 * durability it outlives the background and the browser's crash, not the machine's, after which no tab is left anyway.
 * @param run names the run of the extension that the tab belongs to (`readRun`)
 */
export function createIdbJournalStore(
  database: JournalDatabase,
  run: Promise<string>,
  tab: number,
): JournalStore {
  return {
    async load() {
      const key = [await run, tab];
      const state = await database.transact("readonly", ({ tabs }) => resultOf(tabs.get(key)));
      return typeof state === "string" ? state : null;
    },
    async *chunks(session, from) {
      const name = await run;
      let next = from;
      let count = FIRST_SLICE;
      for (;;) {
        const range = IDBKeyRange.bound([name, tab, session, next], [name, tab, session, Infinity]);
        const slice = await readSlice(database, range, count);
        yield* slice;
        const last = slice.at(-1);
        if (last === undefined || slice.length < count) return;
        next = last.index + 1;
        count = countFor(slice);
      }
    },
    async write(write) {
      const name = await run;
      await database.transact("readwrite", (stores) => {
        putWrite(stores, write, [name, tab]);
        return () => undefined;
      });
    },
    async clear() {
      const name = await run;
      await database.transact("readwrite", (stores) => {
        // An array comes after every text: this is all that begins with the run and the tab.
        deleteRange(stores, IDBKeyRange.bound([name, tab], [name, tab, []]));
        return () => undefined;
      });
    },
  };
}

/** Lets go of everything that other runs have left behind: their tabs are gone. */
export async function clearOtherRuns(database: JournalDatabase, run: Promise<string>): Promise<void> {
  const name = await run;
  await database.transact("readwrite", (stores) => {
    deleteRange(stores, IDBKeyRange.upperBound([name], true));
    deleteRange(stores, IDBKeyRange.lowerBound([name, []], true));
    return () => undefined;
  });
}

function putWrite({ tabs, chunks }: JournalStores, write: StoreWrite, key: readonly [string, number]): void {
  for (const { session, below } of write.drop) {
    chunks.delete(IDBKeyRange.bound([...key, session, 0], [...key, session, below], false, true));
  }
  for (const chunk of write.chunks) chunks.put(chunk, [...key, chunk.session, chunk.index]);
  tabs.put(write.state, [...key]);
}

function deleteRange({ tabs, chunks }: JournalStores, range: IDBKeyRange): void {
  tabs.delete(range);
  chunks.delete(range);
}

function resultOf<Value>(request: IDBRequest<Value>): () => Value {
  return () => request.result;
}

/** What is there was written in this run, and so by this very build. */
function readSlice(
  database: JournalDatabase,
  range: IDBKeyRange,
  count: number,
): Promise<readonly StoredChunk[]> {
  return database.transact("readonly", ({ chunks }) => resultOf<StoredChunk[]>(chunks.getAll(range, count)));
}

/** As many chunks as this slice's, on the average, make up `SLICE_CHARS`. */
function countFor(slice: readonly StoredChunk[]): number {
  const chars = slice.reduce((sum, { text, head }) => sum + text.length + (head?.length ?? 0), 0);
  return Math.min(MAX_SLICE, Math.max(1, Math.floor((SLICE_CHARS * slice.length) / Math.max(1, chars))));
}
