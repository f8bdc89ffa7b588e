import fc from "fast-check";
import { expect, it } from "vitest";
import { createEventColumns } from "../../src/engine/event-columns";
import { lawRuns } from "../support/law-runs";

it("finds the last event at or before a time, an event counting as no earlier than any before it (seed 41)", () => {
  const part = fc.record({ t: fc.nat(20), skipped: fc.constantFrom(0, 0, 0, 1, 3) });
  fc.assert(
    fc.property(fc.array(part), fc.integer({ min: -1, max: 21 }), (parts, t) => {
      const columns = createEventColumns();
      const times: number[] = [];
      for (const { t: own, skipped } of parts) {
        if (skipped > 0) columns.skip(skipped, own);
        else columns.add(own, 1);
        for (let nth = 0; nth < Math.max(skipped, 1); nth++) times.push(own);
      }
      let [latest, expected] = [Number.NEGATIVE_INFINITY, 0];
      for (const [at, own] of times.entries()) {
        latest = Math.max(latest, own);
        if (latest <= t) expected = at + 1;
      }
      expect(columns.seqAt(t)).toBe(expected);
    }),
    { seed: 41, numRuns: lawRuns() },
  );
});

it("finds none before the first", () => {
  const columns = createEventColumns();
  expect(columns.seqAt(5)).toBe(0);
  columns.add(10, 1);
  expect([columns.seqAt(9), columns.seqAt(10)]).toEqual([0, 1]);
});
