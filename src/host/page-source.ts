import { accountedBytes, isPageEvent, type PageEvent } from "../bridge/page-event";
import type { NumberedEvents } from "../bridge/page-message";
import { sketch } from "../bridge/sketch";
import type { SessionEvent } from "../session/event";
import { type DocumentTerms, MAX_BROKEN_CHARS, toSessionEvent } from "./session-terms";

/** The events of one document as they come in: numbered, without duplicates, in the session's own terms. */
export type PageSource = {
  /** The number of the newest event held, and the frame bytes held: where to resume. */
  readonly held: () => { readonly seq: number; readonly bytes: number };
  /** Takes a batch whose first event has number `first`; gives the session events that are new. */
  readonly take: (first: number, events: readonly unknown[]) => readonly SessionEvent[];
  /**
   * Takes what stands for everything up to number `upTo`, after which that much is held. Numbers that are missing were
   * folded into the bases: they are no gap.
   */
  readonly takeFolded: (upTo: number, folded: NumberedEvents) => readonly SessionEvent[];
  /**
   * Its document is not there any more. Gives a gap where it did not say so itself, and had sockets: what it did in its
   * last moments may be missing then.
   */
  readonly end: () => readonly SessionEvent[];
  /** Whether it has given no event yet: to forget it then loses nothing. */
  readonly isBarren: () => boolean;
  /** What a source has to be made with to go on from here. */
  readonly state: () => PageSourceState;
};

/** Where a source stands, as data. */
export type PageSourceState = {
  /** The document's URL if it is an iframe's; null for the top frame. */
  readonly frame: string | null;
  readonly seq: number;
  readonly bytes: number;
  /** The time of the newest event, in milliseconds since 1970. */
  readonly newest: number;
  readonly isBarren: boolean;
  /** Its page has said that it goes, and not that it is back; or its end was noticed. */
  readonly isAway: boolean;
  /** Of each socket its number in the document and in the session. */
  readonly sockets: readonly (readonly [number, number])[];
};

/** What a session shares among its documents. */
export type SessionTerms = {
  /** A number for one more socket, unique in the session. */
  readonly nextSocket: () => number;
  /** Milliseconds since the session's start, for a time since 1970. */
  readonly toSessionTime: (at: number) => number;
};

/** Sockets of one document that are told apart: more than years of reconnecting open, and a bound for a forger. */
export const MAX_SOCKETS = 100_000;

/** The state of a source that has taken nothing yet. @param frame the document's URL if it is an iframe's */
export function freshSource(frame: string | null): PageSourceState {
  return { frame, seq: 0, bytes: 0, newest: 0, isBarren: true, isAway: false, sockets: [] };
}

export function createPageSource(terms: SessionTerms, from: PageSourceState): PageSource {
  const sockets = new Map(from.sockets);
  const { frame } = from;
  let { seq, bytes, newest, isBarren, isAway } = from;

  function socketOf(local: number): number {
    const known = sockets.get(local);
    if (known !== undefined) return known;
    const socket = terms.nextSocket();
    sockets.set(local, socket);
    return socket;
  }

  const documentTerms: DocumentTerms = { socketOf, toSessionTime: terms.toSessionTime, frame };

  function toSessionEvents(event: PageEvent): readonly SessionEvent[] {
    const sessionEvent = toSessionEvent(event, documentTerms);
    if (sessionEvent === null) return [];
    isBarren = false;
    return [sessionEvent];
  }

  function isBeyondSockets(event: PageEvent): boolean {
    if (!("socket" in event) || event.socket === undefined) return false;
    return sockets.size >= MAX_SOCKETS && !sockets.has(event.socket);
  }

  function toAcceptable(value: unknown): PageEvent {
    if (!isPageEvent(value)) return broken(WHY_BROKEN, value);
    return isBeyondSockets(value) ? broken(WHY_TOO_MANY_SOCKETS) : value;
  }

  function broken(why: string, value?: unknown): PageEvent {
    const text = value === undefined ? "" : sketch(value, MAX_BROKEN_CHARS);
    return { type: "broken", at: newest, text, why };
  }

  function accept(event: PageEvent): readonly SessionEvent[] {
    // A page can forge gaps of any size.
    bytes = Math.min(bytes + accountedBytes(event), Number.MAX_SAFE_INTEGER);
    newest = event.at;
    if (event.type === "page") isAway = event.phase === "hide";
    return toSessionEvents(event);
  }

  function acceptNext(value: unknown): readonly SessionEvent[] {
    seq++;
    return accept(toAcceptable(value));
  }

  return {
    held: () => ({ seq, bytes }),
    take(first, events) {
      const fresh = events.slice(Math.max(0, seq + 1 - first));
      if (fresh.length === 0) return [];
      const missing = first - (seq + 1);
      if (missing <= 0) return fresh.flatMap(acceptNext);
      seq += missing;
      const lost: PageEvent = { type: "gap", at: newest, events: missing, bytes: 0, why: WHY_LOST };
      return [...toSessionEvents(lost), ...fresh.flatMap(acceptNext)];
    },
    takeFolded(upTo, folded) {
      const held = seq;
      if (upTo <= held) return [];
      let before = 0;
      const taken = folded.events.flatMap((event, at) => {
        const number = folded.seqs[at] ?? 0;
        if (number <= held && number >= before) return [];
        const isInPlace = number >= before && number <= upTo;
        before = Math.max(before, number);
        return accept(isInPlace ? toAcceptable(event) : broken(WHY_OUT_OF_PLACE, event));
      });
      seq = upTo;
      return taken;
    },
    end() {
      const isCutOff = !isAway && sockets.size > 0;
      isAway = true;
      if (!isCutOff) return [];
      return toSessionEvents({ type: "gap", at: newest, events: 0, bytes: 0, why: WHY_CUT_OFF });
    },
    isBarren: () => isBarren,
    state: () => ({ frame, seq, bytes, newest, isBarren, isAway, sockets: [...sockets] }),
  };
}

const WHY_BROKEN = "The page's content script reported something that is no event.";
const WHY_OUT_OF_PLACE = "The page's content script reported folded history in an order that cannot be.";
const WHY_TOO_MANY_SOCKETS = `The page has used more than ${MAX_SOCKETS} sockets: no more of them are followed.`;
const WHY_CUT_OFF =
  "The page ended without a word, as after a crash or while DevTools was closed: what it did last may be missing.";
const WHY_LOST = "These events were lost between the page and the extension.";
