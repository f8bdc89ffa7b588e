import { accountedBytesOfChunk, type Chunk, countOf } from "../bridge/chunk";
import type { PageEvent } from "../bridge/page-event";
import { accountedBytesOf, type Folded, foldedAfter, memoryOfAll, type Part, readFolded } from "./folded";
import { createLandmarks } from "./landmarks";
import { createRecentEvents } from "./recent-events";

/** What a document keeps of its recent past at the most (design.md, Memory and time). */
export const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** Where a host stands: the number of the newest event that it holds, and the frame bytes up to there. */
export type Standing = { readonly seq: number; readonly bytes: number };

/** The next message for a host, and where it stands once it has taken it. */
export type Portion = {
  readonly message:
    | { readonly kind: "events"; readonly first: number; readonly events: readonly Chunk[] }
    | ({ readonly kind: "folded" } & Folded);
  readonly standing: Standing;
};

/**
 * The past of one document, its events numbered from 1: the oldest gone but for landmarks, the next ones folded, the
 * newest as they came. Above a high-water mark it lets go of what a host has stored, and can be folded; above the cap the
 * oldest go.
 */
export type Buffer = {
  readonly add: (chunk: Chunk) => void;
  /** The number of the newest event; 0 before the first. */
  readonly last: () => number;
  /** About `maxBytes` of what comes behind `standing`, for who stands there; null: nothing does. */
  readonly after: (standing: Standing, maxBytes: number) => Portion | null;
  /** A host has stored everything up to this number: it may go once room is wanted. */
  readonly noteStored: (upTo: number) => void;
  /** A host holds everything up to this number, and no host has stored more. */
  readonly noteResumed: (after: number) => void;
  /** Room is wanted, and there is enough that could be folded. */
  readonly isCrowded: () => boolean;
  /** The oldest part, to be folded; null where it is not crowded, or being folded. */
  readonly startFolding: () => Part | null;
  /** Puts what `part` was folded into in its place. False: it is not that, or the part is there no more. */
  readonly finishFolding: (part: Part, answer: unknown) => boolean;
  /** Lets go of everything. */
  readonly clear: () => void;
};

/**
 * @param maxBytes the cap; the high-water mark is three quarters of it, a fold takes a 16th to a half, and landmarks have
 * a 16th
 */
export function createBuffer(maxBytes: number): Buffer {
  const highWater = (maxBytes * 3) / 4;
  const [minFold, maxFold] = [maxBytes / 16, maxBytes / 2];
  const recent = createRecentEvents();
  const landmarks = createLandmarks(maxBytes / 16);
  // It ends where `recent` begins.
  let folded: Folded | null = null;
  let foldedCost = 0;
  // Frame bytes of everything before `recent`.
  let earlierBytes = 0;
  let gone = { upTo: 0, bytes: 0, at: 0 };
  // Who stood at the end of what was folded may have got less bytes than there were.
  let wasFolded: Standing = { seq: 0, bytes: 0 };
  let storedUpTo = 0;
  let folding: Part | null = null;

  const cost = (): number => landmarks.cost() + foldedCost + recent.cost();
  const oldestUpTo = (): number => folded?.upTo ?? recent.oldestUpTo();
  const isCrowded = (): boolean => folding === null && cost() > highWater && recent.cost() >= minFold;
  const isEmpty = (): boolean => folded === null && recent.oldest() > recent.last();

  /** What was folded stands for one state, and goes as a whole, as a chunk does. */
  function dropOldest(): void {
    const upTo = oldestUpTo();
    const seqs = folded?.seqs ?? [recent.oldest()];
    const chunks = folded?.events ?? [shift()];
    for (const [at, chunk] of chunks.entries()) landmarks.note(seqs[at] ?? upTo, chunk);
    setFolded(null);
    const last = chunks.at(-1);
    gone = { upTo, bytes: earlierBytes, at: last?.at ?? gone.at };
  }

  function shift(): Chunk {
    const chunk = recent.shift();
    earlierBytes += accountedBytesOfChunk(chunk);
    return chunk;
  }

  function setFolded(next: Folded | null): void {
    folded = next;
    foldedCost = next === null ? 0 : memoryOfAll(next.events);
    if (next !== null) wasFolded = { seq: next.upTo, bytes: earlierBytes };
  }

  function shrink(): void {
    const isFree = (upTo: number): boolean => upTo <= storedUpTo && folding === null;
    while (cost() > highWater && !isEmpty() && isFree(oldestUpTo())) dropOldest();
    // The newest event stays, however large.
    while (cost() > maxBytes && oldestUpTo() < recent.last()) {
      dropOldest();
      folding = null;
    }
  }

  function gapAfter({ seq, bytes }: Standing): Portion {
    const known = seq >= wasFolded.seq ? Math.max(bytes, wasFolded.bytes) : bytes;
    const kept = landmarks.after(seq);
    const gap: PageEvent = {
      type: "gap",
      at: gone.at,
      events: gone.upTo - seq - kept.events.length,
      bytes: Math.max(0, gone.bytes - known - accountedBytesOf(kept.events)),
      why: WHY_GONE,
    };
    const seqs = [...kept.seqs, ...(gap.events > 0 ? [gone.upTo] : [])];
    const events = [...kept.events, ...(gap.events > 0 ? [gap] : [])];
    const next = { seq: gone.upTo, bytes: gone.bytes };
    return { message: { kind: "folded", upTo: gone.upTo, seqs, events }, standing: next };
  }

  return {
    add(chunk) {
      recent.add(chunk);
      if (cost() > highWater) shrink();
    },
    last: recent.last,
    after(standing, maxRunBytes) {
      const { seq, bytes } = standing;
      if (seq >= recent.last()) return null;
      if (seq < gone.upTo) return gapAfter(standing);
      if (folded !== null && seq < folded.upTo) {
        const run = foldedAfter(folded, seq, maxRunBytes);
        const held = bytes + accountedBytesOf(run.events);
        const next = { seq: run.upTo, bytes: run.upTo === folded.upTo ? earlierBytes : held };
        return { message: { kind: "folded", ...run }, standing: next };
      }
      const events = recent.from(seq + 1, maxRunBytes);
      const next = { seq: seq + countOfAll(events), bytes: bytes + accountedBytesOf(events) };
      return { message: { kind: "events", first: seq + 1, events }, standing: next };
    },
    noteStored(upTo) {
      storedUpTo = Math.min(upTo, recent.last());
      shrink();
    },
    noteResumed(after) {
      storedUpTo = Math.min(storedUpTo, after);
    },
    isCrowded,
    startFolding() {
      if (!isCrowded()) return null;
      // As much again as was folded before, so that a byte is not folded over and over.
      const share = Math.min(maxFold, Math.max(minFold, foldedCost));
      const chunks = recent.from(recent.oldest(), share);
      let next = recent.oldest();
      const firsts = chunks.map((chunk) => {
        const first = next;
        next += countOf(chunk);
        return first;
      });
      folding = {
        upTo: next - 1,
        seqs: [...(folded?.seqs ?? []), ...firsts],
        events: [...(folded?.events ?? []), ...chunks],
      };
      return folding;
    },
    finishFolding(part, answer) {
      if (folding !== part) return false;
      folding = null;
      const next = readFolded(part, answer);
      if (next === null) {
        shrink();
        return false;
      }
      while (recent.oldest() <= part.upTo) shift();
      setFolded(next);
      shrink();
      return true;
    },
    clear() {
      folding = null;
      while (!isEmpty()) dropOldest();
      landmarks.clear();
    },
  };
}

function countOfAll(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + countOf(chunk), 0);
}

const WHY_GONE = "More happened on the page before DevTools looked than could be kept of it.";
