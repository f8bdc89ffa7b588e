import { quantile } from "../measure";

/** One round: both sides, one straight after the other. */
export type Pair<Value> = { readonly tapped: Value; readonly untapped: Value };

/**
 * Measures both sides in turns, `rounds` times, after some rounds that only warm up. Who comes first changes from round
 * to round (ABBA), so that neither side gains by its place.
 */
export async function inPairs<Value>(
  { warmUps, rounds }: { readonly warmUps: number; readonly rounds: number },
  tapped: () => Promise<Value>,
  untapped: () => Promise<Value>,
): Promise<readonly Pair<Value>[]> {
  const pairs: Pair<Value>[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    if (round % 2 === 0) {
      const first = await tapped();
      pairs.push({ tapped: first, untapped: await untapped() });
    } else {
      const first = await untapped();
      pairs.push({ tapped: await tapped(), untapped: first });
    }
  }
  return pairs.slice(warmUps);
}

/** A median and the middle half of the values. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** Standard deviations of a normal distribution between which 95 % of it lie. */
const Z95 = 1.96;

/**
 * The median, and what bounds it with a confidence of 95 %: order statistics, by the normal approximation of the
 * binomial distribution, so that nothing is assumed of how the values are spread. For 20 values or more.
 */
export function confidenceOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const reach = (Z95 * Math.sqrt(sorted.length)) / 2;
  const low = sorted[Math.floor(sorted.length / 2 - reach) - 1];
  const high = sorted[Math.ceil(sorted.length / 2 + reach)];
  if (low === undefined || high === undefined) throw new Error("Too few values to say how sure they are.");
  return { median: quantile(sorted, 0.5), low, high };
}
