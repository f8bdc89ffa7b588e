import fc from "fast-check";
import { expect, it } from "vitest";
import { createRates, type RatesPage } from "../../src/engine/ask/rates";
import { createEngine } from "../../src/engine/engine";
import type { TimelineKind } from "../../src/engine/fold/timeline-entry";
import type { SessionEvent } from "../../src/session/event";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { sessions } from "../support/random-session";

const anyEvents = fc.oneof(sessions, garbage);
/** Each event's time is its own: sessions of a moment and of days, in order and not. */
const gaps = fc.oneof(
  fc.integer({ min: -50, max: 500 }),
  fc.double({ min: 0, max: 3, noNaN: true }),
  fc.nat(1e8),
);

const ranges = fc.record({
  from_t: fc.oneof(fc.integer({ min: -10, max: 3000 }), fc.double({ min: 0, max: 2e8, noNaN: true })),
  to_t: fc.oneof(fc.constant("end" as const), fc.integer({ min: -10, max: 6000 })),
  buckets: fc.integer({ min: 1, max: 60 }),
  marks: fc.nat(20),
});

type Counted = { readonly kind: TimelineKind; readonly t: number };

it("rates count each entry of their range once, however they were kept up (seed 71)", () => {
  fc.assert(
    fc.property(
      anyEvents,
      fc.array(gaps, { minLength: 1, maxLength: 8 }),
      fc.array(ranges, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }),
      (events, steps, asked, slices) => {
        const engine = createEngine();
        const rates = createRates(engine, 64);
        const entries: Counted[] = [];
        for (const [nth, event] of timed(events, steps).entries()) {
          engine.fold(event);
          for (let place = entries.length; place < engine.timeline.length(); place++) {
            const kind = engine.timeline.at(place)?.kind;
            if (kind !== undefined) entries.push({ kind, t: Math.max(event.t, 0) });
          }
          rates.extend(slices[nth % slices.length]);
        }
        rates.extend();
        for (const range of asked) checkPage(rates.read(range), entries, range.buckets);
        const whole = rates.read({ from_t: 0, to_t: "end", buckets: 7, marks: 0 });
        expect(sumOf(whole.kinds.flatMap(({ counts }) => counts))).toBe(entries.length);
      },
    ),
    { seed: 71, numRuns: lawRuns() },
  );
}, 600_000);

function timed(events: readonly SessionEvent[], steps: readonly number[]): readonly SessionEvent[] {
  let t = 0;
  return events.map((event, nth) => {
    t += steps[nth % steps.length] ?? 0;
    return { ...event, t };
  });
}

function checkPage(page: RatesPage, entries: readonly Counted[], buckets: number): void {
  const { from_t, to_t, kinds } = page;
  for (const { kind, counts } of kinds) {
    expect(counts.length).toBeLessThanOrEqual(buckets);
    const width = (to_t - from_t) / counts.length;
    const naive = counts.map((_, nth) => {
      const from = from_t + nth * width;
      return entries.filter((one) => one.kind === kind && one.t >= from && one.t < from + width).length;
    });
    expect(counts).toEqual(naive);
  }
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
