import fc from "fast-check";
import { expect, it } from "vitest";
import { type Chunk, countOf, eventsOf, memoryOfChunk } from "../../src/bridge/chunk";
import { createRecentEvents } from "../../src/content/recent-events";
import { toRun } from "../support/frame-runs";
import { lawRuns } from "../support/law-runs";
import { createPageEvents } from "../support/page-events";

const SEED = 12;

it(`keeps count of what is added and taken away, over thousands (seed ${SEED})`, () => {
  const bursts = fc.array(
    fc.record({ add: fc.nat(1500), take: fc.nat(1500), each: fc.integer({ min: 0, max: 5 }) }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(bursts, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const events = createPageEvents();
      const recent = createRecentEvents();
      const naive: Chunk[] = [];
      let added = 0;
      for (const { add, take, each } of all) {
        for (let n = 0; n < add; n++) {
          // Every so often a run, of every size.
          const frames = Array.from({ length: each === 0 ? 1 : 1 + (n % each) }, () =>
            events.in(String(++added)),
          );
          const chunk = frames.length === 1 ? (frames[0] as Chunk) : toRun(frames);
          recent.add(chunk);
          naive.push(chunk);
        }
        for (let n = Math.min(take, naive.length); n > 0; n--) expect(recent.shift()).toBe(naive.shift());
        const left = naive.reduce((sum, chunk) => sum + countOf(chunk), 0);
        const oldest = added - left + 1;
        expect([recent.oldest(), recent.last()]).toEqual([oldest, added]);
        expect(recent.oldestUpTo()).toBe(oldest - 1 + (naive[0] === undefined ? 0 : countOf(naive[0])));
        expect(recent.cost()).toBe(naive.reduce((sum, chunk) => sum + memoryOfChunk(chunk), 0));
        const skipped = Math.floor(left * share);
        const rest = recent.from(recent.oldest() + skipped, Number.POSITIVE_INFINITY);
        if (skipped < left) expect(rest.flatMap(eventsOf)).toEqual(naive.flatMap(eventsOf).slice(skipped));
      }
    }),
    { seed: SEED, numRuns: lawRuns(100) },
  );
});
