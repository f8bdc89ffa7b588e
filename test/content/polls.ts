import type { PollEvent } from "../../src/bridge/tap-message";

type Poll = Extract<PollEvent, { readonly type: "poll" }>;
type Polled = Extract<PollEvent, { readonly type: "polled" }>;

export const POLL_URL = "http://localhost:4000/socket/longpoll?vsn=2.0.0";

/** Requests of a page's long poll and their ends, in the words of a test: each one a millisecond after the last. */
export function createPolls(start = 1_700_000_000_000) {
  let at = start;
  const poll = (request: number, fields: Partial<Poll> = {}): Poll => ({
    type: "poll",
    at: ++at,
    request,
    method: "GET",
    url: POLL_URL,
    token: null,
    contentType: null,
    body: null,
    ...fields,
  });
  const polled = (request: number, fields: Partial<Polled>): Polled => ({
    type: "polled",
    at: ++at,
    request,
    end: "answered",
    status: 200,
    text: null,
    ...fields,
  });
  return {
    /** A GET, its session's token in the query, as phoenix.js up to 1.8 has it. */
    get: (request: number, token: string | null = null, fields: Partial<Poll> = {}): PollEvent =>
      poll(request, { url: `${POLL_URL}&${token === null ? "" : `token=${token}`}`, ...fields }),
    post: (request: number, token: string, body: string | null, fields: Partial<Poll> = {}): PollEvent =>
      poll(request, {
        method: "POST",
        url: `${POLL_URL}&token=${token}`,
        contentType: "application/x-ndjson",
        body,
        ...fields,
      }),
    answer: (
      request: number,
      status: number,
      token: string | null = null,
      messages: readonly unknown[] = [],
    ): PollEvent => polled(request, { text: JSON.stringify({ status, token, messages }) }),
    /** An answer with a body of its own. */
    answerText: (request: number, text: string | null, status = 200): PollEvent =>
      polled(request, { text, status }),
    end: (request: number, end: "failed" | "timed_out" | "aborted"): PollEvent =>
      polled(request, { end, status: 0 }),
  };
}
