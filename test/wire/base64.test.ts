import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64Length, decodeBase64, encodeBase64 } from "../../src/wire/codec-binary";
import { lawRuns } from "../support/law-runs";

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

describe("base64", () => {
  it("is read, and what is none is told", () => {
    expect(decodeBase64("AP8=")).toEqual(bytes(0, 255));
    expect(decodeBase64("not base64!")).toBeNull();
  });

  it("is written with padding", () => {
    expect([bytes(), bytes(0), bytes(0, 255), bytes(0, 255, 1)].map(encodeBase64)).toEqual([
      "",
      "AA==",
      "AP8=",
      "AP8B",
    ]);
  });

  it("holds a megabyte without exhausting the stack", () => {
    const megabyte = new Uint8Array(2 ** 20 + 1).map((_, at) => at % 251);
    const base64 = encodeBase64(megabyte);
    expect(base64).toBe(Buffer.from(megabyte).toString("base64"));
    expect(Buffer.compare(decodeBase64(base64) ?? bytes(), megabyte)).toBe(0);
  });

  it("tells its length without being decoded, padded or not (seed 7)", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (given) => {
        const base64 = encodeBase64(given);
        expect(decodeBase64(base64)).toEqual(given);
        expect(base64Length(base64)).toBe(given.length);
        expect(base64Length(base64.replace(/=+$/, ""))).toBe(given.length);
      }),
      { seed: 7, numRuns: lawRuns() },
    );
  });
});
