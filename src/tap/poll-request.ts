import type { PollEnd, PollEvent } from "../bridge/tap-message";
import { uncurry } from "./native";
import type { Recorder } from "./recorder";

/** What a long-poll request asks, as far as it is told of (`PollEvent`). */
export type PollRequest = {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly token: string | null;
  readonly contentType: string | null;
  readonly body: string | null;
};

/** The event that a request goes out now, under a number of its own. */
export function toPoll(recorder: Recorder, asked: PollRequest): PollEvent & { readonly type: "poll" } {
  return { ...asked, type: "poll", at: recorder.now(), request: recorder.nextId() };
}

/** The event that a request has ended now. */
export function toPolled(
  { now }: Recorder,
  request: number,
  end: PollEnd,
  status = 0,
  text: string | null = null,
): PollEvent {
  return { type: "polled", at: now(), request, end, status, text };
}

/** The headers that the events tell of. */
export const TOKEN_HEADER = "x-phoenix-longpoll-token";
export const CONTENT_TYPE_HEADER = "content-type";

// Taken now: a page may replace it later.
export const lowerCase = uncurry(String.prototype.toLowerCase);
