import { accountedBytes, isPageEvent, memoryOf, type PageEvent } from "../bridge/page-event";
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

export function memoryOfAll(events: readonly PageEvent[]): number {
  return events.reduce((sum, event) => sum + memoryOf(event), 0);
}

export function accountedBytesOf(events: readonly PageEvent[]): number {
  return events.reduce((sum, event) => sum + accountedBytes(event), 0);
}

/**
 * What became of `part` when the background folded it; null where the answer is none, or saves nothing. Of the answer
 * only bases and gaps are taken: what stays an event is the one that is held here, so that it comes back as it was.
 */
export function readFolded(part: Folded, answer: unknown): Folded | null {
  if (!isNumberedEvents(answer)) return null;
  const kept = new Map<number, PageEvent>();
  for (const [at, event] of part.events.entries()) {
    if (event.type !== "base") kept.set(part.seqs[at] ?? 0, event);
  }
  const seqs: number[] = [];
  const events: PageEvent[] = [];
  for (const [at, answered] of answer.events.entries()) {
    const seq = answer.seqs[at] ?? 0;
    const event = isMade(answered) ? answered : kept.get(seq);
    if (event === undefined || seq < (seqs.at(-1) ?? 1) || seq > part.upTo) return null;
    if (event.type !== "base") kept.delete(seq);
    seqs.push(seq);
    events.push(event);
  }
  if (memoryOfAll(events) >= memoryOfAll(part.events)) return null;
  return { upTo: part.upTo, seqs, events };
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
