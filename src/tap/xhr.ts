import type { PollEnd } from "../bridge/tap-message";
import { apply, hearFirst, intercept, readerOf } from "./native";
import { isLongPollUrl } from "./phoenix-url";
import { CONTENT_TYPE_HEADER, lowerCase, TOKEN_HEADER, toPoll, toPolled, upperCase } from "./poll-request";
import type { Recorder } from "./recorder";
import { readUrl, toAbsolute } from "./request-url";

/** A request of the long poll, from `open` on. */
type Followed = {
  readonly method: string;
  readonly url: string;
  token: string | null;
  contentType: string | null;
  /** Its number while it is under way; else 0. */
  request: number;
};

// Taken now: a page may replace them later.
const { prototype } = XMLHttpRequest;
const stateOf = readerOf(prototype, "readyState");
const statusOf = readerOf(prototype, "status");
const typeOf = readerOf(prototype, "responseType");
const textOf = readerOf(prototype, "responseText");
const { OPENED, DONE } = XMLHttpRequest;

/**
 * Wraps the methods of the page's `XMLHttpRequest` so that Phoenix's long poll is recorded: what is asked before it is
 * sent, the answer before the page's own listeners hear of it that are put on after `open`, as `phoenix` does. Any other request costs a look at its URL, and a look-up
 * at each header and at `send`. `upload` is left alone: a listener on it would make the browser ask the server first.
 *
 * @param baseUrl what the page's URLs are relative to
 */
export function tapXhr(recorder: Recorder, baseUrl: () => string): void {
  const requests = new WeakMap<object, Followed>();
  const followedOf = requests.get.bind(requests);
  const remember = requests.set.bind(requests);
  const forget = requests.delete.bind(requests);

  const end = recorder.guard((native: XMLHttpRequest, how: PollEnd) => {
    const followed = followedOf(native);
    if (followed !== undefined) recordEnd(recorder, native, followed, how);
  });
  const noteOpen = recorder.guard((native: XMLHttpRequest, method: unknown, asked: unknown) => {
    // A request that is opened anew is given up, and hears nothing of it.
    end(native, "aborted");
    const text = readUrl(asked) ?? "";
    const url = isLongPollUrl(text) ? toAbsolute(text, baseUrl()) : null;
    const isFirst = !forget(native);
    if (url === null || typeof method !== "string") return;
    remember(native, { method: upperCase(method), url, token: null, contentType: null, request: 0 });
    if (isFirst) listen(native, end);
  });
  const noteHeader = recorder.guard(recordHeader);
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
      if (followed !== undefined) noteHeader(followed, args[0], args[1]);
    },
  });
  intercept(prototype, "send", {
    apply(nativeSend, receiver, args: readonly unknown[]) {
      const followed = followedOf(receiver);
      const isNew = followed !== undefined && noteSend(receiver, followed, args[0]);
      try {
        return apply(nativeSend, receiver, args);
      } catch (error) {
        // A synchronous request that fails says so in no other way.
        if (isNew) end(receiver, "failed");
        throw error;
      }
    },
  });
}

function recordHeader(followed: Followed, name: unknown, value: unknown): void {
  if (typeof name !== "string" || typeof value !== "string") return;
  const known = lowerCase(name);
  if (known === TOKEN_HEADER) followed.token = value;
  if (known === CONTENT_TYPE_HEADER) followed.contentType = value;
}

/** Returns whether this begins a request: what `send` refuses was never asked. */
function recordSend(recorder: Recorder, native: XMLHttpRequest, followed: Followed, body: unknown): boolean {
  if (stateOf(native) !== OPENED || followed.request !== 0) return false;
  const { method, url, token, contentType } = followed;
  const isSent = typeof body === "string" && method !== "GET" && method !== "HEAD";
  const event = toPoll(recorder, { method, url, token, contentType, body: isSent ? body : null });
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

/** Records how the request has ended, if it is under way. */
function recordEnd(recorder: Recorder, native: XMLHttpRequest, followed: Followed, how: PollEnd): void {
  const { request } = followed;
  if (request === 0) return;
  followed.request = 0;
  const type = typeOf(native);
  const isText = how === "answered" && (type === "" || type === "text");
  recorder.add(toPolled(recorder, request, how, statusOf(native), isText ? textOf(native) : null));
}
