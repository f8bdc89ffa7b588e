import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineLine } from "../../src/bridge/timeline-view";
import { narrowTime, probeStart, type Rows, rowBelow } from "../../src/panel/model/timeline-locate";

const line = (t: number, place: number): TimelineLine => ({
  ...{ place, seq: place + 1, t, kind: "push", root: null, store_id: null, summary: "", size: 1 },
  ...{ by: "page", command: null, confidence: null },
});

/** Looks as the panel does, over a host that has all the rows; and how often it looked. */
function search(times: readonly number[], t: number): { readonly row: number; readonly probes: number } {
  const all = times.map(line);
  let rows: Rows = { low: 0, high: all.length };
  for (let probes = 0; ; probes++) {
    if (rows.low >= rows.high) return { row: rows.low, probes };
    const from = probeStart(rows);
    const probed = narrowTime(rows, { from, rows: all.slice(from, from + 200) }, t);
    if (probed.kind === "found") return { row: probed.row, probes: probes + 1 };
    rows = probed.rows;
  }
}

describe("the row of a time", () => {
  it("is the first that is not from before it", () => {
    expect(search([1, 2, 4, 4, 9], 4).row).toBe(2);
    expect(search([1, 2, 4, 4, 9], 3).row).toBe(2);
    expect(search([1, 2, 4], 10).row).toBe(3);
    expect(search([], 10).row).toBe(0);
  });

  it("is found among 100,000 rows by a few windows", () => {
    const times = Array.from({ length: 100_000 }, (_, nth) => nth * 3);
    const { row, probes } = search(times, 200_001);
    expect(row).toBe(66_667);
    expect(probes).toBeLessThan(12);
  });

  it("is what looking at all rows finds (law)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 1_500 }),
        fc.integer({ min: 0, max: 510 }),
        (found, t) => {
          const times = [...found].sort((a, b) => a - b);
          const first = times.findIndex((time) => time >= t);
          expect(search(times, t).row).toBe(first === -1 ? times.length : first);
        },
      ),
    );
  });

  it("comes to the top of the list, or near it", () => {
    expect(rowBelow(10, { first: 100, count: 40 }, 1_000)).toBe(10);
    expect(rowBelow(500, { first: 100, count: 40 }, 1_000)).toBe(520);
    expect(rowBelow(995, { first: 100, count: 40 }, 1_000)).toBe(999);
  });
});
