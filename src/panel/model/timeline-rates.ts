import type { RatesView } from "../../bridge/timeline-view";
import { FAMILIES, type Family, familyOf } from "./timeline-kind";

/** How many entries of one family there were in each bucket of time. */
export type Stratum = { readonly family: Family; readonly counts: readonly number[] };

/** The families that occur, from the ground of the chart up. */
export function strataOf({ kinds }: Pick<RatesView, "kinds">): readonly Stratum[] {
  return FAMILIES.flatMap((family) => {
    const own = kinds.filter(({ kind }) => familyOf(kind) === family).map(({ counts }) => counts);
    const first = own[0];
    if (first === undefined) return [];
    return [{ family, counts: first.map((_, nth) => sum(own.map((counts) => counts[nth] ?? 0))) }];
  });
}

/** The most entries that one bucket has. */
export function peakOf(strata: readonly Stratum[]): number {
  const buckets = strata[0]?.counts.length ?? 0;
  let peak = 0;
  for (let nth = 0; nth < buckets; nth++) {
    peak = Math.max(peak, sum(strata.map(({ counts }) => counts[nth] ?? 0)));
  }
  return peak;
}

/** How many entries of each kind there are in the whole range. */
export function totalsOf(view: Pick<RatesView, "kinds"> | null): ReadonlyMap<string, number> {
  return new Map(view?.kinds.map(({ kind, counts }) => [kind, sum(counts)]));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
