import type { BookState } from "./book";
import type { JournalStore, StoreWrite } from "./journal-store";
import { createKeeper, type Draft } from "./keeper";
import type { Recording } from "./recording";
import { restoreEvents } from "./restore";
import type { Sessions } from "./sessions";
import { readState, type StoredState } from "./stored-state";

/** Keeps the sessions of a tab so that they outlive the background. */
export type Storage = {
  /** Null once the live session is back; else a promise that resolves then. It never rejects. */
  readonly loading: () => Promise<unknown> | null;
  /** Something has changed: it is to be written soon. */
  readonly touch: () => void;
  readonly flush: () => Promise<void>;
  /** A session is let go. */
  readonly drop: (session: string) => void;
  /** A sentence for a person where something keeps sessions from being stored or restored; null else. */
  readonly trouble: () => string | null;
  /** Writes what there is, and nothing after that. */
  readonly close: () => Promise<void>;
  /** Lets go of everything that is stored. */
  readonly forget: () => Promise<void>;
};

/** Each document's newest number that is held, in one session. */
export type Marks = readonly ReadonlyMap<string, number>[];

export type StorageTerms = {
  readonly sessions: Sessions;
  readonly schedule: (run: () => void, ms: number) => void;
  /** What the sessions of the tab may take in all. */
  readonly maxBytes: () => number;
  /** About how many characters of a session are read back. */
  readonly maxRestoredChars: number;
  /** Is told what is stored. */
  readonly stored: (marks: Marks) => void;
  readonly changed: () => void;
};

/** The sessions of a private window are kept in memory only. */
export const NO_STORAGE: Storage = {
  loading: () => null,
  touch: () => undefined,
  flush: () => Promise.resolve(),
  drop: () => undefined,
  trouble: () => null,
  close: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

export function createStorage(store: JournalStore, terms: StorageTerms): Storage {
  const { sessions, schedule, maxBytes, maxRestoredChars, stored, changed } = terms;
  const keeper = createKeeper(store, draft, schedule, changed);
  const dropped = new Set<string>();
  let lost: string | null = null;
  let isOver = false;
  let loading: Promise<unknown> | null = load().finally(() => {
    loading = null;
  });

  const both = (): readonly Recording[] =>
    [sessions.live(), sessions.past()].filter((session) => session !== null);

  function touch(): void {
    // What is stored must not be replaced before it has been read.
    if (loading === null) keeper.touch(both().reduce((sum, { book }) => sum + (book?.pending() ?? 0), 0));
  }

  /** Past goes first, then what is oldest of the live session. */
  function trim(): void {
    // What is being read must not be let go: it would be missing.
    if (sessions.live().filling() !== null) return;
    const bytes = (): number => both().reduce((sum, { book }) => sum + (book?.bytes() ?? 0), 0);
    while (bytes() > maxBytes()) {
      if (sessions.past() !== null) sessions.dropPast();
      else if (sessions.live().book?.dropSegment() !== true) return;
    }
  }

  function draft(): Draft {
    trim();
    const names = [...dropped];
    const taken = both().flatMap(({ id, book }) =>
      book === null ? [] : [{ id: id(), book, entry: book.take() }],
    );
    const marks = both().map(({ documents }) => documents.held());
    const drop: StoreWrite["drop"][number][] = names.map((session) => ({ session, below: Infinity }));
    for (const { id, entry } of taken)
      if (entry.below !== null) drop.push({ session: id, below: entry.below });
    const chunks = taken.flatMap(({ entry }) => entry.chunks);
    return {
      write: { chunks, drop, state: JSON.stringify(sessions.state()) },
      stored() {
        for (const name of names) dropped.delete(name);
        for (const { book } of taken) book.confirm();
        stored(marks);
      },
    };
  }

  async function load(): Promise<void> {
    const state = await loadState(store);
    if (typeof state === "string") startOver(state);
    if (typeof state === "string" || state === null || isOver) return;
    sessions.reset(state);
    const fault = await fill(sessions.live(), state.live.book);
    if (fault === null) fillPast(state);
    else startOver(fault);
  }

  /** The session before is brought back while the live one already goes on. */
  function fillPast({ past: from }: StoredState): void {
    const past = sessions.past();
    if (past === null || from === null) return;
    void fill(past, from.book)
      .then((fault) => fault !== null && losePast(past, fault))
      .then(changed);
  }

  function losePast(past: Recording, fault: string): void {
    // Its page may have come back meanwhile: then it is the one that goes on.
    if (sessions.live() === past) startOver(fault);
    else if (sessions.past() === past) {
      lost = describeLoss(fault);
      sessions.dropPast();
    }
    keeper.touch(0);
  }

  function fill(recording: Recording, from: BookState): Promise<string | null> {
    let fault: string | null = null;
    const bring = recording.fill(async (restore) => {
      const breathe = (): Promise<void> => new Promise((resolve) => schedule(resolve, 0));
      const restored = await restoreEvents(store, recording.id(), from, restore, maxRestoredChars, breathe);
      if (!restored.ok) fault = restored.failure;
    });
    return bring.then(() => fault);
  }

  function startOver(why: string): void {
    if (isOver) return;
    lost = describeLoss(why);
    sessions.reset(null);
    keeper.startOver();
  }

  async function end(): Promise<void> {
    isOver = true;
    await keeper.stop();
  }

  return {
    loading: () => loading,
    touch,
    async flush() {
      await loading;
      await keeper.flush();
    },
    drop: (session) => dropped.add(session),
    trouble: () => keeper.trouble() ?? lost,
    async close() {
      await loading;
      await keeper.flush();
      await end();
    },
    async forget() {
      await end();
      await store.clear();
    },
  };
}

/** Where the sessions stood; null: nothing was kept; a string: why that cannot be told. */
async function loadState(store: JournalStore): Promise<StoredState | null | string> {
  try {
    const text = await store.load();
    return text === null ? null : (readState(text) ?? "it was not written by this version");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function describeLoss(why: string): string {
  return `What was kept on disk of this tab could not be read, and is let go (${why}). The page sends again what it holds.`;
}
