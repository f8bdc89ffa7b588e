import type { PollEnd } from "../bridge/tap-message";
import { apply, construct, intercept, readerOf, readIf, uncurry, whenSettled } from "./native";
import { isLongPollUrl } from "./phoenix-url";
import { CONTENT_TYPE_HEADER, TOKEN_HEADER, toPoll, toPolled } from "./poll-request";
import type { Recorder } from "./recorder";
import { readUrl } from "./request-url";

/**
 * An answer keeps its place for so long: what the page does with it comes behind it. A server that holds its end back
 * must not hold back all else that the page does.
 */
const MAX_READ_MS = 1000;
/** A body goes out before it is answered. Only a stream takes its time: then the request is told of without it. */
const MAX_BODY_READ_MS = 10_000;

// Taken now: a page may replace them later.
const NativeRequest = Request;
const urlOf = readerOf(Request.prototype, "url");
const methodOf = readerOf(Request.prototype, "method");
const headersOf = readerOf(Request.prototype, "headers");
const signalOf = readerOf(Request.prototype, "signal");
const cloneRequest = uncurry(Request.prototype.clone);
const requestText = uncurry(Request.prototype.text);
const getHeader = uncurry<Headers, [string], string | null>(Headers.prototype.get);
const isAborted = readerOf(AbortSignal.prototype, "aborted");
const statusOf = readerOf(Response.prototype, "status");
const cloneResponse = uncurry(Response.prototype.clone);
const responseText = uncurry(Response.prototype.text);

/**
 * Wraps the page's `fetch` so that Phoenix's long poll is recorded. Any other request costs a look at its URL.
 *
 * What the page asks for is made a `Request` first, as `fetch` does it itself, so that what the page gave is read once.
 * The page gets the native answer, or the native error, by a promise that follows the native one: a reaction on that
 * itself would make it count as handled, and the page's own mistakes would go unreported.
 */
export function tapFetch(recorder: Recorder): void {
  const noteRequest = recorder.guard((request: Request) => recordRequest(recorder, request));
  const noteAnswer = recorder.guard((id: number, request: Request, response: Response) =>
    recordAnswer(recorder, id, request, response),
  );
  const noteError = recorder.guard((id: number, request: Request) => {
    recorder.add(toPolled(recorder, id, endOf(request)));
  });

  intercept(globalThis, "fetch", {
    apply(nativeFetch, receiver, args: readonly unknown[]) {
      const request = recorder.isOn() ? toRequest(args) : null;
      if (request === null) return apply(nativeFetch, receiver, args);
      const id = noteRequest(request);
      const promise: Promise<Response> = apply(nativeFetch, receiver, [request]);
      if (id === undefined) return promise;
      return whenSettled(
        promise,
        (response: Response) => {
          noteAnswer(id, request, response);
          return response;
        },
        (error) => {
          noteError(id, request);
          throw error;
        },
      );
    },
  });
}

/** What `fetch` is called with as a request of the long poll; null where it is none, or the browser refuses it. */
function toRequest(args: readonly unknown[]): Request | null {
  const url = readIf(urlOf, args[0]) ?? readUrl(args[0]);
  if (url === undefined || !isLongPollUrl(url)) return null;
  try {
    return construct(NativeRequest, args);
  } catch {
    // `fetch` will refuse it as well, in its own words.
    return null;
  }
}

/** Records the request, whose body comes later: it keeps its place until then. Returns its number. */
function recordRequest(recorder: Recorder, request: Request): number {
  const headers = headersOf(request);
  const method = methodOf(request);
  const event = toPoll(recorder, {
    method,
    url: urlOf(request),
    token: getHeader(headers, TOKEN_HEADER),
    contentType: getHeader(headers, CONTENT_TYPE_HEADER),
    body: null,
  });
  if (method === "GET") recorder.add(event);
  else {
    const text = requestText(cloneRequest(request));
    recorder.addRead(
      text,
      (body) => ({ ...event, body }),
      () => event,
      event,
      MAX_BODY_READ_MS,
    );
  }
  return event.request;
}

function recordAnswer(recorder: Recorder, id: number, request: Request, response: Response): void {
  recorder.addRead(
    responseText(cloneResponse(response)),
    (text) => toPolled(recorder, id, "answered", statusOf(response), text),
    () => toPolled(recorder, id, endOf(request)),
    null,
    MAX_READ_MS,
  );
}

/** How a request ended that got no answer. What a page aborts with may be anything: its signal tells. */
function endOf(request: Request): PollEnd {
  return isAborted(signalOf(request)) ? "aborted" : "failed";
}
