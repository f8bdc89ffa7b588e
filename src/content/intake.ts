import { accountedBytesOfChunk, type Chunk, countOf, withoutFirst } from "../bridge/chunk";
import { isFrameRun } from "../bridge/frame-run";
import { frameSize, isPageEvent, MAX_FRAME_BYTES, type PageEvent } from "../bridge/page-event";
import type { PageStatus } from "../bridge/page-message";
import { sketch } from "../bridge/sketch";
import { isTapMessage } from "../bridge/tap-message";
import { createLongPoll } from "./long-poll";
import { isPollEvent } from "./poll-event";

/** Takes what comes from the tap of a document, which the page may have forged, and may come twice. */
export type Intake = {
  /** The events of a message that are new; what is none is told as broken. */
  readonly take: (message: unknown) => readonly Chunk[];
  /** How far the capture has come, by the tap's own words. */
  readonly status: () => TapStatus;
  /** The number of the tap's newest event that is held, once that is worth telling the tap; null: not yet. */
  readonly takeReceipt: () => number | null;
  /** The number of the tap's newest event that is held. */
  readonly taken: () => number;
};

/** How far the tap of a page has come. */
export type TapStatus = Omit<PageStatus, "title">;

/** The tap is told what has come after this many events or frame bytes: telling costs as much as taking a batch. */
export const EVENTS_A_RECEIPT = 64;
export const BYTES_A_RECEIPT = 256 * 1024;

/** How much of something that is no event is shown. */
const MAX_BROKEN_CHARS = 1000;

/** @param now milliseconds since 1970, with fractions */
export function createIntake(now: () => number): Intake {
  const longPoll = createLongPoll();
  let status: TapStatus = { tap: "none", why: null, otherSockets: false };
  let taken = 0;
  let told = 0;
  let untoldBytes = 0;

  function takeEvents(first: number, values: readonly unknown[]): readonly Chunk[] {
    const chunks: Chunk[] = [];
    const missing = first - (taken + 1);
    if (missing > 0) {
      taken += missing;
      chunks.push({ type: "gap", at: now(), events: missing, bytes: 0, why: WHY_MISSING });
    }
    let next = first;
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      const run = isFrameRun(value) ? value : null;
      const events = run === null ? 1 : countOf(run);
      // What the tap handed over again as the page went has been taken already.
      const known = taken + 1 - next;
      next += events;
      if (known >= events) continue;
      taken = next - 1;
      if (run !== null) chunks.push(noteBytes(withoutFirst(run, known)));
      else if (isTapEvent(value)) chunks.push(toKept(value));
      else if (isPollEvent(value)) {
        for (const event of longPoll.take(value)) chunks.push(toKept(event));
      } else chunks.push(toBroken(value, now()));
    }
    return chunks;
  }

  function noteBytes(chunk: Chunk): Chunk {
    untoldBytes += accountedBytesOfChunk(chunk);
    return chunk;
  }

  function toKept(event: PageEvent): Chunk {
    noteBytes(event);
    const bytes = frameSize(event);
    if (bytes <= MAX_FRAME_BYTES || !("socket" in event) || event.socket === undefined) return event;
    return { type: "gap", at: event.at, socket: event.socket, events: 1, bytes, why: WHY_TOO_LARGE };
  }

  return {
    take(message) {
      if (!isTapMessage(message)) return [toBroken(message, now())];
      if (status.tap === "none") status = { ...status, tap: "active" };
      switch (message.kind) {
        case "events":
          return takeEvents(message.first, message.events);
        case "off":
          status = { ...status, tap: "off", why: message.why.slice(0, MAX_BROKEN_CHARS) };
          return [];
        case "other_socket":
          status = { ...status, otherSockets: true };
          return [];
      }
    },
    status: () => status,
    taken: () => taken,
    takeReceipt() {
      if (taken - told < EVENTS_A_RECEIPT && untoldBytes < BYTES_A_RECEIPT) return null;
      told = taken;
      untoldBytes = 0;
      return taken;
    },
  };
}

/** What the tap itself reports. The rest of an event's types is our own word, and not a page's to forge. */
function isTapEvent(value: unknown): value is PageEvent {
  if (!isPageEvent(value)) return false;
  switch (value.type) {
    case "socket":
      return value.transport === "websocket";
    case "open":
    case "out":
    case "in":
    case "error":
    case "close":
    case "gap":
      return true;
    case "base":
    case "page":
    case "broken":
      return false;
  }
}

function toBroken(what: unknown, at: number): PageEvent {
  return { type: "broken", at, text: sketch(what, MAX_BROKEN_CHARS), why: WHY_BROKEN };
}

const WHY_TOO_LARGE = "The frame is larger than what can be carried from the page to DevTools.";
const WHY_BROKEN = "The page's tap reported something that is no event.";
const WHY_MISSING = "These events were lost between the page and its content script.";
