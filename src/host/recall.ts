import type { SessionEvent } from "../session/event";
import type { BookState } from "./book";
import { readLine } from "./journal-line";
import type { JournalStore, StoredChunk } from "./journal-store";
import type { Recording } from "./recording";

/**
 * Gives an event that memory has let go, as far as the store still has it: null at first, and then, once it has been
 * fetched, the event.
 */
export type Recall = (recording: Recording, seq: number) => SessionEvent | null;

/** So many events are held until they are seen: more than a panel can look at at once. */
const MAX_RECALLED = 128;

/** @param changed is called when an event has come that was asked for */
export function createRecall(store: JournalStore, changed: () => void): Recall {
  const recalled = new Map<string, SessionEvent | null>();

  function hold(key: string, event: SessionEvent | null): void {
    recalled.set(key, event);
    const [oldest] = recalled.keys();
    if (recalled.size > MAX_RECALLED && oldest !== undefined) recalled.delete(oldest);
  }

  return (recording, seq) => {
    const [session, state] = [recording.id(), recording.book?.state()];
    const key = JSON.stringify([session, seq]);
    const known = recalled.get(key);
    if (known !== undefined || state === undefined) return known ?? null;
    hold(key, null);
    void fetchEvent(store, session, state, seq).then((event) => {
      // It may be there when it is asked for again: what was let go may still be on its way to the store.
      if (event === null) return void recalled.delete(key);
      hold(key, event);
      changed();
    });
    return null;
  };
}

/** The event as it was stored; null where it is not there, or cannot be read. */
async function fetchEvent(
  store: JournalStore,
  session: string,
  book: BookState,
  seq: number,
): Promise<SessionEvent | null> {
  try {
    const chunk = await findChunk(store, session, book, seq);
    if (chunk === null) return null;
    return readLine(chunk.text.split("\n")[seq - chunk.first] ?? "");
  } catch {
    return null;
  }
}

/** The chunk with the event, found by halving: they are numbered as their events are. */
async function findChunk(
  store: JournalStore,
  session: string,
  { segments, chunks }: BookState,
  seq: number,
): Promise<StoredChunk | null> {
  const at = segments.findLastIndex(({ first }) => first <= seq);
  let low = segments[at]?.index ?? chunks;
  let high = segments[at + 1]?.index ?? chunks;
  while (low < high) {
    const middle = (low + high) >> 1;
    const chunk = await readChunk(store, session, middle);
    if (chunk === null || chunk.first > seq) high = middle;
    else if (seq < chunk.first + chunk.events) return chunk;
    else low = middle + 1;
  }
  return null;
}

async function readChunk(store: JournalStore, session: string, index: number): Promise<StoredChunk | null> {
  for await (const chunk of store.chunks(session, index)) return chunk;
  return null;
}
