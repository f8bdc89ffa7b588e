import type { FrameEvent, GapEvent, SessionEvent } from "../session/event";

/** An event, and what the list needs of it without decoding it again. */
export type Entry = {
  readonly event: SessionEvent;
  readonly topic: string | null;
  /** The message's event name. */
  readonly name: string | null;
  readonly ref: string | null;
  readonly join_ref: string | null;
  readonly problems: readonly string[];
  /** The other half of a push and its reply. */
  readonly pair: number | null;
};

/**
 * The entries of a journal by `seq`. When they outgrow their memory the oldest are let go: of each only its time and
 * its size stay, and a gap stands in its place, so that every `seq` still means what it meant.
 */
export type EntryList = {
  /** Adds an entry. Its `seq` is the new length. */
  readonly add: (entry: Entry) => void;
  /** Counts `count` entries as let go, at time `t`. To be called before the first `add`. */
  readonly skip: (count: number, t: number) => void;
  /** Undefined outside 1..length. */
  readonly at: (seq: number) => Entry | undefined;
  /** Tells the entry at `seq` that its other half is the one at `pair`. */
  readonly setPair: (seq: number, pair: number) => void;
  /** Whether the entry at `seq` is there as it was; false where only a gap stands for it. */
  readonly isKept: (seq: number) => boolean;
  readonly length: () => number;
};

/** What an entry costs beside its texts. */
const ENTRY_OVERHEAD_CHARS = 256;

/** @param maxChars about how many characters the entries may take in all */
export function createEntryList(maxChars: number): EntryList {
  // Lists of plain numbers: 16 bytes an event, for as long as the session lasts.
  const goneTimes: number[] = [];
  const goneBytes: number[] = [];
  let skipped = { count: 0, t: 0 };
  let kept: (Entry | undefined)[] = [];
  // Where the oldest kept entry stands in `kept`: shifting a long list once an event would cost its length.
  let start = 0;
  let chars = 0;

  const gone = (): number => skipped.count + goneTimes.length;
  const length = (): number => gone() + kept.length - start;
  const placeOf = (seq: number): number => start + seq - 1 - gone();

  function letGo(): void {
    while (chars > maxChars && start < kept.length - 1) {
      const entry = kept[start];
      if (entry === undefined) throw new Error("the journal lost count of its events");
      chars -= charsOf(entry);
      goneTimes.push(entry.event.t);
      goneBytes.push(frameChars(entry.event));
      kept[start] = undefined;
      start++;
    }
    if (start > 1024 && start * 2 > kept.length) {
      kept = kept.slice(start);
      start = 0;
    }
  }

  function goneAt(seq: number): Entry | undefined {
    const isSkipped = seq > 0 && seq <= skipped.count;
    const t = isSkipped ? skipped.t : goneTimes[seq - 1 - skipped.count];
    const bytes = isSkipped ? 0 : goneBytes[seq - 1 - skipped.count];
    if (t === undefined || bytes === undefined) return undefined;
    const event: GapEvent = { type: "gap", t, events: 1, bytes, why: WHY_LET_GO };
    return { event, topic: null, name: null, ref: null, join_ref: null, problems: [], pair: null };
  }

  return {
    add(entry) {
      kept.push(entry);
      chars += charsOf(entry);
      letGo();
    },
    skip(count, t) {
      skipped = { count, t };
    },
    at: (seq) => (seq > gone() ? kept[placeOf(seq)] : goneAt(seq)),
    setPair(seq, pair) {
      const place = placeOf(seq);
      const entry = seq > gone() ? kept[place] : undefined;
      if (entry !== undefined) kept[place] = { ...entry, pair };
    },
    isKept: (seq) => seq > gone() && seq <= length(),
    length,
  };
}

const WHY_LET_GO = "The session outgrew the memory that is kept for it, and its oldest events were let go.";

export function isFrameEvent(event: SessionEvent): event is FrameEvent {
  return event.type === "in" || event.type === "out";
}

function charsOf({ event, topic, name, ref, join_ref, problems }: Entry): number {
  const own = isFrameEvent(event) ? frameChars(event) : JSON.stringify(event).length;
  // The strings of a decoded frame are copies: a hostile one is all topic.
  const texts = [topic, name, ref, join_ref, ...problems];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), ENTRY_OVERHEAD_CHARS + own);
}

function frameChars(event: SessionEvent): number {
  if (!isFrameEvent(event)) return 0;
  return "text" in event ? event.text.length : event.base64.length;
}
