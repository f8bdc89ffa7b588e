import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BinaryFrame, decodeBinaryFrame, encodeBinaryFrame } from "../../src/wire/codec-binary";
import { type Direction, type Frame, MAX_FRAME_BYTES } from "../../src/wire/frame";
import { describeFrameFault } from "../../src/wire/frame-fault";
import { lawRuns } from "../support/law-runs";

const bytes = (...parts: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "number" ? [part] : [...new TextEncoder().encode(part)])),
  );

describe("V2 binary frames (wire.md 1.3)", () => {
  it("decodes a push of the client, which has a ref", () => {
    const decoded = decodeBinaryFrame(bytes(0, 1, 2, 6, 4, "3", "12", "room:1", "echo", 255, 0), "out");
    const frame = { join_ref: "3", ref: "12", topic: "room:1", event: "echo", payload: null };
    expect(decoded).toEqual({ ok: true, value: { frame, data: bytes(255, 0) } });
  });

  it("decodes a push of the server, which has none", () => {
    const decoded = decodeBinaryFrame(bytes(0, 1, 6, 4, "3", "room:1", "echo"), "in");
    const frame = { join_ref: "3", ref: null, topic: "room:1", event: "echo", payload: null };
    expect(decoded).toEqual({ ok: true, value: { frame, data: bytes() } });
  });

  it("decodes a reply as one with a status", () => {
    const decoded = decodeBinaryFrame(bytes(1, 1, 2, 6, 5, "3", "12", "room:1", "error", 9), "in");
    const payload = { status: "error", response: null };
    expect(decoded).toMatchObject({ ok: true, value: { frame: { ref: "12", event: "phx_reply", payload } } });
  });

  it("decodes a broadcast, and strings that are longer in bytes than in characters", () => {
    const decoded = decodeBinaryFrame(bytes(2, 10, 2, "room:ünï", "é"), "in");
    expect(decoded).toMatchObject({
      ok: true,
      value: { frame: { join_ref: null, topic: "room:ünï", event: "é" } },
    });
  });

  it.each([
    ["nothing", bytes(), "in", "truncated"],
    ["its lengths cut", bytes(0, 1, 2), "out", "truncated"],
    ["its strings cut", bytes(0, 1, 2, 6, 4, "3", "12", "roo"), "out", "truncated"],
    ["a reply of the client", bytes(1, 0, 0, 0, 0), "out", "unknown_kind"],
    ["a kind that does not exist", bytes(3, 0, 0), "in", "unknown_kind"],
    ["a string that is not UTF-8", bytes(2, 1, 0, 255), "in", "bad_utf8"],
  ] as const)("refuses %s", (_, data, direction, reason) => {
    expect(decodeBinaryFrame(data, direction)).toMatchObject({ ok: false, failure: { reason } });
  });

  it("gives a frame or a fault for any bytes, and never throws (seed 3)", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom("in" as const, "out" as const),
        (data, direction) => {
          decodeBinaryFrame(data, direction);
        },
      ),
      { seed: 3, numRuns: lawRuns() },
    );
  });

  it("decodes nothing that is longer than the cap, and what is just as long", () => {
    const longest = new Uint8Array(MAX_FRAME_BYTES);
    longest.set(bytes(2, 1, 1, "t", "e"));
    expect(decodeBinaryFrame(longest, "in").ok).toBe(true);
    const decoded = decodeBinaryFrame(new Uint8Array(MAX_FRAME_BYTES + 1), "in");
    const failure = {
      reason: "too_long",
      length: MAX_FRAME_BYTES + 1,
      limit: MAX_FRAME_BYTES,
      unit: "bytes",
    } as const;
    expect(decoded).toEqual({ ok: false, failure });
    expect(describeFrameFault(failure)).toBe(
      "The frame has 67108865 bytes, more than 67108864, so it was not decoded.",
    );
  });
});

const PUSH: Frame = { join_ref: "3", ref: "12", topic: "room:1", event: "echo", payload: null };

function encode(changes: Partial<Frame>, direction: Direction, data = bytes(255, 0)) {
  return encodeBinaryFrame({ frame: { ...PUSH, ...changes }, data }, direction);
}

describe("the encoder of V2 binary frames (wire.md 1.3)", () => {
  it.each([
    ["a push of the client", {}, "out", bytes(0, 1, 2, 6, 4, "3", "12", "room:1", "echo", 255, 0)],
    [
      "a push of the client without refs",
      { join_ref: null, ref: null },
      "out",
      bytes(0, 0, 0, 6, 4, "room:1", "echo", 255, 0),
    ],
    ["a push of the server", { ref: null }, "in", bytes(0, 1, 6, 4, "3", "room:1", "echo", 255, 0)],
    [
      "a reply",
      { event: "phx_reply", payload: { status: "error", response: null } },
      "in",
      bytes(1, 1, 2, 6, 5, "3", "12", "room:1", "error", 255, 0),
    ],
    ["a broadcast", { join_ref: null, ref: null, event: "é" }, "in", bytes(2, 6, 2, "room:1", "é", 255, 0)],
    ["the empty string as no ref", { ref: "" }, "in", bytes(0, 1, 6, 4, "3", "room:1", "echo", 255, 0)],
  ] as const)("encodes %s", (_, changes, direction, expected) => {
    expect(encode(changes, direction)).toEqual({ ok: true, value: expected });
  });

  it("counts bytes, not characters, and cuts nothing", () => {
    expect(encode({ topic: "é".repeat(127) }, "out").ok).toBe(true);
    expect(encode({ topic: "t".repeat(255) }, "out").ok).toBe(true);
    expect(encode({ topic: "é".repeat(128) }, "out")).toEqual({
      ok: false,
      failure: { reason: "too_long_field", field: "topic", bytes: 256 },
    });
  });

  const reply = (payload: Frame["payload"]) => ({ event: "phx_reply", payload });
  it.each([
    ["a long join_ref", { join_ref: "7".repeat(256) }, "out", "too_long_field", "join_ref"],
    ["a long ref", { ref: "7".repeat(256) }, "out", "too_long_field", "ref"],
    ["a long event", { event: "e".repeat(300) }, "out", "too_long_field", "event"],
    ["a long status", reply({ status: "s".repeat(256), response: null }), "in", "too_long_field", "status"],
    ["half of a surrogate pair", { topic: "room:\ud83d" }, "out", "lone_surrogate", "topic"],
    ["a payload beside the data", { payload: {} }, "out", "no_place", "payload"],
    ["a ref in a push of the server", {}, "in", "no_place", "ref"],
    ["a ref in a broadcast", { join_ref: null }, "in", "no_place", "ref"],
    ["a response beside the data", reply({ status: "ok", response: {} }), "in", "no_place", "payload"],
    ["a reply without payload", reply(null), "in", "bad_reply", "payload"],
    ["a reply without status", reply({ response: null }), "in", "bad_reply", "status"],
    ["a reply of the client", reply({ status: "ok", response: null }), "out", "no_place", "payload"],
  ] as const)("refuses %s", (_, changes, direction, reason, field) => {
    const encoded = encode(changes, direction);
    expect(encoded).toMatchObject({ ok: false, failure: { reason, field } });
    if (!encoded.ok) expect(describeFrameFault(encoded.failure)).toMatch(/^[A-Z].*\.$/);
  });

  it("refuses what would be too long to decode", () => {
    const head = bytes(0, 1, 2, 6, 4, "3", "12", "room:1", "echo").length;
    expect(encode({}, "out", new Uint8Array(MAX_FRAME_BYTES - head)).ok).toBe(true);
    expect(encode({}, "out", new Uint8Array(MAX_FRAME_BYTES - head + 1))).toMatchObject({
      ok: false,
      failure: { reason: "too_long", length: MAX_FRAME_BYTES + 1 },
    });
  });

  it("encodes what decodes to the same (seed 5)", () => {
    const string = fc.string({ unit: "binary", maxLength: 60 });
    const ref = fc.option(fc.string({ minLength: 1, maxLength: 9 }));
    const data = fc.uint8Array({ maxLength: 50 });
    const strings = { topic: string, event: string };
    const push = fc.record({ join_ref: ref, ref, ...strings, payload: fc.constant(null) });
    const replied = fc.record({
      join_ref: ref,
      ref,
      topic: string,
      event: fc.constant("phx_reply"),
      payload: string.map((status) => ({ status, response: null })),
    });
    const given = fc.oneof(
      fc.tuple(push, fc.constant<Direction>("out")),
      fc.tuple(
        push.map((frame) => ({ ...frame, ref: null })).filter(({ event }) => event !== "phx_reply"),
        fc.constant<Direction>("in"),
      ),
      fc.tuple(replied, fc.constant<Direction>("in")),
    );
    fc.assert(
      fc.property(given, data, ([frame, direction], rest) => {
        const binary: BinaryFrame = { frame, data: rest };
        const encoded = encodeBinaryFrame(binary, direction);
        if (!encoded.ok) throw new Error(describeFrameFault(encoded.failure));
        expect(decodeBinaryFrame(encoded.value, direction)).toEqual({ ok: true, value: binary });
      }),
      { seed: 5, numRuns: lawRuns() },
    );
  });

  it("gives bytes that decode or a fault for any frame, and never throws (seed 6)", () => {
    const string = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("\ud800", "a") }));
    const frame = fc.record({
      join_ref: fc.option(string),
      ref: fc.option(string),
      topic: string,
      event: fc.oneof(string, fc.constant("phx_reply")),
      payload: fc.oneof(fc.constant(null), fc.record({ status: string, response: fc.constant(null) })),
    });
    fc.assert(
      fc.property(frame, fc.constantFrom<Direction>("in", "out"), (given, direction) => {
        const encoded = encodeBinaryFrame({ frame: given, data: bytes() }, direction);
        if (encoded.ok) expect(decodeBinaryFrame(encoded.value, direction).ok).toBe(true);
        else describeFrameFault(encoded.failure);
      }),
      { seed: 6, numRuns: lawRuns() },
    );
  });
});
