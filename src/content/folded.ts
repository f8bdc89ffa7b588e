import { accountedBytesOfChunk, type Chunk, countOf, eventAt, memoryOfChunk } from "../bridge/chunk";
import { isPageEvent, memoryOf, type PageEvent } from "../bridge/page-event";
import { isNumberedEvents } from "../bridge/page-message";

/**
 * What stands for all events up to number `upTo`: those that could not be folded, each under its own number, and
 * `base`s, under the number that was the last when they were made. The numbers never fall.
 */
export type Folded = {
  readonly upTo: number;
  readonly seqs: readonly number[];
  readonly events: readonly PageEvent[];
};

/** What is to be folded: everything up to number `upTo`. A chunk's number is that of its first event. */
export type Part = {
  readonly upTo: number;
  readonly seqs: readonly number[];
  readonly events: readonly Chunk[];
};

export function memoryOfAll(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + memoryOfChunk(chunk), 0);
}

export function accountedBytesOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + accountedBytesOfChunk(chunk), 0);
}

/**
 * What became of `part` when the background folded it; null where the answer is none, or saves nothing. Of the answer
 * only bases and gaps are taken: what stays an event is the one that is held here, so that it comes back as it was.
 */
export function readFolded(part: Part, answer: unknown): Folded | null {
  if (!isNumberedEvents(answer)) return null;
  const seqs: number[] = [];
  const events: PageEvent[] = [];
  let lastKept = 0;
  for (const [at, answered] of answer.events.entries()) {
    const seq = answer.seqs[at] ?? 0;
    const isKept = !isMade(answered);
    const event = isKept ? eventOf(part, seq) : answered;
    if (event === null || seq < (seqs.at(-1) ?? 1) || seq > part.upTo) return null;
    // What stays cannot be there twice, nor beside a gap in its place.
    if (event.type !== "base" && seq <= lastKept) return null;
    if (event.type !== "base") lastKept = seq;
    seqs.push(seq);
    events.push(event);
  }
  if (memoryOfAll(events) >= memoryOfAll(part.events)) return null;
  return { upTo: part.upTo, seqs, events };
}

/** The event of this number that is no base, on its own; null: there is none. */
function eventOf({ seqs, events }: Part, seq: number): PageEvent | null {
  let [low, high] = [0, seqs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqs[middle] ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  // A base may stand under the number of what it was made behind.
  for (let at = low - 1; at >= 0; at--) {
    const chunk = events[at];
    if (chunk === undefined || chunk.type === "base") continue;
    const offset = seq - (seqs[at] ?? 0);
    if (offset >= countOf(chunk)) return null;
    return eventAt(chunk, offset);
  }
  return null;
}
/** What folding makes itself. */
function isMade(event: unknown): event is PageEvent {
  return isPageEvent(event) && (event.type === "base" || event.type === "gap");
}

/**
 * The beginning of what is left of `folded` for who holds everything up to `after`: about `maxBytes`, and at least all
 * that has one number.
 */
export function foldedAfter({ upTo, seqs, events }: Folded, after: number, maxBytes: number): Folded {
  const start = seqs.findIndex((seq) => seq > after);
  if (start < 0) return { upTo, seqs: [], events: [] };
  let bytes = 0;
  for (let at = start; at < events.length; at++) {
    const event = events[at];
    if (event !== undefined) bytes += memoryOf(event);
    const previous = seqs[at - 1];
    if (bytes > maxBytes && at > start && previous !== undefined && previous !== seqs[at]) {
      return { upTo: previous, seqs: seqs.slice(start, at), events: events.slice(start, at) };
    }
  }
  return { upTo, seqs: seqs.slice(start), events: events.slice(start) };
}
