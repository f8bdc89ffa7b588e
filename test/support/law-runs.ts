/**
 * How often a law is tried: as often as the test says, which is at least 1,000 times in an ordinary run, or as often as
 * `npm test -- --law-runs N` asks for.
 */
export function lawRuns(ordinary = 1000): number {
  return Math.max(ordinary, Number(process.env.LAW_RUNS ?? 0));
}
