import type { GapEvent, SessionEvent } from "../../session/event";

/**
 * Events that stay although no state depends on them, for which nothing else will ever stand: pushes that nobody answers,
 * replies to nobody, what is no message. Some apps send them for as long as they live.
 */
export type LooseEvents = {
  /** Event `seq` stays, until there are too many of them: then a gap comes in the place of the oldest. */
  readonly keep: (seq: number, event: SessionEvent) => void;
  /** It is none of them any more: it has been answered. Whether it stays is not decided here. */
  readonly settle: (seq: number) => void;
};

/** What an event costs beside its frame. */
const EVENT_CHARS = 256;

/**
 * @param kept where they are kept, by `seq`, among others
 * @param maxChars about how many characters they may take there
 */
export function createLooseEvents(kept: Map<number, SessionEvent>, maxChars: number): LooseEvents {
  const loose = new Set<number>();
  let chars = 0;
  let gapSeq: number | null = null;

  function costOf(seq: number): number {
    const event = kept.get(seq);
    return event === undefined ? 0 : EVENT_CHARS + sizeOf(event);
  }

  function settle(seq: number): void {
    if (loose.delete(seq)) chars -= costOf(seq);
  }

  /** One gap stands for all of them: it comes in the place of the newest, where the order of the rest is kept. */
  function letGo(seq: number): void {
    const event = kept.get(seq);
    settle(seq);
    if (event === undefined) return;
    const before = gapSeq === null ? undefined : kept.get(gapSeq);
    if (gapSeq !== null) kept.delete(gapSeq);
    const [one, other] = [countOf(before), countOf(event)];
    const [events, bytes] = [one.events + other.events, one.bytes + other.bytes];
    kept.set(seq, { type: "gap", t: event.t, events, bytes, why: WHY_LET_GO });
    gapSeq = seq;
  }

  return {
    keep(seq, event) {
      kept.set(seq, event);
      loose.add(seq);
      chars += costOf(seq);
      for (const oldest of loose) {
        // The newest stays, however large.
        if (chars <= maxChars || oldest === seq) return;
        letGo(oldest);
      }
    },
    settle,
  };
}

const WHY_LET_GO =
  "They changed no state and were never answered, and there was no room left to keep them where all else is folded.";

/** Whether it is the gap that stands for such events, in a session that was folded before. */
export function isLooseGap(event: SessionEvent): boolean {
  return event.type === "gap" && event.why === WHY_LET_GO;
}

function countOf(event: SessionEvent | undefined): Pick<GapEvent, "events" | "bytes"> {
  if (event === undefined) return { events: 0, bytes: 0 };
  return event.type === "gap" ? event : { events: 1, bytes: sizeOf(event) };
}

/** Characters of its frame, or of what was no event. */
function sizeOf(event: SessionEvent): number {
  if ("base64" in event) return event.base64.length;
  return "text" in event ? event.text.length : 0;
}
