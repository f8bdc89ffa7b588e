import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPointer, MAX_POINTER_TOKENS, parseIndex, parsePointer } from "../../src/wire/json-pointer";
import { lawRuns } from "../support/law-runs";

describe("JSON Pointer (RFC 6901)", () => {
  it.each([
    ["", []],
    ["/", [""]],
    ["/foo", ["foo"]],
    ["/foo/0", ["foo", "0"]],
    ["//a", ["", "a"]],
    ["/a~1b", ["a/b"]],
    ["/m~0n", ["m~n"]],
    ["/~01", ["~1"]],
    ["/~10", ["/0"]],
    ['/%25 ^"\\', ['%25 ^"\\']],
    ["/__proto__/constructor", ["__proto__", "constructor"]],
  ])("parses and formats %j", (pointer, tokens) => {
    expect(parsePointer(pointer)).toEqual({ ok: true, value: tokens });
    expect(formatPointer(tokens)).toBe(pointer);
  });

  it.each([
    ["a", "no_leading_slash"],
    ["#/a", "no_leading_slash"],
    ["/~", "bad_escape"],
    ["/a~2b", "bad_escape"],
    ["/a~", "bad_escape"],
    ["/a".repeat(MAX_POINTER_TOKENS + 1), "too_long"],
  ])("refuses %.20j", (pointer, reason) => {
    expect(parsePointer(pointer)).toMatchObject({ ok: false, failure: { reason } });
  });

  it("parses what it formatted (seed 4)", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (tokens) => {
        expect(parsePointer(formatPointer(tokens))).toEqual({ ok: true, value: tokens });
      }),
      { seed: 4, numRuns: lawRuns() },
    );
  });

  it("takes array indices without leading zeros only", () => {
    expect(["0", "7", "10", "4294967295"].map(parseIndex)).toEqual([0, 7, 10, 4294967295]);
    expect(["", "-", "-1", "00", "01", "1e1", "1.0", " 1", "١", "99999999999"].map(parseIndex)).toEqual(
      Array(10).fill(null),
    );
  });
});
