import type { PageEvent } from "../bridge/page-event";
import type { PollEvent } from "../bridge/tap-message";
import { decodeBase64 } from "../wire/codec-binary";
import { type PostedFrame, readPollPost } from "../wire/long-poll";
import { describePollFault } from "../wire/poll-fault";

/** A request, or an answer, of a long poll. */
export type PollRequest = Extract<PollEvent, { readonly type: "poll" }>;
export type PollAnswer = Extract<PollEvent, { readonly type: "polled" }>;

/** The frames that a request posts on `socket`; what cannot be read is told as broken. */
export function readPosted({ at, body, contentType }: PollRequest, socket: number): readonly PageEvent[] {
  if (body === null) return [brokenPoll(at, null, WHY_NO_TEXT)];
  const read = readPollPost(body, contentType);
  if (!read.ok) return [brokenPoll(at, body, describePollFault(read.failure))];
  return read.value.map((frame) => {
    const data = frameData(frame);
    return data === null ? brokenPoll(at, body, WHY_NO_BASE64) : { type: "out", at, socket, data };
  });
}

/** Something of a long poll that could not be read, with its beginning and the reason. */
export function brokenPoll(at: number, text: string | null, why: string): PageEvent {
  return { type: "broken", at, text: (text ?? "").slice(0, MAX_SHOWN_CHARS), why };
}

const MAX_SHOWN_CHARS = 1000;

function frameData(frame: PostedFrame): string | ArrayBuffer | null {
  if ("text" in frame) return frame.text;
  return decodeBase64(frame.base64)?.slice().buffer ?? null;
}

const WHY_NO_TEXT = "What the page posted to a long poll is no text, so its frames cannot be read.";
const WHY_NO_BASE64 = "A frame that the page posted to a long poll is neither text nor base64.";
