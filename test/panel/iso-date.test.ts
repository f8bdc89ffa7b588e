import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIsoDate } from "../../src/panel/model/iso-date";

const SEED = 20261122;

describe("a date in a text", () => {
  it("is an instant with its offset, a wall time without one, and a day without a time", () => {
    const noon = Date.UTC(2026, 10, 22, 12);
    for (const text of [
      ...["2026-11-22T12:00:00Z", "2026-11-22 12:00:00Z", "2026-11-22T12:00:00.000000Z"],
      ...["2026-11-22T13:00:00+01:00", "2026-11-22T13:00:00+0100", "2026-11-22T12:00Z"],
    ]) {
      expect([text, readIsoDate(text)]).toEqual([text, { kind: "instant", ms: noon }]);
    }
    expect(readIsoDate("2026-11-22T12:00:00")).toEqual({ kind: "wall", ms: noon });
    expect(readIsoDate("2026-11-22")).toEqual({ kind: "day", ms: Date.UTC(2026, 10, 22) });
  });

  it("is none where the text says more, or what no calendar has", () => {
    for (const text of [
      ...["", "2026", "20261122", "1698", "MUG-2026-11-22", "2026-11-22 or later", " 2026-11-22"],
      ...["2026-02-30", "2026-13-01", "2026-00-10", "2026-11-22T25:00:00Z", "2026-11-22T12:61:00Z"],
    ]) {
      expect([text, readIsoDate(text)]).toEqual([text, null]);
    }
  });

  it(`is what was written (seed ${SEED})`, () => {
    const years = { min: new Date(0), max: new Date(Date.UTC(9999, 0)), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        expect(readIsoDate(date.toISOString())?.ms).toBe(date.getTime());
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
