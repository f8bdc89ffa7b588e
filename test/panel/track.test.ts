import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barHeights, barsPath, bucketsFor, marksPath, placeOf, timeAt } from "../../src/panel/model/track";

describe("the track of a session", () => {
  it("has few kinds of widths", () => {
    const widths = Array.from({ length: 2_000 }, (_, width) => bucketsFor(width));
    expect(new Set(widths).size).toBeLessThan(8);
    expect(Math.min(...widths)).toBe(40);
    expect(Math.max(...widths)).toBe(240);
  });

  it("leads from a place to its time and back", () => {
    const span = fc.record({
      from_t: fc.integer({ min: 0, max: 1e9 }),
      length: fc.integer({ min: 1, max: 1e9 }),
    });
    fc.assert(
      fc.property(span, fc.double({ min: 0, max: 1, noNaN: true }), ({ from_t, length }, place) => {
        const track = { from_t, to_t: from_t + length };
        expect(placeOf(track, timeAt(track, place))).toBeCloseTo(place, 5);
      }),
    );
  });

  it("has only an end while it has no length", () => {
    expect(placeOf({ from_t: 5, to_t: 5 }, 5)).toBe(1);
  });

  it("has nothing outside itself", () => {
    const track = { from_t: 100, to_t: 200 };
    expect([0, 300].map((t) => placeOf(track, t))).toEqual([0, 1]);
    expect([-1, 2].map((place) => timeAt(track, place))).toEqual([100, 200]);
  });
});

describe("the bars of a track", () => {
  it("add up all kinds, the highest being 1, and show a single event beside a thousand", () => {
    const heights = barHeights([
      { kind: "command", counts: [0, 1, 400, 0] },
      { kind: "envelope", counts: [0, 0, 600, 0] },
    ]);
    expect(heights[0]).toBe(0);
    expect(heights[1]).toBeGreaterThan(0.15);
    expect(heights[2]).toBe(1);
    expect(heights[3]).toBe(0);
  });

  it("are none where nothing was counted", () => {
    expect(barHeights([])).toEqual([]);
    expect(barsPath([0, 0], 20)).toBe("");
  });

  it("stand on the ground, each in its place", () => {
    expect(barsPath([0, 1, 0.5], 20)).toBe("M1 20V0h.75V20zM2 20V10h.75V20z");
  });

  it("have marks between them", () => {
    expect(marksPath([0, 1.23456], 4, 20)).toBe("M0 4V20M1.23 4V20");
  });
});
