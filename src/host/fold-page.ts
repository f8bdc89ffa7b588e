import { unpack } from "../bridge/chunk";
import { isPageEvent, type PageEvent } from "../bridge/page-event";
import type { NumberedEvents } from "../bridge/page-message";
import { createCompactor } from "../engine/compact/compactor";
import { createEngine } from "../engine/engine";
import type { BaseEvent, GapEvent, SessionEvent } from "../session/event";
import { type DocumentTerms, toSessionEvent } from "./session-terms";

/** A document on its own: its sockets are all there are, and its times are as good as any. */
const TERMS: DocumentTerms = { socketOf: (local) => local, toSessionTime: (at) => at, frame: null };

/**
 * About how many characters of a document's events may stay that are of no use to any state, such as pushes that nobody
 * answers: about half of what its content script has room for. Beyond that a gap stands for the oldest of them, so that
 * the bases, which tell the state, do not have to go.
 */
export const MAX_LOOSE_CHARS = 8 * 1024 * 1024;

/**
 * Folds the events of one document from its first one on (`Compactor`), as its content script numbers them. What stays
 * keeps its number; the bases come behind it, under the last one. What is no page's event stays as it is. Never throws
 * on anything.
 *
 * @returns no more events than there were, ready to be folded again with those that follow
 */
export function foldPageEvents(
  carried: NumberedEvents,
  maxLooseChars: number = MAX_LOOSE_CHARS,
): NumberedEvents {
  const { seqs, events } = unpackNumbered(carried);
  const engine = createEngine(0);
  const compactor = createCompactor(engine, maxLooseChars);
  const noted = events.map((event): Noted | null => {
    const sessionEvent = isPageEvent(event) ? toSessionEvent(event, TERMS) : null;
    if (sessionEvent === null) return null;
    const folded = engine.fold(sessionEvent);
    compactor.note(sessionEvent, folded);
    return { seq: folded.seq, sessionEvent };
  });
  const left: { readonly seqs: number[]; readonly events: unknown[] } = { seqs: [], events: [] };
  const leave = (seq: number | undefined, event: unknown): void => {
    left.seqs.push(seq ?? 0);
    left.events.push(event);
  };
  for (const [at, event] of events.entries()) {
    const own = noted[at] ?? null;
    const kept = own === null ? undefined : compactor.kept.get(own.seq);
    if (own === null || kept === own.sessionEvent) leave(seqs[at], event);
    else if (kept?.type === "base") leave(seqs[at], toPageBase(kept));
    else if (kept?.type === "gap") leave(seqs[at], toPageGap(kept));
  }
  for (const base of compactor.bases()) leave(seqs[events.length - 1], toPageBase(base));
  return left;
}

/** The events one by one: a run has the number of its first. */
function unpackNumbered({ seqs, events }: NumberedEvents): NumberedEvents {
  const all: { readonly seqs: number[]; readonly events: unknown[] } = { seqs: [], events: [] };
  for (const [at, value] of events.entries()) {
    for (const [offset, event] of unpack([value]).entries()) {
      all.seqs.push((seqs[at] ?? 0) + offset);
      all.events.push(event);
    }
  }
  return all;
}

/** A page's event in the session's terms, and its place there. */
type Noted = { readonly seq: number; readonly sessionEvent: SessionEvent };

function toPageGap({ type, t, events, bytes, why }: GapEvent): PageEvent {
  return { type, at: t, events, bytes, why };
}

function toPageBase({ type, t, socket, ...rest }: BaseEvent): PageEvent {
  return { type, at: t, socket, text: JSON.stringify(rest) };
}
