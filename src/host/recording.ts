import type { RowFilter } from "../bridge/view";
import { createRates, type Rates } from "../engine/ask/rates";
import { type Compactor, createCompactor } from "../engine/compact/compactor";
import type { SessionEvent } from "../session/event";
import { type Book, type BookState, createBook, EMPTY_BOOK } from "./book";
import { createDocuments, type Documents, type DocumentsState, NO_DOCUMENTS } from "./documents";
import { createJournal, type Journal } from "./journal";
import { writeLine } from "./journal-line";
import { createRowIndexes, type RowIndex } from "./row-index";
import { createTimelines, type Timelines } from "./timelines";

/** One session while it is recorded: the documents of one page, or of several in turn, into one journal. */
export type Recording = {
  /** Names it among the sessions of the tab; empty until it has a document. */
  readonly id: () => string;
  readonly journal: Journal;
  readonly rowsOf: (filter: RowFilter) => RowIndex;
  readonly timelineOf: Timelines;
  readonly rates: Rates;
  readonly documents: Documents;
  readonly append: (event: SessionEvent) => void;
  readonly summary: () => RecordingSummary;
  /** What of it is in the store; null where nothing is to be. */
  readonly book: Book | null;
  /** Null once all its events are there; else a promise that resolves then. It never rejects. */
  readonly filling: () => Promise<unknown> | null;
  /**
   * Brings back its stored events. Nothing is to be appended before that is done.
   * @param bring appends them through `restore`
   */
  readonly fill: (bring: (restore: Restore) => Promise<unknown>) => Promise<unknown>;
  readonly state: () => RecordingState;
};

/** Takes events that are stored already. */
export type Restore = Pick<Journal, "skip"> & { readonly append: (event: SessionEvent) => void };

/** What can be told of a recording at one glance. */
export type RecordingSummary = {
  readonly events: number;
  readonly url: string | null;
  readonly title: string | null;
};

/** What a recording has to be made with to go on from here, beside its events. */
export type RecordingState = {
  readonly summary: RecordingSummary;
  readonly documents: DocumentsState;
  readonly book: BookState;
};

/** How recordings are kept. */
export type Keeping = {
  /** Whether there is a store for them. */
  readonly isStored: boolean;
  /** What a session may take there. */
  readonly maxBytes: () => number;
  /** About how many characters the events of a session may take in memory. */
  readonly maxMemoryChars: number;
};

/** What no state needs stands in each head again: so many characters of it. */
const MAX_LOOSE_CHARS = 4 * 1024 * 1024;

export function createRecording(
  { isStored, maxBytes, maxMemoryChars }: Keeping,
  from: RecordingState | null,
): Recording {
  const journal = createJournal(maxMemoryChars);
  const documents = createDocuments(from?.documents ?? NO_DOCUMENTS);
  const compactor: Compactor | null = isStored ? createCompactor(journal.engine, MAX_LOOSE_CHARS) : null;
  let filling: Promise<unknown> | null = null;

  const head = (): readonly string[] => (compactor?.compacted() ?? []).map(writeLine);
  const terms = { session: documents.first, head, maxBytes };
  const book = isStored ? createBook(terms, from?.book ?? EMPTY_BOOK) : null;

  function fold(event: SessionEvent): void {
    const folded = journal.append(event);
    compactor?.note(event, folded);
  }

  function summary(): RecordingSummary {
    if (filling !== null && from !== null) return from.summary;
    const page = journal.page();
    return { events: journal.length(), url: page?.url ?? null, title: page?.title ?? null };
  }

  return {
    id: documents.first,
    journal,
    rowsOf: createRowIndexes(journal),
    timelineOf: createTimelines(journal),
    rates: createRates(journal.engine),
    documents,
    append(event) {
      book?.add(writeLine(event));
      fold(event);
    },
    summary,
    book,
    filling: () => filling,
    fill(bring) {
      filling = bring({ skip: journal.skip, append: fold }).then(() => {
        filling = null;
      });
      return filling;
    },
    state: () => ({ summary: summary(), documents: documents.state(), book: book?.state() ?? EMPTY_BOOK }),
  };
}
