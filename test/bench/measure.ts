import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Rounds that count, of which the middle one is shown; those before them only warm up. Of short ones there are more. */
const ROUNDS = { least: 7, ms: 1000 } as const;
const WARM_UPS = { least: 2, ms: 500 } as const;

/** Gets ready, and gives what is to be timed. That returns what it worked out, so that nothing of it is left out. */
export type Task = () => () => unknown;

/** Medians over the rounds, in milliseconds. */
export type Comparison = {
  readonly ms: number;
  readonly base_ms: number;
  /** The middle one of the rounds' own ratios: what slows a machine for a while slows both sides of a round. */
  readonly ratio: number;
};

/** Measures both in turns. */
export function compare(work: Task, base: Task): Comparison {
  const [comparison] = compareAll([work], base);
  if (comparison === undefined) throw new Error("Nothing was compared.");
  return comparison;
}

/** Measures all of them in turns, each against the same base. */
export function compareAll(works: readonly Task[], base: Task): readonly Comparison[] {
  const rounds = inRounds(() => [time(base), ...works.map(time)]);
  const base_ms = median(rounds.map(([ms = 0]) => ms));
  return works.map((_, at) => {
    const own = (round: readonly number[]): number => round[at + 1] ?? 0;
    return {
      ms: median(rounds.map(own)),
      base_ms,
      ratio: median(rounds.map((round) => own(round) / (round[0] ?? 0))),
    };
  });
}

/** The median of what a task takes, in milliseconds. */
export function measure(task: Task): number {
  return median(inRounds(() => time(task)));
}

/** What each of the rounds that count gave. */
export function inRounds<Value>(round: () => Value): readonly Value[] {
  repeat(round, WARM_UPS);
  return repeat(round, ROUNDS);
}

function repeat<Value>(round: () => Value, { least, ms }: { least: number; ms: number }): readonly Value[] {
  const start = performance.now();
  const values: Value[] = [];
  while (values.length < least || performance.now() - start < ms) values.push(round());
  return values;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest of the values that a part of them, from 0 to 1, does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(sorted.length * part) - 1, 0)] ?? 0;
}

/** Lets go of everything that nothing refers to. */
export function collectGarbage(): void {
  if (typeof collect !== "function") throw new Error("This runtime does not let its garbage be collected.");
  collect();
}

/**
 * Keeps values alive that look like those which are about to be measured. The collector takes with objects of a shape
 * that is gone what the compiler has learned of it, and each round would have to learn it anew, as no session does.
 */
export function keepShapes(values: readonly unknown[]): void {
  shapes.push(values);
}

const shapes: unknown[] = [];

/** What the last task worked out, so that it cannot be left out. */
const outcome: unknown[] = [];

/** Neither side pays for what the other, or the round before, has left behind. */
function time(task: Task): number {
  const run = task();
  outcome.length = 0;
  collectGarbage();
  const start = performance.now();
  outcome.push(run());
  return performance.now() - start;
}

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");
