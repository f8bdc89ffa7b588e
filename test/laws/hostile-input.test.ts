import fc from "fast-check";
import { expect, it } from "vitest";
import { createEngine } from "../../src/engine/engine";
import { readSession } from "../../src/session/reader";
import { rootOf } from "../support/folding";
import { frames } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { describeShared, readRecording, recordingNames } from "../support/shared";

it("law 6: any events give a document, and a root that is mounted after them is right (seed 9)", () => {
  fc.assert(
    fc.property(garbage, (events) => {
      const engine = createEngine();
      for (const event of [...frames`> join < ok`, ...events]) engine.fold(event);
      engine.inspect();
      // A page of its own, so that nothing of the garbage is continued.
      const clean = frames`> join < ok > mount Shop.Cart good < ok < v1 {total: 0} < v2 /total=4`;
      for (const event of clean) engine.fold("socket" in event ? { ...event, socket: 77 } : event);
      expect(rootOf(engine.inspect(), "good")).toMatchObject({
        status: "mounted",
        version: 2,
        state: { total: 4 },
      });
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { seed: 9, numRuns: lawRuns() },
  );
});

it("law 1: reading a document in between changes nothing (seed 10)", () => {
  fc.assert(
    fc.property(garbage, (events) => {
      const [often, once] = [createEngine(), createEngine()];
      for (const event of [...frames`> join < ok`, ...events]) {
        often.fold(event);
        often.inspect();
        once.fold(event);
      }
      expect(often.inspect()).toEqual(once.inspect());
    }),
    { seed: 10, numRuns: lawRuns() },
  );
});

describeShared("mutated recordings", () => {
  const texts = recordingNames()
    .map(readRecording)
    .filter((text) => text.length < 60_000);

  it("load, fold and inspect without an exception, whatever is cut, doubled or overwritten (seed 11)", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.tuple(fc.nat(2), fc.double({ min: 0, max: 1, noNaN: true }), fc.string())),
        (text, edits) => {
          const lines = text.split("\n");
          for (const [kind, where, junk] of edits) {
            const at = 1 + Math.floor(where * (lines.length - 2));
            const line = lines[at] ?? "";
            const half = Math.floor(line.length / 2);
            if (kind === 0) lines.splice(at, 1);
            else if (kind === 1) lines.splice(at, 0, line);
            else lines[at] = line.slice(0, half) + junk + line.slice(half + junk.length);
          }
          const session = readSession(lines.join("\n"));
          if (!session.ok) throw new Error("The header is whole, so that the session must load.");
          const engine = createEngine();
          for (const event of session.value.events) engine.fold(event);
          expect(engine.inspect().at.seq).toBe(session.value.events.length);
        },
      ),
      { seed: 11, numRuns: lawRuns() },
    );
  });
});
