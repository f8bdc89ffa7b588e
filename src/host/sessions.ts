import { createRecording, type Keeping, type Recording } from "./recording";
import { STATE_VERSION, type StoredState } from "./stored-state";

/** The sessions of one tab: the one that goes on, and the one before it. */
export type Sessions = {
  readonly live: () => Recording;
  /**
   * The newest session that has ended and had a socket. Where there is none, the newest that has ended: what its page
   * handed over as it went may still be on its way. Null: no session has ended.
   */
  readonly past: () => Recording | null;
  /** The session of this name, if it is one of the two. */
  readonly find: (id: string) => Recording | null;
  /** The session that knows the document, if it is one of the two. */
  readonly owner: (document: string) => Recording | null;
  /**
   * The session of a document that is in the tab now, which goes on from now on: the one that knows it, as after a way
   * through the back-forward cache; the live one for an iframe of its page; else, unless the log is preserved, a new one.
   * @param isOther whether it is, or is in, another page than the live session's, should neither session know it
   */
  readonly enter: (document: string, isOther: boolean) => Recording;
  readonly dropPast: () => void;
  /** Takes up what was restored, or starts afresh with null. */
  readonly reset: (state: StoredState | null) => void;
  readonly state: () => StoredState;
};

/**
 * @param preserves whether a session goes on when another page is in the tab
 * @param dropped is told the name of a session that is let go
 */
export function createSessions(
  keeping: Keeping,
  preserves: () => boolean,
  dropped: (id: string) => void,
): Sessions {
  let live = createRecording(keeping, null);
  let past: Recording | null = null;

  function letGo(session: Recording | null): void {
    if (session !== null && session.id() !== "") dropped(session.id());
  }

  /** A session without a socket is not worth the place of one that had some. */
  function retire(session: Recording): void {
    const isWorthIt = hadSockets(session) || past === null || !hadSockets(past);
    letGo(isWorthIt ? past : session);
    if (isWorthIt) past = session;
  }

  function sessionOf(document: string, isOther: boolean): Recording {
    if (live.documents.has(document)) return live;
    if (past?.documents.has(document) === true) {
      const [back, left] = [past, live];
      past = null;
      retire(left);
      return back;
    }
    // The iframes of a page may say hello before its top frame does.
    if (!isOther || live.documents.top() === null || preserves()) return live;
    retire(live);
    return createRecording(keeping, null);
  }

  function find(id: string): Recording | null {
    if (live.id() === id) return live;
    return past?.id() === id ? past : null;
  }

  return {
    live: () => live,
    past: () => past,
    find,
    owner(document) {
      if (live.documents.has(document)) return live;
      return past?.documents.has(document) === true ? past : null;
    },
    enter(document, isOther) {
      live = sessionOf(document, isOther);
      return live;
    },
    dropPast() {
      letGo(past);
      past = null;
    },
    reset(state) {
      live = createRecording(keeping, state?.live ?? null);
      past = state === null || state.past === null ? null : createRecording(keeping, state.past);
    },
    state: () => ({ version: STATE_VERSION, live: live.state(), past: past?.state() ?? null }),
  };
}

/** Whether there is anything in a session to look at. */
export function hadSockets({ documents }: Recording): boolean {
  return documents.sockets() > 0;
}
