import fc from "fast-check";
import { expect, it } from "vitest";
import { createEngine, type Engine } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import { createSessionReader, readSession } from "../../src/session/reader";
import { isJsonObject } from "../../src/wire/json";
import { canonical } from "../support/canonical";
import { rootOf } from "../support/folding";
import { frames } from "../support/frames";
import { hostileSessions } from "../support/hostile-sessions";
import { lawRuns } from "../support/law-runs";
import { mutate, mutations } from "../support/mutate";
import { describeShared, readRecording, recordingNames } from "../support/shared";

/** So small that most sessions exceed it. */
const SMALL_HISTORY = 2000;
/** What a problem's message is cut at, and the sign of the cut. */
const MAX_MESSAGE = 2001;

/** Reads the session in chunks cut at these places. */
function readInChunks(text: string, cuts: readonly number[]): readonly SessionEvent[] {
  const reader = createSessionReader();
  const events: SessionEvent[] = [];
  let from = 0;
  for (const cut of [...cuts.map((one) => one % (text.length + 1)), text.length].sort((a, b) => a - b)) {
    const read = reader.push(text.slice(from, cut));
    if (read.ok) events.push(...read.value);
    from = cut;
  }
  const end = reader.end();
  return end.ok ? [...events, ...end.value.events] : events;
}

function expectCleanRoot(engine: Engine): void {
  for (const event of frames`> join < ok > mount Shop.Cart good < ok < v1 {total: 0} < v2 /total=4`) {
    engine.fold("socket" in event ? { ...event, socket: 777 } : event);
  }
  expect(rootOf(engine.inspect(), "good")).toMatchObject({
    status: "mounted",
    version: 2,
    state: { total: 4 },
  });
}

function expectSentences(engine: Engine): void {
  for (const { message } of engine.problems) {
    expect(message).toMatch(/^[A-Z0-9]/);
    expect(message).toMatch(/[.!?…]$/);
    expect(message.length).toBeLessThanOrEqual(MAX_MESSAGE);
  }
}

/** Laws 1, 2 and 6 for one session, whose documents are taken at these moments. */
function expectLaws(events: readonly SessionEvent[], moments: readonly number[]): void {
  const seqs = new Set([events.length, ...moments.map((moment) => moment % (events.length + 1))]);
  const [engine, forgetful] = [createEngine(), createEngine(SMALL_HISTORY)];
  const handedOut = new Map<number, { readonly given: readonly unknown[]; readonly text: string }>();
  for (const [at, event] of events.entries()) {
    engine.fold(event);
    forgetful.fold(event);
    if (!seqs.has(at + 1)) continue;
    const contents = engine.connections.flatMap(({ roots }) => roots.map((one) => one.content()));
    const given = [engine.inspect(), contents];
    handedOut.set(at + 1, { given, text: canonical(given) });
    expect(canonical(forgetful.inspect())).toBe(canonical(given[0]));
  }
  for (const seq of seqs) {
    const fresh = createEngine();
    for (const event of events.slice(0, seq)) fresh.fold(event);
    const text = canonical(fresh.inspect());
    expect(canonical(engine.inspectAt(seq))).toBe(text);
    const remembered = forgetful.inspectAt(seq);
    if (remembered !== "truncated") expect(canonical(remembered)).toBe(text);
    else expect(seq).toBeLessThan(events.length);
  }
  expectSentences(engine);
  expectCleanRoot(engine);
  for (const { given, text } of handedOut.values()) expect(canonical(given)).toBe(text);
}

/** What every object and list inherits, to see that nobody added to it. */
function inherited(): readonly PropertyKey[] {
  return [Object.prototype, Array.prototype, Function.prototype].flatMap(Reflect.ownKeys);
}
const INHERITED = inherited();

const places = fc.array(fc.nat(100_000), { minLength: 2, maxLength: 4 });

it("laws 1, 2 and 6: sessions in which everything is odd (seed 31)", () => {
  fc.assert(
    fc.property(hostileSessions, places, (lines, moments) => {
      const events = readInChunks(lines.join("\n"), moments);
      expectLaws(events, moments);
      expect(inherited()).toEqual(INHERITED);
    }),
    { seed: 31, numRuns: lawRuns() },
  );
});

it("most of their envelopes fit (seed 32)", () => {
  let [applied, envelopes] = [0, 0];
  for (const lines of fc.sample(hostileSessions, { seed: 32, numRuns: 100 })) {
    const engine = createEngine();
    const session = readSession(lines.join("\n"));
    for (const event of session.ok ? session.value.events : []) {
      const { frame, root: its, seq } = engine.fold(event);
      if (frame?.event !== "patch" || its === null || !isJsonObject(frame.payload)) continue;
      envelopes++;
      if (its.last_envelope?.seq === seq) applied++;
    }
  }
  expect(applied / envelopes).toBeGreaterThan(0.4);
});

describeShared("mutated recordings", () => {
  const recordings = recordingNames().map((name) => readRecording(name).trim().split("\n"));

  it("keep laws 1, 2 and 6, whatever is cut, moved, exchanged or flipped (seed 33)", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...recordings),
        fc.nat(),
        mutations,
        places,
        (lines, start, changes, moments) => {
          // Its beginning, and a stretch of what follows.
          const from = 8 + (start % Math.max(lines.length - 8, 1));
          const mutated = mutate([...lines.slice(0, 8), ...lines.slice(from, from + 60)], changes);
          expectLaws(readInChunks(mutated.join("\n"), moments), moments);
          expect(inherited()).toEqual(INHERITED);
        },
      ),
      { seed: 33, numRuns: lawRuns() },
    );
  });
});
