import type { RowFilter } from "../bridge/view";
import { createJournal, type Journal } from "./journal";
import { createPageSource, type PageSource } from "./page-source";
import { createRowIndexes, type RowIndex } from "./row-index";

/**
 * One session while it is recorded: the documents of one page, the top frame's and its iframes', into one journal.
 * A new page starts a new recording.
 */
export type Recording = {
  readonly journal: Journal;
  readonly rowsOf: (filter: RowFilter) => RowIndex;
  /** The source for a document, the same one each time the document connects. */
  readonly sourceOf: (document: string, frame: string | null) => PageSource;
};

export function createRecording(): Recording {
  const journal = createJournal();
  const sources = new Map<string, PageSource>();
  let sockets = 0;
  let startedAt: number | null = null;

  const terms = {
    nextSocket: () => ++sockets,
    toSessionTime(at: number): number {
      startedAt ??= at;
      // Three decimals is what a session file keeps. An iframe's events may come before older ones of its page.
      return Math.max(0, Math.round((at - startedAt) * 1000) / 1000);
    },
  };

  return {
    journal,
    rowsOf: createRowIndexes(journal),
    sourceOf(document, frame) {
      const known = sources.get(document);
      if (known !== undefined) return known;
      const source = createPageSource(terms, frame);
      sources.set(document, source);
      return source;
    },
  };
}
