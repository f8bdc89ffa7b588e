import fc from "fast-check";
import { expect, it } from "vitest";
import { type CauseLinks, linksOf } from "../../src/engine/ask/links";
import { createEngine, type Engine } from "../../src/engine/engine";
import { LIMITS } from "../../src/engine/fold/limits";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { sessions } from "../support/random-session";

const MOST = 100;

function seqsOf({ command, reply, envelopes, events }: CauseLinks): readonly number[] {
  return [command, reply, ...envelopes, ...events].flatMap((link) => link?.seq ?? []);
}

/** Without any of the code that follows links: what the entries themselves say of one another. */
function namedBy({ timeline }: Engine, seq: number): readonly number[] {
  const named: number[] = [];
  for (let place = timeline.forgotten(); place < timeline.length(); place++) {
    const entry = timeline.at(place);
    if (entry?.kind !== "envelope" || entry.command === null) continue;
    if (entry.seq === seq) named.push(entry.command.seq);
    if (entry.command.seq === seq) named.push(entry.seq);
  }
  return named;
}

it("all events of one chain of cause name the same chain, each other and themselves (seed 72)", () => {
  fc.assert(
    fc.property(fc.oneof(sessions, garbage), fc.integer({ min: 1, max: 200 }), (events, cap) => {
      const engine = createEngine(undefined, { ...LIMITS, timeline_entries: cap });
      for (const event of events) engine.fold(event);
      for (let seq = 1; seq <= engine.seq; seq++) {
        const links = linksOf(engine, seq, MOST);
        const named = seqsOf(links);
        if (named.length > 0) expect(named).toContain(seq);
        for (const other of named) expect(linksOf(engine, other, MOST)).toEqual(links);
      }
    }),
    { seed: 72, numRuns: lawRuns() },
  );
}, 600_000);

it("a chain has whatever an envelope and its command say of one another (seed 73)", () => {
  fc.assert(
    fc.property(sessions, (events) => {
      const engine = createEngine();
      for (const event of events) engine.fold(event);
      for (let seq = 1; seq <= engine.seq; seq++) {
        const named = seqsOf(linksOf(engine, seq, MOST));
        for (const other of namedBy(engine, seq)) expect(named).toContain(other);
      }
    }),
    { seed: 73, numRuns: lawRuns() },
  );
}, 600_000);
