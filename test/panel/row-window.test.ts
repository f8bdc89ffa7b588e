import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  askedRows,
  drawnRows,
  MAX_SCROLL_HEIGHT,
  rowAt,
  rowTop,
  scrollHeight,
  scrollTopFor,
  type Viewport,
} from "../../src/panel/model/row-window";

const SEED = 20261121;

const viewports: fc.Arbitrary<Viewport> = fc
  .record({
    total: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000_000 })),
    height: fc.integer({ min: 0, max: 2_000 }),
    rowHeight: fc.integer({ min: 16, max: 80 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ share, ...list }) => {
    const scrollable = Math.max(0, scrollHeight({ ...list, scrollTop: 0 }) - list.height);
    return { ...list, scrollTop: share * scrollable };
  });

describe(`the window of a long list (seed ${SEED})`, () => {
  it("draws every row that is in view, and few others", () => {
    fc.assert(
      fc.property(viewports, (viewport) => {
        const { first, count } = drawnRows(viewport);
        const { total, height, rowHeight, scrollTop } = viewport;
        expect(first + count).toBeLessThanOrEqual(total);
        expect(count).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 14);
        if (first > 0) expect(rowTop(viewport, first)).toBeLessThanOrEqual(scrollTop);
        if (first + count < total) {
          expect(rowTop(viewport, first + count)).toBeGreaterThanOrEqual(scrollTop + height - 0.01);
        }
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("draws no row below the list's end, however far it is scrolled", () => {
    fc.assert(
      fc.property(viewports, fc.nat(2_000), (viewport, more) => {
        const scrolled = { ...viewport, scrollTop: viewport.scrollTop + more };
        const { first, count } = drawnRows(scrolled);
        const end = rowTop(scrolled, first) + count * viewport.rowHeight;
        // Rows of a list that is scaled down may stand a little lower than its own end, and are cut there.
        const slack = viewport.total * viewport.rowHeight > MAX_SCROLL_HEIGHT ? viewport.rowHeight * 7 : 0.01;
        expect(end).toBeLessThanOrEqual(scrollHeight(viewport) + slack);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("brings any row into view by scrolling, and leaves alone what is in view", () => {
    fc.assert(
      fc.property(viewports, fc.double({ min: 0, max: 1, noNaN: true }), (viewport, share) => {
        const { total, height, rowHeight } = viewport;
        fc.pre(total > 0 && height > rowHeight * 2);
        const row = Math.floor(share * (total - 1));
        const scrollTop = scrollTopFor(viewport, row);
        const there = { ...viewport, scrollTop };
        const top = rowTop(there, row) - scrollTop;
        // A list that is scaled down moves by several rows a pixel.
        const slack = 0.5 + (total * rowHeight) / MAX_SCROLL_HEIGHT;
        expect(top).toBeGreaterThanOrEqual(-slack);
        expect(top + rowHeight).toBeLessThanOrEqual(height + slack);
        expect(scrollTopFor(there, row)).toBeCloseTo(scrollTop, 3);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("asks for more than is drawn, and for the same while one scrolls a little", () => {
    expect(askedRows({ first: 0, count: 30 })).toEqual({ first: 0, count: 150 });
    expect(askedRows({ first: 4000, count: 30 })).toEqual({ first: 3900, count: 250 });
    expect(askedRows({ first: 4020, count: 30 })).toEqual({ first: 3900, count: 250 });
  });

  it("is never taller than browsers allow", () => {
    const list = { scrollTop: 0, height: 500, rowHeight: 20 };
    expect(scrollHeight({ ...list, total: 100_000 })).toBe(2_000_000);
    expect(scrollHeight({ ...list, total: 5_000_000 })).toBe(MAX_SCROLL_HEIGHT);
  });

  it("knows its rows by their number in the list", () => {
    const view = { from: 40, rows: ["a", "b"] };
    expect([39, 40, 41, 42].map((row) => rowAt(view, row))).toEqual([undefined, "a", "b", undefined]);
    expect(rowAt(null, 0)).toBeUndefined();
  });
});
