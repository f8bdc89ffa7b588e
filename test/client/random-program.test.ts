import { describe, it } from "vitest";
import { lawRuns } from "../support/law-runs";
import { BOTH_WIRES } from "./both-wires";
import { expectSameHeld } from "./random-law";
import { calmPrograms, roughPrograms } from "./random-programs";

describe.each(BOTH_WIRES)("stores in random programs, on the $name wire", (wireCase) => {
  it("are held by the client as render gave them, after every envelope (seed 4711)", async () => {
    await expectSameHeld({ wireCase }, calmPrograms, { seed: 4_711, numRuns: lawRuns() });
  });

  it("are held so again after connections that break and roots that crash (seed 4712)", async () => {
    await expectSameHeld({ wireCase }, roughPrograms, { seed: 4_712, numRuns: lawRuns(200) });
  });
});
