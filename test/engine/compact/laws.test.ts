import fc from "fast-check";
import { expect, it } from "vitest";
import { compactSession } from "../../../src/engine/compact/compact-session";
import type { SessionEvent } from "../../../src/session/event";
import { readSession } from "../../../src/session/reader";
import { compactTightly, foldedOnly, standing, written } from "../../support/compacting";
import { hostileSessions } from "../../support/hostile-sessions";
import { lawRuns } from "../../support/law-runs";
import { lives } from "../../support/random-life";
import { sessions } from "../../support/random-session";
import { describeShared, readRecording, recordingNames } from "../../support/shared";

const stateAfter = (events: readonly SessionEvent[]): string => standing(foldedOnly(events));

/**
 * The laws of folding for one session, of which the first `split` events are folded, and then those and `later` more.
 * What is compared, and what is not, stands at `standing`.
 */
function expectLaws(events: readonly SessionEvent[], split: number, later: number): void {
  const [head, rest] = [events.slice(0, split), events.slice(split)];
  const whole = stateAfter(events);
  const compact = compactSession(head);
  expect(compact.length).toBeLessThanOrEqual(head.length);
  // What a file carries counts, not what is in memory.
  const carried = written(compact);
  expect(stateAfter([...carried, ...rest])).toBe(whole);
  expect(JSON.stringify(compactSession(carried))).toBe(JSON.stringify(carried));
  const more = [...carried, ...rest.slice(0, later)];
  const stepwise = written(compactSession(more));
  expect(stepwise.length).toBeLessThanOrEqual(more.length);
  expect(stateAfter([...stepwise, ...rest.slice(later)])).toBe(whole);
}

/** Any two moments of a session; half of the time the second is its end. */
const moments = fc.tuple(fc.nat(100_000), fc.option(fc.nat(100_000), { freq: 2 }));

function expectLawsAt(
  events: readonly SessionEvent[],
  [first, second]: readonly [number, number | null],
): void {
  const split = first % (events.length + 1);
  const left = events.length - split;
  expectLaws(events, split, second === null ? left : second % (left + 1));
}

function eventsOf(text: string): readonly SessionEvent[] {
  const session = readSession(text);
  return session.ok ? session.value.events : [];
}

it("a session whose beginning is folded leads to the same state, in one step or in two (seed 61)", () => {
  fc.assert(fc.property(sessions, moments, expectLawsAt), { seed: 61, numRuns: lawRuns() });
});

it("so it does where channels and roots come and go on all wires (seed 63)", () => {
  fc.assert(fc.property(lives, moments, expectLawsAt), { seed: 63, numRuns: lawRuns() });
});

it("so it does where everything is odd (seed 62)", () => {
  fc.assert(
    fc.property(hostileSessions, moments, (lines, at) => expectLawsAt(eventsOf(lines.join("\n")), at)),
    { seed: 62, numRuns: lawRuns() },
  );
});

it("so it does where what nobody answers has to be let go (seed 64)", () => {
  let gaps = 0;
  fc.assert(
    fc.property(fc.oneof(sessions, lives), (events) => {
      const once = written(compactTightly(events));
      const twice = written(compactTightly(once));
      if (once.length < events.length && once.some(({ type }) => type === "gap")) gaps++;
      expect(stateAfter(once)).toBe(stateAfter(events));
      expect(stateAfter(twice)).toBe(stateAfter(events));
    }),
    { seed: 64, numRuns: lawRuns(100) },
  );
  expect(gaps).toBeGreaterThan(10);
});

describeShared("recordings of a real server and a real client", () => {
  it.each(recordingNames())("%s: so they do, wherever they are cut", (name) => {
    const events = eventsOf(readRecording(name));
    for (let split = 0; split <= events.length; split += Math.ceil(events.length / 24)) {
      expectLaws(events, split, 25);
    }
  });
});
