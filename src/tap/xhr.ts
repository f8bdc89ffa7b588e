import type { PollEnd } from "../bridge/tap-message";
import { apply, hearFirst, intercept, readerOf } from "./native";
import { isLongPollUrl } from "./phoenix-url";
import { CONTENT_TYPE_HEADER, lowerCase, TOKEN_HEADER, toPoll, toPolled } from "./poll-request";
import type { Recorder } from "./recorder";
import { readUrl, toAbsolute } from "./request-url";

/** A request of the long poll, from `open` on. */
type Followed = {
  readonly method: string;
  readonly url: string;
  token: string | null;
  contentType: string | null;
  /** Its number once it is under way; 0 before. */
  request: number;
};

// Taken now: a page may replace them later.
const { prototype } = XMLHttpRequest;
const stateOf = readerOf(prototype, "readyState");
const statusOf = readerOf(prototype, "status");
const typeOf = readerOf(prototype, "responseType");
const textOf = readerOf(prototype, "responseText");

/** `XMLHttpRequest`'s states, by their numbers: what another extension has put in its place may not have them. */
const OPENED = 1;
const DONE = 4;

/**
 * Wraps the methods of the page's `XMLHttpRequest` so that Phoenix's long poll is recorded: what is asked before it is
 * sent, the answer before the page's own listeners hear of it that are put on after `open`, as `phoenix` does. Any other
 * request costs a look at its URL, and a look-up at each header and at `send`. `upload` is left alone: a listener on it
 * would make the browser ask the server first.
 *
 * @param baseUrl what the page's URLs are relative to
 */
export function tapXhr(recorder: Recorder, baseUrl: () => string): void {
  // Null: it has the listeners, and is through with its request, or asks for something else.
  const requests = new WeakMap<object, Followed | null>();
  const followedOf = requests.get.bind(requests);
  const remember = requests.set.bind(requests);

  const end = recorder.guard((native: XMLHttpRequest, how: PollEnd) => {
    const request = followedOf(native)?.request;
    if (!request) return;
    remember(native, null);
    recordEnd(recorder, native, request, how);
  });
  const noteOpen = recorder.guard((native: XMLHttpRequest, method: unknown, asked: unknown) => {
    // A request that is opened anew is given up, and hears nothing of it.
    end(native, "aborted");
    const text = readUrl(asked) ?? "";
    const url = isLongPollUrl(text) ? toAbsolute(text, baseUrl()) : undefined;
    const isNew = followedOf(native) === undefined;
    if (url !== undefined && typeof method === "string") {
      remember(native, { method, url, token: null, contentType: null, request: 0 });
      if (isNew) listen(native, end);
    } else if (!isNew) remember(native, null);
  });
  const noteSend = recorder.guard((native: XMLHttpRequest, followed: Followed, body: unknown) =>
    recordSend(recorder, native, followed, body),
  );

  intercept(prototype, "open", {
    apply(nativeOpen, receiver, args: readonly unknown[]) {
      apply(nativeOpen, receiver, args);
      noteOpen(receiver, args[0], args[1]);
    },
  });
  intercept(prototype, "setRequestHeader", {
    apply(nativeSet, receiver, args: readonly unknown[]) {
      apply(nativeSet, receiver, args);
      const followed = followedOf(receiver);
      if (followed) noteHeader(followed, args[0], args[1]);
    },
  });
  intercept(prototype, "send", {
    apply(nativeSend, receiver, args: readonly unknown[]) {
      const followed = followedOf(receiver);
      const isBegun = followed && noteSend(receiver, followed, args[0]);
      try {
        return apply(nativeSend, receiver, args);
      } catch (error) {
        // A synchronous request that fails says so in no other way.
        if (isBegun) end(receiver, "failed");
        throw error;
      }
    },
  });
}

function noteHeader(followed: Followed, name: unknown, value: unknown): void {
  if (typeof name !== "string" || typeof value !== "string") return;
  const known = lowerCase(name);
  if (known === TOKEN_HEADER) followed.token = value;
  if (known === CONTENT_TYPE_HEADER) followed.contentType = value;
}

/** Returns whether this begins a request: what `send` refuses was never asked. */
function recordSend(recorder: Recorder, native: XMLHttpRequest, followed: Followed, body: unknown): boolean {
  if (stateOf(native) !== OPENED || followed.request !== 0) return false;
  const event = toPoll(recorder, { ...followed, body: typeof body === "string" ? body : null });
  followed.request = event.request;
  recorder.add(event);
  return true;
}

function listen(native: XMLHttpRequest, end: (native: XMLHttpRequest, how: PollEnd) => void): void {
  hearFirst(native, "readystatechange", () => {
    // Without a status there was no answer: another event is about to say why.
    if (stateOf(native) === DONE && statusOf(native) !== 0) end(native, "answered");
  });
  hearFirst(native, "error", () => end(native, "failed"));
  hearFirst(native, "timeout", () => end(native, "timed_out"));
  hearFirst(native, "abort", () => end(native, "aborted"));
}

function recordEnd(recorder: Recorder, native: XMLHttpRequest, request: number, how: PollEnd): void {
  const type = typeOf(native);
  const isText = how === "answered" && (type === "" || type === "text");
  recorder.add(toPolled(recorder, request, how, statusOf(native), isText ? textOf(native) : null));
}
