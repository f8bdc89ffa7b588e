import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPageEvent, type PageEvent } from "../../src/bridge/page-event";
import type { PollEvent } from "../../src/bridge/tap-message";
import { createLongPoll, MAX_WAITING_REQUESTS } from "../../src/content/long-poll";
import { isPollEvent } from "../../src/content/poll-event";
import { MAX_SESSIONS, MAX_TOKEN_CHARS } from "../../src/content/poll-sessions";
import { lawRuns } from "../support/law-runs";
import { createPolls, POLL_URL } from "./polls";

const SEED = 61;
const JOIN = '["3","3","room:1","phx_join",{}]';
const REPLY = '["3","3","room:1","phx_reply",{"status":"ok","response":{}}]';

/** What comes out of requests and their ends, without the times. */
function read(...events: readonly PollEvent[]): readonly object[] {
  const longPoll = createLongPoll();
  return events.flatMap(longPoll.take).map(({ at: _, ...event }) => event);
}

const socket = (number: number, url = `${POLL_URL}&`) => ({
  type: "socket",
  socket: number,
  url,
  transport: "longpoll",
  protocols: [],
});
const open = (number: number) => ({ type: "open", socket: number, protocol: "" });
const close = (number: number, code: number, reason: string, clean = false) => ({
  type: "close",
  socket: number,
  code,
  reason,
  clean,
});
const error = (number: number) => ({ type: "error", socket: number });
const broken = (why: RegExp) => expect.objectContaining({ type: "broken", why: expect.stringMatching(why) });

describe("a long poll (wire.md 1.6)", () => {
  it("is a socket that opens when a token comes back, and carries frames both ways", () => {
    const polls = createPolls();
    expect(
      read(
        polls.get(7),
        polls.answer(7, 410, "T"),
        polls.get(8, "T"),
        polls.post(9, "T", JOIN),
        polls.answer(9, 200),
        polls.answer(8, 200, "T", [REPLY, "two"]),
        polls.get(10, "T"),
        polls.answer(10, 204, "T"),
      ),
    ).toEqual([
      socket(7),
      open(7),
      { type: "out", socket: 7, data: JOIN },
      { type: "in", socket: 7, data: REPLY },
      { type: "in", socket: 7, data: "two" },
    ]);
  });

  it("is followed by a token in the header, and by one that changes", () => {
    const polls = createPolls();
    const header = (token: string) => ({ url: POLL_URL, token });
    expect(
      read(
        polls.get(1, null, { url: POLL_URL }),
        polls.answer(1, 410, "A"),
        polls.get(2, null, header("A")),
        polls.answer(2, 200, "B", ["one"]),
        polls.post(3, "", "[2]", header("B")),
        polls.get(4, null, header("B")),
        polls.answer(4, 200, "B", ["two"]),
      ),
    ).toEqual([
      socket(1, POLL_URL),
      open(1),
      { type: "in", socket: 1, data: "one" },
      { type: "out", socket: 1, data: "[2]" },
      { type: "in", socket: 1, data: "two" },
    ]);
  });

  it("is told apart from another one to the same endpoint", () => {
    const polls = createPolls();
    expect(
      read(
        polls.get(1),
        polls.get(2),
        polls.answer(2, 410, "B"),
        polls.answer(1, 410, "A"),
        polls.post(3, "A", "[1]"),
        polls.post(4, "B", "[2]"),
      ),
    ).toEqual([
      socket(1),
      socket(2),
      open(2),
      open(1),
      { type: "out", socket: 1, data: "[1]" },
      { type: "out", socket: 2, data: "[2]" },
    ]);
  });

  it("may have a connect param that is called token, too", () => {
    const polls = createPolls();
    const url = "http://localhost:4000/socket/longpoll?token=user&vsn=2.0.0&";
    expect(
      read(
        polls.get(1, null, { url }),
        polls.answer(1, 410, "T"),
        polls.get(2, null, { url: `${url}token=T` }),
        polls.answer(2, 200, "T", ["one"]),
      ),
    ).toEqual([socket(1, url), open(1), { type: "in", socket: 1, data: "one" }]);
  });

  it("opens at its first answer where its token is older than the page's tap", () => {
    const polls = createPolls();
    expect(read(polls.get(1, "T"), polls.answer(1, 200, "T", ["one"]))).toEqual([
      socket(1, `${POLL_URL}&token=T`),
      open(1),
      { type: "in", socket: 1, data: "one" },
    ]);
  });

  it("carries several frames in a post, binary ones as base64, and a single one as JSON", () => {
    const polls = createPolls();
    const started = [polls.get(1), polls.answer(1, 410, "T")];
    const many = polls.post(2, "T", `${JOIN}\nAAECAw==\n${REPLY}`);
    const single = polls.post(3, "T", '{"topic":"room:1"}', {
      contentType: "application/json; charset=utf-8",
    });
    expect(read(...started, many, single).slice(2)).toEqual([
      { type: "out", socket: 1, data: JOIN },
      { type: "out", socket: 1, data: Uint8Array.of(0, 1, 2, 3).buffer },
      { type: "out", socket: 1, data: REPLY },
      { type: "out", socket: 1, data: '{"topic":"room:1"}' },
    ]);
  });
});

describe("a long poll ends", () => {
  const polls = createPolls();
  const started = [polls.get(1), polls.answer(1, 410, "T"), polls.get(2, "T"), polls.post(3, "T", JOIN)];
  const beginning = [socket(1), open(1), { type: "out", socket: 1, data: JOIN }];
  const failed = [error(1), close(1, 1011, "internal server error")];

  it.each([
    ["its session is gone", polls.answer(2, 410, "U"), [close(1, 3410, "session_gone")]],
    ["it is refused later", polls.answer(2, 403), [close(1, 1008, "forbidden")]],
    ["the server fails", polls.answer(2, 500), failed],
    ["a status has no meaning", polls.answer(2, 599), failed],
    ["the network fails", polls.end(2, "failed"), failed],
    ["a poll takes too long", polls.end(2, "timed_out"), [close(1, 1005, "timeout")]],
    ["the page aborts its poll", polls.end(2, "aborted"), [close(1, 1000, "", true)]],
    ["the server has an error page", polls.answerText(2, "<html>", 502), failed],
    ["an answer is no JSON", polls.answerText(2, "<html>"), [broken(/not JSON/), ...failed]],
    ["an answer is no text", polls.answerText(2, null), [broken(/\.$/), ...failed]],
    ["a post finds no session", polls.answer(3, 410), failed],
    ["a post takes the server too long", polls.answer(3, 408), failed],
    ["a post fails on the network", polls.end(3, "failed"), failed],
    ["a post takes too long", polls.end(3, "timed_out"), [close(1, 1005, "timeout")]],
    ["a post is answered with nonsense", polls.answerText(3, "", 500), failed],
  ])("where %s, and what is answered later is nothing", (_, end, events) => {
    const late = [polls.answer(2, 200, "T", ["late"]), polls.answer(3, 500)];
    const after = late.filter((event) => event.request !== end.request);
    expect(read(...started, end, ...after)).toEqual([...beginning, ...events]);
  });

  it("with 1008 where it is refused at once, and with 1011 where nobody answers", () => {
    expect(read(polls.get(1), polls.answer(1, 403))).toEqual([socket(1), close(1, 1008, "forbidden")]);
    expect(read(polls.get(1), polls.end(1, "failed"))).toEqual([socket(1), ...failed]);
  });

  it("for good: who polls with its token again is a new one", () => {
    expect(read(...started, polls.answer(2, 410, "T"), polls.get(4, "T")).slice(-2)).toEqual([
      close(1, 3410, "session_gone"),
      socket(4, `${POLL_URL}&token=T`),
    ]);
  });
});

describe("what a page polls that cannot be read", () => {
  const polls = createPolls();
  const started = [polls.get(1), polls.answer(1, 410, "T")];

  it.each([
    ["a post of no session", polls.post(2, "other", JOIN), /whose frames/],
    ["a post that is no text", polls.post(2, "T", null), /no text/],
    ["a post without a content type", polls.post(2, "T", JOIN, { contentType: null }), /content type/],
    ["a post of too many frames", polls.post(2, "T", `${JOIN}\n`.repeat(101)), /more than 100/],
    ["an answer to nothing", polls.answer(9, 200), /not known/],
  ])("is told as broken, with a sentence: %s", (_, event, why) => {
    const told = read(...started, event).slice(2);
    expect(told).toEqual([broken(why)]);
    expect(told).toEqual([broken(/^[A-Z].*\.$/s)]);
  });

  it("does not take its neighbours with it", () => {
    const mixed = polls.post(2, "T", `${JOIN}\n!!!\n${REPLY}`);
    expect(read(...started, mixed).slice(2)).toEqual([
      { type: "out", socket: 1, data: JOIN },
      broken(/neither text nor base64/),
      { type: "out", socket: 1, data: REPLY },
    ]);
    const answer = [polls.get(3, "T"), polls.answer(3, 200, "T", ["a", 7, "b"])];
    expect(read(...started, ...answer).slice(2)).toEqual([
      { type: "in", socket: 1, data: "a" },
      { type: "in", socket: 1, data: "b" },
      broken(/Message 1/),
    ]);
  });

  it("says nothing of other methods", () => {
    const options = polls.get(2, "T", { method: "OPTIONS" });
    expect(read(...started, options, polls.answerText(2, "")).slice(2)).toEqual([]);
  });
});

describe("what a forger can do to a long poll", () => {
  it("is bounded: requests never answered, and sessions never closed", () => {
    const polls = createPolls();
    const longPoll = createLongPoll();
    const [requests, sessions] = [MAX_WAITING_REQUESTS + 1, MAX_SESSIONS + 1];
    for (let n = 1; n <= requests; n++) longPoll.take(polls.get(n));
    expect(longPoll.take(polls.answer(1, 410, "first"))).toMatchObject([{ type: "broken" }]);
    expect(longPoll.take(polls.answer(2, 410, "second"))).toMatchObject([{ type: "open" }]);
    for (let n = 1; n <= sessions; n++) {
      longPoll.take(polls.get(requests + n));
      longPoll.take(polls.answer(requests + n, 410, `token ${n}`));
    }
    expect(longPoll.take(polls.post(9e6, "second", JOIN))).toMatchObject([{ type: "broken" }]);
    expect(longPoll.take(polls.post(9e6, `token ${sessions}`, JOIN))).toMatchObject([{ type: "out" }]);
  });

  it("keeps no token that is longer than any server's", () => {
    const polls = createPolls();
    const posted = (length: number): readonly object[] => {
      const token = "T".repeat(length);
      return read(polls.get(1), polls.answer(1, 410, token), polls.post(2, token, JOIN)).slice(2);
    };
    expect(posted(MAX_TOKEN_CHARS)).toMatchObject([{ type: "out" }]);
    expect(posted(MAX_TOKEN_CHARS + 1)).toMatchObject([{ type: "broken" }]);
  });

  it(`makes nothing but events of anything at all (seed ${SEED})`, () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(JOIN, '{"status":410,"token":"T","messages":[]}', "AAEC"),
    );
    const token = fc.option(fc.constantFrom("T", "", "__proto__"));
    const request = fc.integer({ min: 1, max: 5 });
    const poll = fc.record({
      type: fc.constant("poll"),
      at: fc.nat(),
      request,
      method: fc.constantFrom("GET", "post", "HEAD"),
      url: fc.constantFrom(POLL_URL, "%%%", `${POLL_URL}&token=T`),
      token,
      contentType: fc.option(fc.constantFrom("application/x-ndjson", "application/json", "text/html")),
      body: fc.option(text),
    });
    const polled = fc.record({
      type: fc.constant("polled"),
      at: fc.nat(),
      request,
      end: fc.constantFrom("answered", "answered", "failed", "timed_out", "aborted"),
      status: fc.constantFrom(200, 0, 500),
      text: fc.option(fc.oneof(text, fc.json())),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(poll, polled)), (values) => {
        const longPoll = createLongPoll();
        const made: PageEvent[] = [];
        for (const value of values) {
          if (!isPollEvent(value)) throw new Error("It is one.");
          made.push(...longPoll.take(value));
        }
        expect(made.filter((event) => !isPageEvent(event))).toEqual([]);
      }),
      { seed: SEED, numRuns: lawRuns() },
    );
  });
});

describe("the guard of what the tap tells of a long poll", () => {
  const polls = createPolls();
  const [poll, polled] = [polls.get(1), polls.answer(1, 200)];

  it.each([
    ["a time that is none", { ...poll, at: "now" }],
    ["no number", { ...poll, request: 0 }],
    ["no method", { ...poll, method: undefined }],
    ["a URL as long as a book", { ...poll, url: "x".repeat(1e6) }],
    ["a body that is no text", { ...poll, body: {} }],
    ["an end of its own", { ...polled, end: "gone" }],
    ["a text that is none", { ...polled, text: 7 }],
    ["a status that is none", { ...polled, status: -1 }],
    ["a type of its own", { ...poll, type: "polling" }],
    ["nothing in it", null],
  ])("refuses one with %s", (_, value) => {
    expect([isPollEvent(poll), isPollEvent(polled), isPollEvent(value)]).toEqual([true, true, false]);
  });
});
