import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Query, RowFilter, View } from "../../src/bridge/view";
import { createLink } from "../../src/panel/model/link";
import { locateRow } from "../../src/panel/model/locate-row";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { row } from "../support/panel-views";

const SEED = 20261121;
const FILTER: RowFilter = { text: "", heartbeats: false };

/** Looks for event `seq` in a list of these events. */
function locate(
  seqs: readonly number[],
  seq: number,
): { readonly row: number | null; readonly probes: number } {
  const clock = createClock();
  const host = createFakeHost((query: Query): View | null => {
    if (query.kind !== "rows" || query.from === "end") return null;
    const { from, count } = query;
    return { kind: "rows", from, total: seqs.length, rows: seqs.slice(from, from + count).map(row) };
  });
  const { signal } = new AbortController();
  const link = createLink({ open: host.open, schedule: clock.schedule, delay: clock.delay, signal });
  host.attach();
  let result: number | null | undefined;
  locateRow(link, seq, FILTER, (found) => {
    result = found;
  });
  let probes = 0;
  for (; result === undefined && probes < 100; probes++) clock.frame();
  if (result === undefined) throw new Error("The search did not end.");
  expect(host.watched()).toEqual([]);
  return { row: result, probes };
}

describe("finding the row of an event", () => {
  it(`finds each row that is there and no other (seed ${SEED})`, () => {
    const lists = fc.uniqueArray(fc.integer({ min: 1, max: 4_000 }), { maxLength: 1_500 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 4_000 }), (unsorted, seq) => {
        const seqs = unsorted.sort((a, b) => a - b);
        const index = seqs.indexOf(seq);
        expect(locate(seqs, seq).row).toBe(index === -1 ? null : index);
        const some = seqs[Math.floor(seqs.length / 3)];
        if (some !== undefined) expect(locate(seqs, some).row).toBe(seqs.indexOf(some));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("needs few windows of a long list", () => {
    const seqs = Array.from({ length: 100_000 }, (_, index) => index + 1).filter((seq) => seq % 41 !== 0);
    for (const seq of [1, 777, 50_000, 99_998]) {
      const { row, probes } = locate(seqs, seq);
      expect(row).toBe(seqs.indexOf(seq));
      expect(probes).toBeLessThan(12);
    }
  });

  it("finds nothing in an empty list", () => {
    expect(locate([], 5).row).toBeNull();
  });
});
