import { quantile } from "../measure";

/** One round: all sides, one straight after the other. */
export type Round<Side extends string, Value> = { readonly [Name in Side]: Value };

/**
 * Measures all sides in turns, `rounds` times, after some rounds that only warm up. Their order is turned around from
 * round to round (ABBA), so that no side gains by its place.
 */
export async function inTurns<Side extends string, Value>(
  { warmUps, rounds }: { readonly warmUps: number; readonly rounds: number },
  sides: { readonly [Name in Side]: () => Promise<Value> },
): Promise<readonly Round<Side, Value>[]> {
  const measured: Round<Side, Value>[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const order = Object.keys(sides) as Side[];
    const values: Partial<Record<Side, Value>> = {};
    for (const side of round % 2 === 0 ? order : order.reverse()) values[side] = await sides[side]();
    measured.push(values as Round<Side, Value>);
  }
  return measured.slice(warmUps);
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
