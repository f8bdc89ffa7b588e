import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slopeOf } from "./load";

describe("the slope of a backlog", () => {
  it("is that of the line on which its values lie", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000, max: 1_000 }),
        fc.integer({ min: -1_000, max: 1_000 }),
        fc.integer({ min: 2, max: 30 }),
        (start, slope, length) => {
          const values = Array.from({ length }, (_, at) => start + slope * at);
          expect(slopeOf(values)).toBeCloseTo(slope, 6);
        },
      ),
    );
  });

  it("is 0 where it comes and goes evenly", () => {
    expect(slopeOf([5, 9, 9, 5])).toBe(0);
  });

  it("cannot be told from one value", () => {
    expect(() => slopeOf([1])).toThrow("two values");
  });
});
