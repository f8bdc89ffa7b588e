import type { StoredChunk } from "./journal-store";
import { createSegments, type Segment } from "./segments";

/**
 * What of one session is in the store, and what is on its way there: its events as lines, in chunks, and these in
 * segments, from the first of which on the session can be read.
 */
export type Book = {
  /** Takes the line of the next event, before that event is folded. */
  readonly add: (line: string) => void;
  /** Characters that are not known to be stored. */
  readonly pending: () => number;
  /** What is to be written. It is given again until `confirm` was called. */
  readonly take: () => BookEntry;
  /** What was taken last is stored. */
  readonly confirm: () => void;
  /** About how much of the disk the session takes, or will. */
  readonly bytes: () => number;
  /** Lets the oldest segment go; false where it is the only one. */
  readonly dropSegment: () => boolean;
  readonly state: () => BookState;
};

/** Chunks to be written, and below which index those of the session are to go; null: none of them. */
export type BookEntry = { readonly chunks: readonly StoredChunk[]; readonly below: number | null };

/** What a book has to be made with to go on from here. */
export type BookState = {
  /** The index of the next chunk, and the `seq` of the next event. */
  readonly chunks: number;
  readonly next: number;
  /** Oldest first; none before the first chunk. */
  readonly segments: readonly Segment[];
};

/** A chunk is full at this many characters. */
export const MAX_CHUNK_CHARS = 256 * 1024;

/** A chunk that has fewer when it is written is written again with what comes after: many small ones are slow to read. */
export const MIN_CHUNK_CHARS = 8 * 1024;

/** Where the store is out of order, this many characters wait for it; after that only a head will stand for them. */
export const MAX_PENDING_CHARS = 64 * 1024 * 1024;

export type BookTerms = {
  readonly session: () => string;
  /** What stands for all events that were folded, one line an event. */
  readonly head: () => readonly string[];
  /** What the session may take on disk. */
  readonly maxBytes: () => number;
};

export const EMPTY_BOOK: BookState = { chunks: 0, next: 1, segments: [] };

/** A chunk that is being filled. */
type Open = {
  readonly first: number;
  readonly head: string | null;
  readonly lines: string[];
  chars: number;
  /** How many of its lines, and of its characters, are stored. */
  stored: { readonly lines: number; readonly chars: number };
};

export function createBook(terms: BookTerms, from: BookState = EMPTY_BOOK): Book {
  let { chunks, next } = from;
  const segments = createSegments(from.segments, terms.maxBytes);
  let full: StoredChunk[] = [];
  let open: Open | null = null;
  let pending = 0;
  let dropped = oldestChunk();
  let confirmTaken = (): void => undefined;

  function oldestChunk(): number {
    return segments.all()[0]?.index ?? 0;
  }

  function makeHead(): string | null {
    if (!segments.isDue()) return null;
    const lines = terms.head();
    // They take the numbers of the events before the chunk: there must be enough of them.
    return lines.length < next ? lines.join("") : null;
  }

  function openChunk(): Open {
    const head = makeHead();
    if (head !== null) {
      segments.begin({ index: chunks, first: next }, head);
      pending += head.length;
    }
    return { first: next, head, lines: [], chars: head?.length ?? 0, stored: { lines: 0, chars: 0 } };
  }

  function toChunk({ first, head, lines }: Open): StoredChunk {
    return {
      ...{ session: terms.session(), index: chunks, first, events: lines.length },
      ...{ text: lines.join(""), head },
    };
  }

  function closeChunk(): void {
    if (open === null) return;
    // The chunk as a whole is given again: what is stored of it is pending once more.
    pending += open.stored.chars;
    full.push(toChunk(open));
    open = null;
    chunks++;
  }

  /** The store takes nothing: what waits is let go, and the next chunk begins anew. */
  function giveUp(): void {
    if (open !== null) chunks++;
    full = [];
    open = null;
    segments.clear();
    pending = 0;
    confirmTaken = () => undefined;
  }

  return {
    add(line) {
      if (pending > MAX_PENDING_CHARS) giveUp();
      open ??= openChunk();
      open.lines.push(line);
      open.chars += line.length;
      pending += line.length;
      next++;
      segments.grow(line);
      if (open.chars >= MAX_CHUNK_CHARS) closeChunk();
    },
    pending: () => pending,
    take() {
      if (open !== null && open.chars >= MIN_CHUNK_CHARS) closeChunk();
      const [taken, tail, below] = [full.length, open, oldestChunk()];
      const stored = { lines: tail?.lines.length ?? 0, chars: tail?.chars ?? 0 };
      confirmTaken = () => {
        dropped = Math.max(dropped, below);
        for (const { text, head } of full.slice(0, taken)) pending -= text.length + (head?.length ?? 0);
        full = full.slice(taken);
        if (tail === null) return;
        // It may have been filled and closed meanwhile: then the whole of it is given again.
        if (tail !== open) return;
        pending -= stored.chars - tail.stored.chars;
        tail.stored = stored;
      };
      const isTailNew = tail !== null && tail.stored.lines < stored.lines;
      const written = isTailNew ? [...full, toChunk(tail)] : [...full];
      // What was let go while it waited need not be written first.
      return {
        chunks: written.filter(({ index }) => index >= below),
        below: below > dropped ? below : null,
      };
    },
    confirm() {
      confirmTaken();
      confirmTaken = () => undefined;
    },
    bytes: segments.bytes,
    dropSegment: segments.drop,
    state: () => ({ chunks: open === null ? chunks : chunks + 1, next, segments: segments.all() }),
  };
}
