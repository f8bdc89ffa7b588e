import { frameSize, isPageEvent, type PageEvent } from "../bridge/page-event";
import { isTapMessage } from "../bridge/page-message";
import { sketch } from "../bridge/sketch";

/**
 * The largest frame that is taken. Chrome refuses a message over 64 MB between extension contexts, and a character
 * may take two bytes of it.
 */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** How much of something that is no event is shown. */
const MAX_BROKEN_CHARS = 1000;

/** The events of a message from the tap's port, which the page may have forged. What is none is told as broken. */
export function readTapEvents(message: unknown, now: () => number): readonly PageEvent[] {
  if (!isTapMessage(message)) return [toBroken(message, now())];
  return message.events.map((event) => (isPageEvent(event) ? toKept(event) : toBroken(event, now())));
}

function toKept(event: PageEvent): PageEvent {
  const bytes = frameSize(event);
  if (bytes <= MAX_FRAME_BYTES || !("socket" in event) || event.socket === undefined) return event;
  return { type: "gap", at: event.at, socket: event.socket, events: 1, bytes, why: WHY_TOO_LARGE };
}

function toBroken(what: unknown, at: number): PageEvent {
  return { type: "broken", at, text: sketch(what, MAX_BROKEN_CHARS), why: WHY_BROKEN };
}

const WHY_TOO_LARGE = "The frame is larger than what can be carried from the page to DevTools.";
const WHY_BROKEN = "The page's tap reported something that is no event.";
