import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodePollAnswer,
  encodePollPost,
  MAX_POLL_CHARS,
  MAX_POST_LINES,
  type PostedFrame,
  readLongPollUrl,
  readPollAnswer,
  readPollPost,
} from "../../src/wire/long-poll";
import { describePollFault, type PollFault } from "../../src/wire/poll-fault";
import type { Result } from "../../src/wire/result";
import { lawRuns } from "../support/law-runs";

const NDJSON = "application/x-ndjson";
const JOIN = '["3","3","room:1","phx_join",{}]';
const V1_JOIN = '{"topic":"room:1","event":"phx_join","payload":{},"ref":"3"}';

function faultOf(read: Result<unknown, PollFault>): PollFault {
  if (read.ok) throw new Error("It should be refused.");
  expect(describePollFault(read.failure)).toMatch(/^[A-Z].*\.$/s);
  return read.failure;
}

describe("what a long poll is answered with (wire.md 1.6)", () => {
  it.each([
    ["the first GET", '{"messages":[],"status":410,"token":"T"}', 410, "T", []],
    ["frames", '{"status":200,"token":"T","messages":["[1]","two"]}', 200, "T", ["[1]", "two"]],
    ["silence", '{"status":204,"token":"T","messages":[]}', 204, "T", []],
    ["a refusal", '{"status":403}', 403, null, []],
    ["a POST that came through", '{"status":200}', 200, null, []],
    ["a POST that took too long", '{"status":408,"token":null}', 408, null, []],
    ["a status of no meaning here", '{"status":599}', 599, null, []],
  ])("is read: %s", (_, body, status, token, messages) => {
    expect(readPollAnswer(body)).toEqual({ ok: true, value: { status, token, messages, faults: [] } });
  });

  it("keeps the messages around one that is no text, and tells its place", () => {
    const read = readPollAnswer('{"status":200,"token":"T","messages":["a",["b"],"c",null]}');
    if (!read.ok) throw new Error("It should be read.");
    expect(read.value.messages).toEqual(["a", "c"]);
    expect(read.value.faults).toEqual([
      { reason: "bad_message", at: 1, found: "an array" },
      { reason: "bad_message", at: 3, found: "null" },
    ]);
    expect(read.value.faults.map(describePollFault)).toEqual([
      "Message 1 of the long poll should be a string, but it is an array.",
      "Message 3 of the long poll should be a string, but it is null.",
    ]);
  });

  it.each([
    ["nothing", "", "not_json"],
    ["an error page", "<html>", "not_json"],
    ["a parsed body", { status: 200 }, "not_text"],
    ["null", null, "not_text"],
    ["a body too deep", "[".repeat(5000), "too_deep"],
    ["a body too long", "1".repeat(MAX_POLL_CHARS + 1), "too_long"],
    ["an array", "[]", "bad_field"],
    ["no status", '{"token":"T","messages":[]}', "bad_field"],
    ["a status in words", '{"status":"ok"}', "bad_field"],
    ["half a status", '{"status":200.5}', "bad_field"],
    ["a token that is a number", '{"status":200,"token":7}', "bad_field"],
    ["messages that are no list", '{"status":200,"messages":"[]"}', "bad_field"],
    ["messages that are null", '{"status":200,"messages":null}', "bad_field"],
    ["what is only inherited", '{"__proto__":{"status":200}}', "bad_field"],
  ])("is refused: %s", (_, body, reason) => {
    expect(faultOf(readPollAnswer(body)).reason).toBe(reason);
  });

  it("is written as a server does", () => {
    expect(encodePollAnswer({ status: 403, token: null, messages: [] })).toBe('{"status":403}');
    expect(encodePollAnswer({ status: 410, token: "T", messages: [] })).toBe(
      '{"status":410,"token":"T","messages":[]}',
    );
  });

  it("is read as it was written (seed 11)", () => {
    const answer = fc.record({
      status: fc.integer({ min: 100, max: 599 }),
      token: fc.option(fc.string()),
      messages: fc.array(fc.string({ unit: "binary" })),
    });
    fc.assert(
      fc.property(answer, (given) => {
        const read = readPollAnswer(encodePollAnswer(given));
        expect(read).toEqual({ ok: true, value: { ...given, faults: [] } });
      }),
      { seed: 11, numRuns: lawRuns() },
    );
  });
});

describe("what a client posts on long poll (wire.md 1.6)", () => {
  it("is a text or the base64 of a binary push in each line", () => {
    const body = `${JOIN}\nAAEBCAg1\r\n\n${V1_JOIN}\n`;
    const frames = [{ text: JOIN }, { base64: "AAEBCAg1" }, { text: V1_JOIN }];
    expect(readPollPost(body, NDJSON)).toEqual({ ok: true, value: frames });
    expect(readPollPost(body, "Application/X-NDJSON; charset=utf-8")).toEqual({ ok: true, value: frames });
  });

  it("is one text where it is JSON, and its line breaks are its own", () => {
    const text = '[null,\n"1","room:1","e",{}]';
    expect(readPollPost(text, "application/json")).toEqual({ ok: true, value: [{ text }] });
  });

  it("may be nothing", () => {
    expect(readPollPost("", NDJSON)).toEqual({ ok: true, value: [] });
    expect(readPollPost("\n\r\n\n", NDJSON)).toEqual({ ok: true, value: [] });
    expect(readPollPost("", "application/json")).toEqual({ ok: true, value: [] });
  });

  it("has at most 100 lines, empty ones not counted", () => {
    const lines = (count: number) => Array(count).fill(JOIN).join("\n\n");
    expect(readPollPost(`${lines(MAX_POST_LINES)}\n`, NDJSON)).toMatchObject({ ok: true });
    expect(faultOf(readPollPost(lines(MAX_POST_LINES + 1), NDJSON))).toEqual({
      reason: "too_many_lines",
      limit: 100,
    });
  });

  it("has a length that is looked at first, and a content type that is known", () => {
    expect(faultOf(readPollPost("a".repeat(MAX_POLL_CHARS + 1), NDJSON)).reason).toBe("too_long");
    expect(faultOf(readPollPost(JOIN, "text/plain"))).toEqual({
      reason: "unknown_content_type",
      found: "text/plain",
    });
    expect(faultOf(readPollPost(JOIN, null))).toEqual({ reason: "unknown_content_type", found: null });
  });

  it.each([
    ["a text with a line break", { text: '[\n"a"]' }],
    ["a text that reads as base64", { text: "AAEB" }],
    ["base64 that reads as text", { base64: "[AAEB" }],
    ["an empty text", { text: "" }],
    ["empty base64", { base64: "" }],
  ] satisfies [string, PostedFrame][])("is not written with %s", (_, frame) => {
    expect(faultOf(encodePollPost([{ text: JOIN }, frame]))).toEqual({ reason: "bad_line", at: 1 });
  });

  it("is not written with more frames than it may have", () => {
    const frames = Array<PostedFrame>(MAX_POST_LINES + 1).fill({ text: JOIN });
    expect(faultOf(encodePollPost(frames)).reason).toBe("too_many_lines");
    expect(encodePollPost(frames.slice(1)).ok).toBe(true);
  });

  it("is read as it was written (seed 12)", () => {
    const text = fc
      .tuple(fc.constantFrom("[", "{"), fc.jsonValue())
      .map(([bracket, value]) => ({ text: bracket + JSON.stringify(value) }));
    const binary = fc.base64String({ minLength: 4, maxLength: 40 }).map((base64) => ({ base64 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(text, binary), { maxLength: MAX_POST_LINES }), (frames) => {
        const encoded = encodePollPost(frames);
        if (!encoded.ok) throw new Error(describePollFault(encoded.failure));
        expect(readPollPost(encoded.value, NDJSON)).toEqual({ ok: true, value: frames });
      }),
      { seed: 12, numRuns: lawRuns() },
    );
  });
});

describe("the URL of a long poll", () => {
  it("tells endpoint, token and serializer", () => {
    expect(readLongPollUrl("http://a.test/socket/longpoll?vsn=2.0.0&token=a%2Bb#x")).toEqual({
      endpoint: "http://a.test/socket/longpoll",
      token: "a+b",
      vsn: "2.0.0",
    });
  });

  it("names the session by its last token: the first may be a connect param", () => {
    expect(readLongPollUrl("/socket/longpoll?token=user&vsn=2.0.0&token=session").token).toBe("session");
  });

  it("has no token on the first GET, and takes an absent vsn for 1.0.0", () => {
    expect(readLongPollUrl("/socket/longpoll?token=")).toEqual({
      endpoint: "/socket/longpoll",
      token: null,
      vsn: "1.0.0",
    });
    expect(readLongPollUrl("%%%")).toEqual({ endpoint: "%%%", token: null, vsn: "1.0.0" });
  });
});
