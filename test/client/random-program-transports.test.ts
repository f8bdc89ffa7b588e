import { describe, it } from "vitest";
import { lawRuns } from "../support/law-runs";
import { BOTH_WIRES } from "./both-wires";
import { expectSameHeld } from "./random-law";
import { roughPrograms } from "./random-programs";

describe.each(BOTH_WIRES)("stores in random programs, on the $name wire", (wireCase) => {
  it.each([
    ["websocket", "1.0.0", 4_713],
    ["longpoll", "2.0.0", 4_714],
    ["longpoll", "1.0.0", 4_715],
  ] as const)("are held as render gave them over %s, version %s (seed %i)", async (transport, vsn, seed) => {
    await expectSameHeld({ wireCase, transport, vsn }, roughPrograms, { seed, numRuns: lawRuns(60) });
  });
});
