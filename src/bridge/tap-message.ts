import { isCount, isObject } from "./guard";
import type { PageEvent } from "./page-event";

/**
 * One request of a page's long poll, or how it ended, as the tap saw it: unparsed. `request` numbers it among the
 * sockets and the requests of the document, so that a session of the long poll can be told by its first request.
 */
export type PollEvent =
  | {
      readonly type: "poll";
      readonly at: number;
      readonly request: number;
      /** As the page wrote it: `post` is POST. */
      readonly method: string;
      readonly url: string;
      /** Values of `X-Phoenix-Longpoll-Token` and `Content-Type`, where the page set them; null where not. */
      readonly token: string | null;
      readonly contentType: string | null;
      readonly body: string | null;
    }
  | {
      readonly type: "polled";
      readonly at: number;
      readonly request: number;
      /** `answered`: an answer came, whatever its status. `text` is null where the page asked for something else than text. */
      readonly end: PollEnd;
      readonly status: number;
      readonly text: string | null;
    };

/** How a request ended: with an answer, by the network, by its own time-out, or because the page aborted it. */
export type PollEnd = "answered" | "failed" | "timed_out" | "aborted";

/** What the tap tells of: what it sees itself, and a `gap` where it could not read a frame. */
export type TapEvent =
  | Extract<PageEvent, { type: "socket" | "open" | "out" | "in" | "error" | "close" | "gap" }>
  | PollEvent;

/**
 * From the tap to the content script of its document. `events` are numbered: `first` is the number of the first of
 * them, from 1. They are `TapEvent`s and `FrameRun`s, but `unknown`: the page can forge them, so each is checked on its own and a bad
 * one costs only itself. What is handed over when the page goes may come a second time, under the same numbers. `off`
 * says that the tap has turned itself off after errors of its own; `other_socket` that the page has made a WebSocket
 * that cannot be Phoenix's.
 */
export type TapMessage =
  | { readonly kind: "events"; readonly first: number; readonly events: readonly unknown[] }
  | { readonly kind: "off"; readonly why: string }
  | { readonly kind: "other_socket" };

/**
 * From the content script to its tap. `taken`: everything up to this number has come over and need not be kept; from
 * now on events may wait so many milliseconds for others to go along with them. `stop`: nobody will listen any more;
 * the tap records nothing from then on.
 */
export type ContentToTapMessage =
  | { readonly kind: "taken"; readonly upTo: number; readonly wait: number }
  | { readonly kind: "stop" };

/**
 * How long events wait for others, in milliseconds: while somebody looks, and while nobody does. A batch costs much more
 * than an event in it. Nothing is lost by waiting: when the page goes, the tap is asked for what it has.
 */
export const WATCHED_WAIT_MS = 40;
export const UNWATCHED_WAIT_MS = 250;

export function isTapMessage(value: unknown): value is TapMessage {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "events":
      return isCount(value.first) && value.first > 0 && Array.isArray(value.events);
    case "off":
      return typeof value.why === "string";
    case "other_socket":
      return true;
    default:
      return false;
  }
}
