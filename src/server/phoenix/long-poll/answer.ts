import type { IncomingMessage, ServerResponse } from "node:http";
import { encodePollAnswer } from "../../../wire/long-poll";

/** What the body of an answer says, as HTTP means these numbers (wire.md 1.6). */
export const STATUS = {
  ok: 200,
  noContent: 204,
  badRequest: 400,
  forbidden: 403,
  timeout: 408,
  gone: 410,
  tooLarge: 413,
  tooManyRequests: 429,
  failed: 500,
} as const;

export type Status = (typeof STATUS)[keyof typeof STATUS];

/** On every answer: pages of other origins may read it, because the origin is checked before anything is done. */
const COMMON_HEADERS = { "access-control-allow-origin": "*", "cache-control": "no-store" } as const;

/** How long a browser may remember what a preflight allowed. */
const PREFLIGHT_SECONDS = 3600;

/** Answers with a status alone: what a post gets, and a client that is refused. */
export function answerStatus(response: ServerResponse, status: Status): void {
  answerBody(response, status, encodePollAnswer({ status, token: null, messages: [] }));
}

/** Answers a poll. */
export function answerPoll(
  response: ServerResponse,
  status: Status,
  token: string,
  messages: readonly string[],
): void {
  answerBody(response, status, encodePollAnswer({ status, token, messages }));
}

/** Answers a post that cannot be taken, with a sentence for a person. */
export function answerFault(response: ServerResponse, status: Status, reason: string): void {
  answerBody(response, status, JSON.stringify({ status, reason }));
}

/** Answers a browser that asks whether a page of another origin may send this. */
export function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(STATUS.ok, {
    ...COMMON_HEADERS,
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "",
    "access-control-allow-methods": "get, post, options",
    "access-control-max-age": String(PREFLIGHT_SECONDS),
  });
  response.end();
}

/** Answers a method that no client of ours uses; the only other answer whose HTTP status is its own. */
export function answerUnknownMethod(response: ServerResponse): void {
  response.writeHead(STATUS.badRequest, COMMON_HEADERS);
  response.end();
}

/** HTTP says 200 whatever the body says, but where the server itself failed (observed on the real one). */
function answerBody(response: ServerResponse, status: Status, body: string): void {
  response.writeHead(status === STATUS.failed ? STATUS.failed : STATUS.ok, {
    ...COMMON_HEADERS,
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
