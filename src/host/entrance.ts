import type { Capture } from "./capture";
import type { Recording } from "./recording";
import type { Sessions } from "./sessions";

/** Where the documents of a tab come in: which session each belongs to. */
export type Entrance = {
  /**
   * What a document that says hello has to wait for before it enters; null: nothing. An iframe that nobody has met
   * waits where the page is not there: another page's top frame may be about to say hello.
   */
  readonly wait: (document: string, isTop: boolean) => Promise<unknown> | null;
  /** Finds the session of a document that says hello; what another page told of itself ends with that. */
  readonly enter: (document: string, isTop: boolean) => Recording;
};

export type EntranceTerms = {
  readonly sessions: Sessions;
  readonly capture: Capture;
  /** Whether a document's port is open. */
  readonly isHere: (document: string) => boolean;
  readonly schedule: (run: () => void, ms: number) => void;
};

/** A top frame may be busy when all documents of a tab are called; one that is not watched never comes. */
export const TOP_FRAME_MS = 3_000;

export function createEntrance({ sessions, capture, isHere, schedule }: EntranceTerms): Entrance {
  const waiting = new Set<() => void>();

  /** The top frame that the live session is about has gone, or is not back yet. */
  function isTopAway(): boolean {
    const top = sessions.live().documents.top();
    return top !== null && !isHere(top);
  }

  function awaitTop(): Promise<unknown> {
    return new Promise<void>((resolve) => {
      waiting.add(resolve);
      schedule(() => {
        waiting.delete(resolve);
        resolve();
      }, TOP_FRAME_MS);
    });
  }

  function letIframesIn(): void {
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  return {
    wait: (document, isTop) =>
      isTop || sessions.owner(document) !== null || !isTopAway() ? null : awaitTop(),
    enter(document, isTop) {
      const before = sessions.live();
      const topBefore = before.documents.top();
      // An iframe whose top frame has not come after all is in a page that is not watched.
      const live = sessions.enter(document, isTop || isTopAway());
      const isOtherPage = isTop && topBefore !== null && topBefore !== document;
      if (live !== before || isOtherPage) capture.clear();
      // A page that is loaded says so itself; one out of the back-forward cache does not end the one before it.
      if (live === before && isOtherPage && live.documents.has(document)) endPage(live);
      if (isTop) {
        live.documents.setTop(document);
        letIframesIn();
      }
      return live;
    },
  };
}

/** The page has been left for one that is not watched: nothing more will come, and nothing on it lives. */
export function endPage({ journal, append, filling }: Recording): void {
  if (filling() !== null) return;
  const last = journal.page();
  const t = journal.entry(journal.length())?.event.t ?? 0;
  if (last !== null && last.phase !== "unload") append({ type: "page", t, phase: "unload", url: last.url });
}
