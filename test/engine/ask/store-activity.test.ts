import fc from "fast-check";
import { expect, it } from "vitest";
import { createStoreActivity, type StoreActivity } from "../../../src/engine/ask/store-activity";
import { createEngine } from "../../../src/engine/engine";
import { lawRuns } from "../../support/law-runs";
import { sessions } from "../../support/random-session";

it("looking at revisions in slices comes to the same as looking at all of them at once (seed 71)", () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 1, max: 20 }), (events, effort) => {
      const engine = createEngine();
      for (const event of events) engine.fold(event);
      for (const { roots } of engine.connections) {
        for (const { history } of roots) {
          const whole = createStoreActivity(history);
          expect(whole.extend()).toBe(true);
          const sliced = createStoreActivity(history);
          let slices = 1;
          while (!sliced.extend(effort)) slices++;
          expect(slices).toBeLessThanOrEqual(Math.max(1, history.count()));
          expect(told(sliced)).toEqual(told(whole));
        }
      }
    }),
    { seed: 71, numRuns: lawRuns() },
  );
});

function told({ history, tallies, storesOf }: StoreActivity) {
  const places = Array.from({ length: history.count() }, (_, nth) => storesOf(nth + 1));
  return { tallies: [...tallies()], places };
}
