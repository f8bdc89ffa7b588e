import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrame, encodeFrame } from "../../src/wire/codec";
import { decodeFrameV1, encodeFrameV1 } from "../../src/wire/codec-v1";
import { MAX_FRAME_CHARS } from "../../src/wire/frame";
import { describeFrameFault } from "../../src/wire/frame-fault";
import { MAX_JSON_DEPTH } from "../../src/wire/json-depth";
import { lawRuns } from "../support/law-runs";

const JOIN = { join_ref: "3", ref: "3", topic: "room:1", event: "phx_join", payload: { user: "ada" } };

function reasonOf(data: unknown, direction: "in" | "out" = "in"): string {
  const decoded = decodeFrame(data, direction);
  if (decoded.ok) return "ok";
  expect(describeFrameFault(decoded.failure)).toMatch(/^[A-Z].*\.$/);
  return decoded.failure.reason;
}

describe("V2 text frames", () => {
  it("decodes and encodes the five elements", () => {
    const text = '["3","3","room:1","phx_join",{"user":"ada"}]';
    expect(decodeFrame(text, "out")).toEqual({ ok: true, value: JOIN });
    expect(encodeFrame(JOIN, "out")).toBe(text);
  });

  it("takes null for join_ref and ref, and any JSON for a payload", () => {
    for (const payload of ["null", "5", '"text"', "[1]"]) {
      expect(reasonOf(`[null,null,"room:1","shout",${payload}]`)).toBe("ok");
    }
  });

  it.each([
    ["an ArrayBuffer", new ArrayBuffer(3), "not_text"],
    ["undefined", undefined, "not_text"],
    ["nothing", "", "not_json"],
    ["null itself", null, "not_text"],
    ["the text null", "null", "not_an_array"],
    ["a number as text", "7", "not_an_array"],
    ["half a frame", '["3","3","room:1"', "not_json"],
    ["a V1 frame", '{"topic":"room:1"}', "not_an_array"],
    ["four elements", '["3","3","room:1","phx_join"]', "too_few_elements"],
    ["six elements", '["3","3","room:1","phx_join",{},1]', "too_many_elements"],
    ["a number as topic", '["3","3",7,"phx_join",{}]', "bad_field"],
    ["null as event", '["3","3","room:1",null,{}]', "bad_field"],
    ["a number as ref", '["3",3,"room:1","phx_join",{}]', "bad_field"],
    ["an object as join_ref", '[{},"3","room:1","phx_join",{}]', "bad_field"],
    ["a reply without payload", '["3","3","room:1","phx_reply",null]', "bad_reply"],
    ["a reply without status", '["3","3","room:1","phx_reply",{"response":{}}]', "bad_reply"],
    [
      "a reply whose status is inherited",
      '["3","3","room:1","phx_reply",{"__proto__":{"status":"ok"}}]',
      "bad_reply",
    ],
    ["10 MB of nested brackets", "[".repeat(10_000_000), "too_deep"],
    ["a million nested objects", `["3","3","t","e",${'{"a":'.repeat(1e6)}1${"}".repeat(1e6)}]`, "too_deep"],
  ])("refuses %s", (_, data, reason) => {
    expect(reasonOf(data)).toBe(reason);
  });

  it("parses nothing that is longer than the cap, and what is just as long", () => {
    const padded = (length: number) => `[null,null,"t","e",1${" ".repeat(length - 21)}]`;
    expect(reasonOf(padded(MAX_FRAME_CHARS))).toBe("ok");
    const decoded = decodeFrame(padded(MAX_FRAME_CHARS + 1), "in");
    const length = MAX_FRAME_CHARS + 1;
    const failure = { reason: "too_long", length, limit: MAX_FRAME_CHARS, unit: "characters" };
    expect(decoded).toEqual({ ok: false, failure });
    expect(decodeFrameV1(padded(length), "in")).toEqual({ ok: false, failure });
  });

  it("keeps lone surrogates, which JSON can escape", () => {
    const text = '[null,null,"room:\\ud83d","shout",{"\\udc00":"\\ud800"}]';
    const decoded = decodeFrame(text, "in");
    const payload = { "\udc00": "\ud800" };
    const frame = { join_ref: null, ref: null, topic: "room:\ud83d", event: "shout", payload };
    expect(decoded).toEqual({ ok: true, value: frame });
    expect(encodeFrame(frame, "in")).toBe(text);
    expect(reasonOf('[null,null,"room:\ud83d","shout",{}]')).toBe("ok");
  });

  it("counts only brackets that nest, and decodes up to the limit", () => {
    const nested = (levels: number) => `[null,null,"t","e",${"[".repeat(levels)}${"]".repeat(levels)}]`;
    expect(reasonOf(nested(MAX_JSON_DEPTH - 1))).toBe("ok");
    expect(reasonOf(nested(MAX_JSON_DEPTH))).toBe("too_deep");
    expect(reasonOf(`[null,null,"t","e",${JSON.stringify('[{"'.repeat(5000))}]`)).toBe("ok");
    expect(reasonOf(`[null,null,"t","e",[${"[[]],".repeat(5000)}0]]`)).toBe("ok");
  });

  it("keeps __proto__ and constructor as ordinary keys, and pollutes nothing", () => {
    const text = '[null,null,"t","e",{"__proto__":{"polluted":1},"constructor":2}]';
    const decoded = decodeFrame(text, "in");
    if (!decoded.ok) throw new Error("It should decode.");
    expect(Object.keys(decoded.value.payload ?? {})).toEqual(["__proto__", "constructor"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(encodeFrame(decoded.value, "in")).toBe(text);
  });

  it("decodes what it encoded (seed 1)", () => {
    const ref = fc.option(fc.string());
    const frame = fc.record({
      join_ref: ref,
      ref,
      topic: fc.string(),
      event: fc.string(),
      payload: fc.jsonValue(),
    });
    fc.assert(
      fc.property(frame, (given) => {
        const decoded = decodeFrame(encodeFrame(JSON.parse(JSON.stringify(given)), "out"), "out");
        expect(decoded).toEqual({ ok: true, value: JSON.parse(JSON.stringify(given)) });
      }),
      { seed: 1, numRuns: lawRuns() },
    );
  });

  it("gives a frame or a fault for any text, and never throws (seed 2)", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(String)), (text) => {
        const decoded = decodeFrame(text, "in");
        if (!decoded.ok) describeFrameFault(decoded.failure);
      }),
      { seed: 2, numRuns: lawRuns() },
    );
  });
});

describe("V1 text frames", () => {
  it("decodes an object, with the client's join_ref or without", () => {
    const { join_ref: _, ...withoutJoinRef } = JOIN;
    expect(decodeFrameV1(JSON.stringify(JOIN), "out")).toEqual({ ok: true, value: JOIN });
    expect(decodeFrameV1(JSON.stringify(withoutJoinRef), "in")).toEqual({
      ok: true,
      value: { ...JOIN, join_ref: null },
    });
  });

  it("encodes a join_ref only for the client", () => {
    expect(JSON.parse(encodeFrameV1(JOIN, "out"))).toEqual(JOIN);
    expect(Object.keys(JSON.parse(encodeFrameV1(JOIN, "in")))).not.toContain("join_ref");
  });

  it.each([
    ["a V2 frame", "[]", "not_an_object"],
    ["nothing", "", "not_json"],
    ["the text null", "null", "not_an_object"],
    ["a number as topic", '{"topic":7,"event":"e","payload":{},"ref":"1"}', "bad_field"],
    ["an ArrayBuffer", new ArrayBuffer(3), "not_text"],
    ["10 MB of nested brackets", "[".repeat(10_000_000), "too_deep"],
    ["a reply without status", '{"topic":"t","event":"phx_reply","payload":{},"ref":"1"}', "bad_reply"],
    ["no topic", '{"event":"e","payload":{},"ref":"1"}', "bad_field"],
    ["no payload", '{"topic":"t","event":"e","ref":"1"}', "missing_field"],
  ])("refuses %s", (_, text, reason) => {
    expect(decodeFrameV1(text, "in")).toMatchObject({ ok: false, failure: { reason } });
  });

  it("gives a frame or a fault for any text, and never throws (seed 8)", () => {
    const fields = fc.record(
      {
        topic: fc.oneof(fc.string(), fc.jsonValue()),
        event: fc.oneof(fc.constant("phx_reply"), fc.jsonValue()),
        payload: fc.jsonValue(),
        ref: fc.oneof(fc.string(), fc.jsonValue()),
        join_ref: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fields.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const decoded = decodeFrameV1(text, "in");
          if (!decoded.ok) expect(describeFrameFault(decoded.failure)).not.toBe("");
        },
      ),
      { seed: 8, numRuns: lawRuns() },
    );
  });
});
