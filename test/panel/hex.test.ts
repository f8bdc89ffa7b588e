import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, countLines, hexLine, toHex } from "../../src/panel/model/hex";

const SEED = 8;

describe("bytes as hexadecimal digits", () => {
  it("stand 16 on a line, in two groups, with the characters that they are", () => {
    const bytes = new TextEncoder().encode("\u0000\u0001chunk of a file\n");
    expect(countLines(bytes)).toBe(2);
    expect(hexLine(bytes, 0)).toEqual({
      offset: "00000000",
      hex: "00 01 63 68 75 6e 6b 20  6f 66 20 61 20 66 69 6c",
      text: "..chunk of a fil",
    });
    expect(hexLine(bytes, 1)).toEqual({ offset: "00000010", hex: "65 0a", text: "e." });
  });

  it(`lose none (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const decoded = bytesOf(btoa(String.fromCharCode(...bytes))) ?? new Uint8Array();
        const digits = toHex(decoded)
          .split(/\s+/)
          .filter((digit) => digit !== "");
        expect(digits.map((digit) => Number.parseInt(digit, 16))).toEqual([...bytes]);
        const lines = Array.from({ length: countLines(decoded) }, (_, line) => hexLine(decoded, line));
        expect(lines.map(({ text }) => text).join("")).toHaveLength(bytes.length);
      }),
      { seed: SEED },
    );
  });

  it("are none where the text is no base64", () => {
    expect(bytesOf("not base64!")).toBeNull();
    expect(bytesOf("")).toEqual(new Uint8Array());
  });
});
