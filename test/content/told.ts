import { type Chunk, eventsOf } from "../../src/bridge/chunk";
import type { PageEvent } from "../../src/bridge/page-event";
import type { NumberedEvents } from "../../src/bridge/page-message";
import type { Buffer, Standing } from "../../src/content/buffer";
import type { Part } from "../../src/content/folded";
import { createPageEvents } from "../support/page-events";

/** How one event of a document was told of: itself, with its frame's size, or by what stands for it. A gap's is all at its first. */
export type Told = { readonly seq: number; readonly how: "event" | "gap" | "base"; readonly size: number };

const events = createPageEvents();

/**
 * Folds a part as no engine does: each `keepEach`th event stays, and one base tells the numbers of all others, those
 * that an earlier base has told among them.
 */
export function foldNumbers(part: Part, keepEach: number): NumberedEvents {
  const { upTo } = part;
  const { seqs, events: all } = oneByOne(part);
  const stays = (event: PageEvent, at: number): boolean =>
    event.type !== "base" && (seqs[at] ?? 0) % keepEach === 0;
  const kept = all.flatMap((event, at) => (stays(event, at) ? [{ seq: seqs[at] ?? 0, event }] : []));
  const numbers = all.flatMap((event, at) => {
    if (stays(event, at)) return [];
    return event.type === "base" ? numbersOf(event.text) : [seqs[at] ?? 0];
  });
  if (numbers.length > 0) kept.push({ seq: upTo, event: events.base(JSON.stringify(numbers)) });
  return { seqs: kept.map(({ seq }) => seq), events: kept.map(({ event }) => event) };
}

/** Folds the oldest part of a crowded buffer. */
export function foldOldest(buffer: Buffer): void {
  const part = buffer.startFolding();
  if (part === null || !buffer.finishFolding(part, foldNumbers(part, 3))) {
    throw new Error("The buffer could not be folded.");
  }
}

/** What a host that stands there is told of each event from then on, message by message, by number. */
export function tellAll(buffer: Buffer, standing: Standing, maxBytes: number): readonly Told[] {
  const told: Told[] = [];
  let at = standing;
  for (let next = buffer.after(at, maxBytes); next !== null; next = buffer.after(at, maxBytes)) {
    const { message } = next;
    if (next.standing.seq <= at.seq) throw new Error(`The host does not get on from ${at.seq}.`);
    const { seqs, events: all } = message.kind === "folded" ? message : numbered(message);
    const itself = new Set(seqs.filter((_, index) => isItself(all[index])));
    for (const [index, event] of all.entries()) {
      const seq = seqs[index] ?? 0;
      told.push(...(event.type === "gap" ? tellGap(event, seq, at.seq, itself) : tell(event, seq)));
    }
    at = next.standing;
  }
  return told.filter(({ seq }) => seq > standing.seq).sort((one, other) => one.seq - other.seq);
}

/** The events of a message from a buffer, with the number of each. */
function numbered({ first, events: chunks }: { readonly first: number; readonly events: readonly Chunk[] }) {
  const all = chunks.flatMap(eventsOf);
  return { seqs: all.map((_, index) => first + index), events: all };
}

function oneByOne({ seqs, events: chunks }: Part) {
  const all = chunks.flatMap((chunk, at) =>
    eventsOf(chunk).map((event, offset) => ({ seq: (seqs[at] ?? 0) + offset, event })),
  );
  return { seqs: all.map(({ seq }) => seq), events: all.map(({ event }) => event) };
}

function isItself(event: PageEvent | undefined): boolean {
  return event !== undefined && event.type !== "gap" && event.type !== "base";
}

/** A gap tells everything up to its own number that is not told beside it. */
function tellGap(
  { events: count, bytes }: PageEvent & { readonly type: "gap" },
  seq: number,
  after: number,
  itself: ReadonlySet<number>,
): readonly Told[] {
  const numbers = Array.from({ length: seq - after }, (_, at) => after + 1 + at).filter(
    (one) => !itself.has(one),
  );
  if (numbers.length !== count) throw new Error(`A gap of ${count} stands for ${numbers.length} events.`);
  return numbers.map((number, at) => ({ seq: number, how: "gap", size: at === 0 ? bytes : 0 }));
}

function tell(event: PageEvent, seq: number): readonly Told[] {
  if (event.type === "base")
    return numbersOf(event.text).map((each) => ({ seq: each, how: "base", size: 0 }));
  const size = event.type === "in" && typeof event.data === "string" ? event.data.length : 0;
  return [{ seq, how: "event", size }];
}

function numbersOf(text: string): readonly number[] {
  const numbers: unknown = JSON.parse(text);
  return Array.isArray(numbers) ? numbers.map(Number) : [];
}
