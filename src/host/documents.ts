import type { SessionEvent } from "../session/event";
import { createPageSource, freshSource, type PageSource, type PageSourceState } from "./page-source";

/** The documents of one session: they share its clock, and the numbers of its sockets. */
export type Documents = {
  /** The first one of them all; empty where there is none. */
  readonly first: () => string;
  /** The top frame's newest; null where none is known. */
  readonly top: () => string | null;
  /** The document is the tab's page now. */
  readonly setTop: (document: string) => void;
  readonly has: (document: string) => boolean;
  /**
   * The source for a document, the same one each time that it is asked for.
   * @param frame the document's URL if it is an iframe's; null for the top frame
   */
  readonly source: (document: string, frame: string | null) => PageSource;
  /** Notes that a document is not there any more; gives what that adds to the session. */
  readonly end: (document: string) => readonly SessionEvent[];
  /** Each document's newest number that is held. */
  readonly held: () => ReadonlyMap<string, number>;
  /** How many sockets they have had. */
  readonly sockets: () => number;
  readonly state: () => DocumentsState;
};

/** What documents have to be made with to go on from here. */
export type DocumentsState = {
  readonly first: string;
  readonly top: string | null;
  readonly sockets: number;
  /** When the session began, in milliseconds since 1970; null before its first event. */
  readonly started_at: number | null;
  readonly sources: readonly { readonly document: string; readonly source: PageSourceState }[];
};

export const NO_DOCUMENTS: DocumentsState = {
  first: "",
  top: null,
  sockets: 0,
  started_at: null,
  sources: [],
};

/** So many are told apart: a page can make and drop iframes for ever, most of which have nothing to say. */
export const MAX_DOCUMENTS = 1_000;

export function createDocuments(from: DocumentsState): Documents {
  const sources = new Map<string, PageSource>();
  let { first, top, sockets, started_at } = from;

  const terms = {
    nextSocket: () => ++sockets,
    toSessionTime(at: number): number {
      started_at ??= at;
      // Three decimals is what a session file keeps. An iframe's events may come before older ones of its page.
      return Math.max(0, Math.round((at - started_at) * 1000) / 1000);
    },
  };

  for (const { document, source } of from.sources) sources.set(document, createPageSource(terms, source));

  /** Lets one go, if need be: the oldest that gave no event, which costs nothing, or the oldest but for the page. */
  function makeRoom(): void {
    if (sources.size < MAX_DOCUMENTS) return;
    const documents = [...sources].filter(([document]) => document !== top);
    const gone = documents.find(([, source]) => source.isBarren()) ?? documents[0];
    if (gone !== undefined) sources.delete(gone[0]);
  }

  return {
    first: () => first,
    top: () => top,
    setTop(document) {
      top = document;
    },
    has: (document) => sources.has(document),
    source(document, frame) {
      const known = sources.get(document);
      if (known !== undefined) return known;
      makeRoom();
      if (first === "") first = document;
      const source = createPageSource(terms, freshSource(frame));
      sources.set(document, source);
      return source;
    },
    end: (document) => sources.get(document)?.end() ?? [],
    held: () => new Map([...sources].map(([document, source]) => [document, source.held().seq])),
    sockets: () => sockets,
    state: () => ({
      ...{ first, top, sockets, started_at },
      sources: [...sources].map(([document, source]) => ({ document, source: source.state() })),
    }),
  };
}
