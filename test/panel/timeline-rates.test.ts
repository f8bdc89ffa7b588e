import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/panel/model/timeline-kind";
import { peakOf, strataOf, totalsOf } from "../../src/panel/model/timeline-rates";

const BUCKETS = 5;
const rates = fc
  .uniqueArray(fc.constantFrom(...KINDS))
  .chain((kinds) =>
    fc.tuple(
      ...kinds.map((kind) =>
        fc.array(fc.nat(9), { minLength: BUCKETS, maxLength: BUCKETS }).map((counts) => ({ kind, counts })),
      ),
    ),
  );

describe("the rates of the timeline", () => {
  it("are stacked by family", () => {
    const kinds = [
      { kind: "push", counts: [1, 0] },
      { kind: "command", counts: [2, 2] },
      { kind: "event", counts: [0, 3] },
    ];
    expect(strataOf({ kinds })).toEqual([
      { family: "command", counts: [2, 2] },
      { family: "event", counts: [1, 3] },
    ]);
    expect(peakOf(strataOf({ kinds }))).toBe(5);
    expect(peakOf([])).toBe(0);
  });

  it("count every entry once, in its family and in its kind (law)", () => {
    fc.assert(
      fc.property(rates, (kinds) => {
        const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
        const all = sum(kinds.flatMap(({ counts }) => counts));
        expect(sum(strataOf({ kinds }).flatMap(({ counts }) => counts))).toBe(all);
        expect(sum([...totalsOf({ kinds }).values()])).toBe(all);
      }),
    );
  });
});
