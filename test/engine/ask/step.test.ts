import { describe, expect, it } from "vitest";
import { type StepBy, stepFrom } from "../../../src/engine/ask/step";
import { createEngine } from "../../../src/engine/engine";
import { folded } from "../../support/folding";
import { frames, incoming } from "../../support/frames";

const TOPIC = "musubi:connection";
const C1 = { connection: 1, topic: TOPIC, root_id: "c1" };
const C2 = { ...C1, root_id: "c2" };

/** Envelopes: 7, 11 and 14 of c1, 10 and 15 of c2; commands: 12 to c1 and 16 to c2; a problem at 17. */
const SESSION = [
  ...frames`
    > join < ok > mount Shop.Cart c1 < ok < v1 {n: 0} > mount Shop.Cart c2 < ok < v1 ^c2 {n: 0}
    < v2 ^c1 /n=1 > add ^c1 < ok < v3 ^c1 /n=2 < v2 ^c2 /n=1 > add ^c2`,
  incoming(1, null, "99", TOPIC, "phx_reply", { status: "ok", response: {} }),
];

/** Where the steps lead, one after the other, until there is no more. */
function walk(from: number, by: StepBy, direction: 1 | -1, root: typeof C1 | null, engine = folded(SESSION)) {
  const places: number[] = [];
  for (let at = stepFrom(engine, from, by, direction, root); at !== null; ) {
    places.push(at);
    at = stepFrom(engine, at, by, direction, root);
  }
  return places;
}

describe("stepping", () => {
  it("goes from event to event", () => {
    expect(walk(0, "event", 1, null)).toEqual(SESSION.map((_, at) => at + 1));
    expect(walk(3, "event", -1, null)).toEqual([2, 1]);
  });

  it("goes from envelope to envelope, of one root or of all", () => {
    expect(walk(0, "envelope", 1, C1)).toEqual([7, 11, 14]);
    expect(walk(SESSION.length, "envelope", -1, C1)).toEqual([14, 11, 7]);
    expect(walk(SESSION.length, "envelope", -1, C2)).toEqual([15, 10]);
    expect(walk(0, "envelope", 1, null)).toEqual([7, 10, 11, 14, 15]);
    expect(walk(12, "envelope", -1, null)).toEqual([11, 10, 7]);
  });

  it("goes from command to command, and from problem to problem", () => {
    expect(walk(0, "command", 1, null)).toEqual([12, 16]);
    expect(walk(0, "command", 1, C2)).toEqual([16]);
    expect(walk(SESSION.length, "command", -1, C1)).toEqual([12]);
    expect(walk(0, "problem", 1, null)).toEqual([17]);
    expect(walk(17, "problem", -1, null)).toEqual([]);
  });

  it("goes through all that concerns one root", () => {
    expect(walk(0, "event", 1, C2)).toEqual([8, 9, 10, 15, 16]);
  });

  it("finds nothing of a root that is not there", () => {
    expect(walk(0, "envelope", 1, { ...C1, root_id: "none" })).toEqual([]);
    expect(walk(0, "event", 1, { ...C1, root_id: "none" })).toEqual([]);
  });

  it("passes over an envelope that was not applied", () => {
    const events = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {n: 0} < v3 /n=3`;
    expect(walk(0, "envelope", 1, C1, folded(events))).toEqual([7]);
    expect(walk(0, "envelope", 1, null, folded(events))).toEqual([7]);
    expect(walk(0, "event", 1, C1, folded(events))).toContain(8);
  });

  it("passes over events that are not there any more", () => {
    const engine = createEngine();
    engine.skip(2, 5);
    for (const event of SESSION) engine.fold(event);
    expect(stepFrom(engine, 0, "event", 1, null)).toBe(3);
    expect(stepFrom(engine, 3, "event", -1, null)).toBeNull();
  });

  it("does not go where the history has been let go", () => {
    const engine = createEngine(0);
    for (const event of SESSION) engine.fold(event);
    expect(stepFrom(engine, SESSION.length, "envelope", -1, C1)).toBe(14);
    expect(stepFrom(engine, 14, "envelope", -1, C1)).toBeNull();
    expect(stepFrom(engine, 8, "envelope", 1, C1)).toBe(14);
  });
});
