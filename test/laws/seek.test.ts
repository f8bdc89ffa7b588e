import fc from "fast-check";
import { expect, it } from "vitest";
import { createCursor } from "../../src/engine/content/cursor";
import { createEngine } from "../../src/engine/engine";
import type { Inspection } from "../../src/engine/inspection";
import { readSession } from "../../src/session/reader";
import { canonical } from "../support/canonical";
import { folded } from "../support/folding";
import { frames } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { sessions } from "../support/random-session";
import { describeShared, readRecording, recordingNames } from "../support/shared";

it("law 2: the document of any event equals a fresh replay up to it, whatever came (seed 21)", () => {
  fc.assert(
    fc.property(garbage, (some) => {
      const events = [...frames`> join < ok`, ...some];
      const [engine, forgetful] = [createEngine(), createEngine(0)];
      const fresh: Inspection[] = events.map((event) => {
        engine.fold(event);
        forgetful.fold(event);
        expect(forgetful.inspect()).toEqual(engine.inspect());
        return engine.inspect();
      });
      for (const [at, document] of fresh.entries()) expect(engine.inspectAt(at + 1)).toEqual(document);
    }),
    { seed: 21, numRuns: lawRuns() },
  );
});

it("law 2: so it does in sessions whose envelopes fit (seed 22)", () => {
  fc.assert(
    fc.property(sessions, fc.array(fc.nat()), (events, moments) => {
      const engine = folded(events);
      const late = engine.inspect();
      for (const moment of moments) {
        const seq = 1 + (moment % events.length);
        expect(engine.inspectAt(seq)).toEqual(folded(events.slice(0, seq)).inspect());
      }
      expect(engine.inspect()).toEqual(late);
    }),
    { seed: 22, numRuns: lawRuns() },
  );
});

it("law 2: a cursor that goes there and back finds what was there (seed 23)", () => {
  fc.assert(
    fc.property(sessions, fc.array(fc.nat(), { maxLength: 20 }), (events, moments) => {
      for (const root of folded(events).connections.flatMap(({ roots }) => roots)) {
        const [one, other] = [createCursor(root.history), createCursor(root.history)];
        const seen = new Map<number, string>();
        for (const moment of moments) {
          const count = moment % (root.history.count() + 1);
          const now = canonical(one.moveTo(count));
          expect(seen.get(count) ?? now).toBe(now);
          seen.set(count, now);
        }
        for (const [count, before] of seen) expect(canonical(other.moveTo(count))).toBe(before);
      }
    }),
    { seed: 23, numRuns: lawRuns() },
  );
});

describeShared("law 2 in recordings", () => {
  it.each(recordingNames())("%s: every event, from the end back", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    const { events } = session.value;
    const step = Math.max(1, Math.floor(events.length / 150));
    const engine = createEngine();
    const fresh: Inspection[] = [];
    for (const [at, event] of events.entries()) {
      engine.fold(event);
      if (at % step === 0) fresh.push(engine.inspect());
    }
    for (const document of fresh.reverse()) expect(engine.inspectAt(document.at.seq)).toEqual(document);
  });
});
