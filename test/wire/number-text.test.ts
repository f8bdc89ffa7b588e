import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalNumber,
  hasLongDigits,
  mayRound,
  numberLiterals,
  survives,
} from "../../src/wire/number-text";

const SEED = 20261122;

/** Numbers as a JSON text may write them, of any length. */
const literal = fc
  .tuple(
    fc.boolean(),
    fc.oneof(fc.constant("0"), fc.stringMatching(/^[1-9]\d{0,24}$/)),
    fc.option(fc.stringMatching(/^\d{1,24}$/), { nil: undefined }),
    fc.option(fc.integer({ min: -350, max: 350 }), { nil: undefined }),
  )
  .map(([isNegative, whole, fraction, exponent]) =>
    [isNegative ? "-" : "", whole, fraction && `.${fraction}`, exponent && `e${exponent}`].join(""),
  );

describe("a number in a JSON text", () => {
  it("survives where parsing and writing it gives the same number, however it is written", () => {
    for (const text of ["0", "-0", "1", "1.50", "1e3", "1E+3", "0.1", "9007199254740991", "1e300", "0e999"]) {
      expect([text, survives(text)]).toEqual([text, true]);
    }
    for (const text of [
      ...["9007199254740993", "12345678901234567890", "0.10000000000000000001"],
      ...["3.14159265358979323846", "1e400", "-1e400", "1e-400", "123456789012345678e-3"],
    ]) {
      expect([text, survives(text)]).toEqual([text, false]);
    }
  });

  it(`is never one that is rounded without looking as if it may be (seed ${SEED})`, () => {
    fc.assert(
      fc.property(literal, (text) => {
        if (!survives(text)) expect(mayRound(text)).toBe(true);
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });

  it(`survives where it was written from a double (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(survives(JSON.stringify(value))).toBe(true);
        if (hasLongDigits(value)) expect(mayRound(JSON.stringify(value))).toBe(true);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it("is the same number in every way to write it", () => {
    const same = ["1500", "1.5e3", "15e2", "1500.0", "0.0015E6"].map(canonicalNumber);
    expect(new Set(same).size).toBe(1);
    expect(canonicalNumber("-1500")).not.toBe(same[0]);
  });
});

describe("the numbers of a JSON text", () => {
  it(`are all found, in order, and none inside a string (seed ${SEED})`, () => {
    const numbersIn = (value: unknown): number[] =>
      typeof value === "number"
        ? [value]
        : typeof value === "object" && value !== null
          ? Object.values(value).flatMap(numbersIn)
          : [];
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (given) => {
        const text = JSON.stringify(given);
        expect([...numberLiterals(text)].map(({ literal }) => Number(literal))).toEqual(
          numbersIn(JSON.parse(text)),
        );
      }),
      { seed: SEED, numRuns: 1_000 },
    );
    const tricky = JSON.stringify(["1\\", '"2"', "\\\\3", '4\\"5', 6, { "7": '8"' }, -9e2]);
    expect([...numberLiterals(tricky)].map(({ literal }) => literal)).toEqual(["6", "-900"]);
  });

  it("cost no more than their length, whatever they are", () => {
    for (const text of ["0".repeat(1e6), `1${"0".repeat(1e6)}1`, "\\".repeat(1e6), `"${"\\".repeat(1e6)}`]) {
      for (const { literal } of numberLiterals(text)) survives(literal);
    }
  });
});
