import fc from "fast-check";
import { expect, it } from "vitest";
import { memoryOf, type PageEvent } from "../../src/bridge/page-event";
import { createRecentEvents } from "../../src/content/recent-events";
import { lawRuns } from "../support/law-runs";
import { createPageEvents } from "../support/page-events";

const SEED = 12;

it(`keeps count of what is added and taken away, over thousands (seed ${SEED})`, () => {
  const bursts = fc.array(fc.record({ add: fc.nat(1500), take: fc.nat(1500) }), { maxLength: 6 });
  fc.assert(
    fc.property(bursts, (all) => {
      const events = createPageEvents();
      const recent = createRecentEvents();
      const naive: PageEvent[] = [];
      let added = 0;
      for (const { add, take } of all) {
        for (let n = 0; n < add; n++) {
          const event = events.in(String(++added));
          recent.add(event);
          naive.push(event);
        }
        for (let n = Math.min(take, naive.length); n > 0; n--) expect(recent.shift()).toBe(naive.shift());
        expect([recent.oldest(), recent.last()]).toEqual([added - naive.length + 1, added]);
        expect(recent.cost()).toBe(naive.reduce((sum, event) => sum + memoryOf(event), 0));
        const middle = Math.floor(naive.length / 2);
        expect(recent.from(recent.oldest() + middle, Number.POSITIVE_INFINITY)).toEqual(naive.slice(middle));
      }
    }),
    { seed: SEED, numRuns: lawRuns(100) },
  );
});
