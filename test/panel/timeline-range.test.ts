import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clampRange,
  MIN_SPAN_MS,
  panRange,
  shareAt,
  ticksOf,
  timeAt,
  zoomRange,
} from "../../src/panel/model/timeline-range";

const BOUNDS = { from: 0, to: 60_000 };

const range = fc
  .tuple(fc.integer({ min: 0, max: 3_600_000 }), fc.integer({ min: MIN_SPAN_MS, max: 3_600_000 }))
  .map(([from, span]) => ({ from, to: from + span }));
const inside = fc.tuple(
  range,
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

describe("a range of time", () => {
  it("is zoomed around a place that stays", () => {
    expect(zoomRange(BOUNDS, BOUNDS, 0.5, 0.5)).toEqual({ from: 15_000, to: 45_000 });
    expect(zoomRange(BOUNDS, BOUNDS, 0.5, 0)).toEqual({ from: 0, to: 30_000 });
    expect(zoomRange({ from: 15_000, to: 45_000 }, BOUNDS, 10, 0.5)).toEqual(BOUNDS);
  });

  it("is moved, not cut, at the ends of the session", () => {
    expect(panRange({ from: 50_000, to: 60_000 }, BOUNDS, 1)).toEqual({ from: 50_000, to: 60_000 });
    expect(panRange({ from: 5_000, to: 15_000 }, BOUNDS, -1)).toEqual({ from: 0, to: 10_000 });
  });

  it("has lines at round times", () => {
    expect(ticksOf({ from: 0, to: 10_000 }, 5)).toEqual([0, 2_000, 4_000, 6_000, 8_000, 10_000]);
    expect(ticksOf({ from: 65_000, to: 185_000 }, 4)).toEqual([90_000, 120_000, 150_000, 180_000]);
    expect(ticksOf({ from: 0.2, to: 0.4 }, 4)).toEqual([]);
  });

  it("never leaves its bounds, nor gets too short, whatever is done to it (law)", () => {
    fc.assert(
      fc.property(inside, fc.double({ min: 0.01, max: 100, noNaN: true }), ([bounds, a, b], factor) => {
        const start = clampRange(
          { from: timeAt(bounds, Math.min(a, b)), to: timeAt(bounds, Math.max(a, b)) },
          bounds,
        );
        for (const next of [zoomRange(start, bounds, factor, a), panRange(start, bounds, factor - 50)]) {
          expect(next.from).toBeGreaterThanOrEqual(bounds.from - 1e-6);
          expect(next.to).toBeLessThanOrEqual(bounds.to + 1e-6);
          expect(next.to - next.from).toBeGreaterThanOrEqual(MIN_SPAN_MS - 1e-6);
        }
      }),
    );
  });

  it("keeps the time under the pointer where it is while there is room (law)", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.2, max: 0.9, noNaN: true }),
        (at, factor) => {
          const start = { from: 20_000, to: 40_000 };
          const next = zoomRange(start, BOUNDS, factor, at);
          expect(timeAt(next, at)).toBeCloseTo(timeAt(start, at), 6);
          expect(shareAt(next, timeAt(next, at))).toBeCloseTo(at, 6);
        },
      ),
    );
  });
});
