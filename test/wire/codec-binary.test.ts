import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, decodeBinaryFrame } from "../../src/wire/codec-binary";

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
      { seed: 3, numRuns: 1000 },
    );
  });

  it("reads base64, and tells what is none", () => {
    expect(decodeBase64("AP8=")).toEqual(bytes(0, 255));
    expect(decodeBase64("not base64!")).toBeNull();
  });
});
