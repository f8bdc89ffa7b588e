import fc from "fast-check";
import { expect } from "vitest";
import { type Program, runProgram } from "./random-programs";
import { type RigOptions, startRig } from "./random-rigs";

export type Tries = {
  readonly seed: number;
  readonly numRuns: number;
  /** Whether to give up at the first failure, instead of looking for a small one. */
  readonly endOnFailure?: boolean;
};

/** The law: what the client holds equals what `render` gave, after every envelope. */
export async function expectSameHeld(
  options: RigOptions,
  programs: fc.Arbitrary<Program>,
  tries: Tries,
): Promise<void> {
  const rig = await startRig(options);
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        run += 1;
        await runProgram(rig, `run ${run}`, program);
      }),
      tries,
    );
    expect(rig.server.log.filter((line) => !line.includes("asked to crash"))).toEqual([]);
  } finally {
    await rig.close();
  }
}
