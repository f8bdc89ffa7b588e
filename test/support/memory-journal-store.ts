import type { JournalStore, StoredChunk, StoreWrite } from "../../src/host/journal-store";

/** What is on a disk that outlives the hosts: each store that is opened on it sees what was written before. */
export type MemoryDisk = {
  /** A store of the background that runs now. Stores that were opened before are dead: what they write is lost. */
  readonly open: () => JournalStore;
  /** What everything that writes, or that reads, is to fail with; null: nothing. */
  writeFault: string | null;
  readFault: string | null;
  /** While set, writes wait until `release`. */
  isSlow: boolean;
  readonly release: () => void;
  /** How many writes have been stored, and how many calls have failed. */
  readonly count: { stored: number; failed: number };
  readonly chunks: (session: string) => readonly StoredChunk[];
  readonly sessions: () => readonly string[];
  /** Puts something else in the place of a part of what is stored. */
  readonly spoil: (session: string, part: string, by: string) => void;
  state: string | null;
};

export function createMemoryDisk(): MemoryDisk {
  const sessions = new Map<string, Map<number, StoredChunk>>();
  const count = { stored: 0, failed: 0 };
  let waiting: (() => void)[] = [];
  let opened = 0;

  const inOrder = (session: string): readonly StoredChunk[] =>
    [...(sessions.get(session)?.values() ?? [])].sort((a, b) => a.index - b.index);

  function apply({ chunks, drop, state }: StoreWrite): void {
    for (const { session, below } of drop) {
      const kept = inOrder(session).filter(({ index }) => index >= below);
      sessions.set(session, new Map(kept.map((chunk) => [chunk.index, chunk])));
      if (kept.length === 0) sessions.delete(session);
    }
    for (const chunk of chunks) {
      const held = sessions.get(chunk.session) ?? new Map<number, StoredChunk>();
      sessions.set(chunk.session, held.set(chunk.index, structuredClone(chunk)));
    }
    disk.state = state;
    count.stored++;
  }

  async function attempt(isAlive: () => boolean, faultOf: () => string | null): Promise<void> {
    if (disk.isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
    else await Promise.resolve();
    // A background that was killed never hears of it, and what it had begun did not happen.
    if (!isAlive()) await new Promise(() => undefined);
    const fault = faultOf();
    if (fault === null) return;
    count.failed++;
    throw new Error(fault);
  }

  const writing = (): string | null => disk.writeFault;
  const reading = (): string | null => disk.readFault;

  const disk: MemoryDisk = {
    writeFault: null,
    readFault: null,
    isSlow: false,
    state: null,
    count,
    release() {
      const due = waiting;
      waiting = [];
      for (const resolve of due) resolve();
    },
    chunks: inOrder,
    sessions: () => [...sessions.keys()],
    spoil(session, part, by) {
      for (const chunk of inOrder(session)) {
        const spoilt = { ...chunk, text: chunk.text.replace(part, by) };
        sessions.get(session)?.set(chunk.index, spoilt);
      }
    },
    open() {
      const mine = ++opened;
      const isAlive = (): boolean => mine === opened;
      return {
        async load() {
          await attempt(isAlive, reading);
          return disk.state;
        },
        async *chunks(session, from) {
          await attempt(isAlive, reading);
          // What is written meanwhile shows.
          for (let next = from; ; ) {
            const chunk = inOrder(session).find(({ index }) => index >= next);
            if (chunk === undefined) return;
            yield chunk;
            next = chunk.index + 1;
          }
        },
        async write(write) {
          await attempt(isAlive, writing);
          apply(write);
        },
        async clear() {
          await attempt(isAlive, writing);
          sessions.clear();
          disk.state = null;
        },
      };
    },
  };
  return disk;
}
