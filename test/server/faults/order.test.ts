import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../src/server/faults/fault";
import { createFaults } from "../../../src/server/faults/faults";
import { createRandom } from "../../../src/server/faults/random";
import { lawRuns } from "../../support/law-runs";
import { createFaultTime } from "./fault-time";

/** One connection without a network: what was sent either way, by number, and what arrived. */
function createLink(seed: number) {
  const time = createFaultTime();
  const faults = createFaults({ random: createRandom(seed), timers: time.timers });
  const arrived = { in: [] as number[], out: [] as number[] };
  const sent = { in: 0, out: 0 };
  const toNumber = (data: string | Uint8Array) => Number(JSON.parse(String(data))[4].n);
  const raw = {
    name: "test",
    send: (data: string | Uint8Array) => void arrived.in.push(toNumber(data)),
    close: () => {},
    cut: () => {},
  };
  const about = { id: 1, path: "/socket", transport: "test", socketId: null, params: {} };
  const { transport, receive } = faults.wrapTransport(raw, about);
  const view = { ...about, channels: () => [], close: () => {}, cut: () => {} };
  faults.attach({ connections: () => [view] });
  const next = (data: string | Uint8Array) => void arrived.out.push(toNumber(data));
  return {
    time,
    faults,
    arrived,
    sent,
    send: (direction: "in" | "out") => {
      sent[direction] += 1;
      const text = JSON.stringify([null, null, "t", "e", { n: sent[direction] }]);
      if (direction === "in") transport.send(text);
      else receive(text, next);
    },
  };
}

type Link = ReturnType<typeof createLink>;

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const distinct = (numbers: readonly number[]) => [...new Set(numbers)];

const match = fc.record(
  {
    direction: fc.constantFrom("in" as const, "out" as const),
    after: fc.nat(5),
    count: fc.integer({ min: 1, max: 9 }),
  },
  { requiredKeys: [] },
);
const ms = fc.integer({ min: 0, max: 50 });
const delay = fc.record({ kind: fc.constant("delay" as const), ms, jitter: ms, match });
const looseDelay = delay.map((fault) => ({ ...fault, reorder: true }));
const duplicate = fc.record({
  kind: fc.constant("duplicate" as const),
  copies: fc.integer({ min: 1, max: 3 }),
  match,
});
const stall = fc.record({ kind: fc.constant("stall" as const), ms });
const reorder = fc.record({
  kind: fc.constant("reorder" as const),
  size: fc.integer({ min: 2, max: 4 }),
  ms,
  match,
});

type Step =
  | { readonly does: "send"; readonly direction: "in" | "out" }
  | { readonly does: "pass"; readonly ms: number }
  | { readonly does: "inject"; readonly fault: Fault }
  | { readonly does: "clear"; readonly id: number };

function program(fault: fc.Arbitrary<Fault>): fc.Arbitrary<readonly Step[]> {
  const direction = fc.constantFrom("in" as const, "out" as const);
  return fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ does: fc.constant("send" as const), direction }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant("pass" as const), ms }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant("inject" as const), fault }) },
      {
        weight: 1,
        arbitrary: fc.record({ does: fc.constant("clear" as const), id: fc.integer({ min: 1, max: 5 }) }),
      },
    ),
    { maxLength: 60 },
  );
}

function run(link: Link, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.does === "send") link.send(step.direction);
    else if (step.does === "pass") link.time.pass(step.ms);
    else if (step.does === "inject") link.faults.inject(1, step.fault);
    else link.faults.clear(step.id);
  }
}

const DIRECTIONS = ["in", "out"] as const;

describe("what faults that lose nothing do to traffic", () => {
  it("keeps its order, and loses and repeats nothing, by delays and stalls (seed 21)", () => {
    fc.assert(
      fc.property(program(fc.oneof(delay, stall)), fc.integer(), (steps, seed) => {
        const link = createLink(seed);
        run(link, steps);
        for (const way of DIRECTIONS) expect(link.arrived[way]).toEqual(upTo(link.arrived[way].length));
        link.time.pass(10_000);
        for (const way of DIRECTIONS) expect(link.arrived[way]).toEqual(upTo(link.sent[way]));
      }),
      { numRuns: lawRuns(), seed: 21 },
    );
  });

  it("keeps the order of first arrivals, duplicates among them (seed 22)", () => {
    fc.assert(
      fc.property(program(fc.oneof(delay, duplicate, stall)), fc.integer(), (steps, seed) => {
        const link = createLink(seed);
        run(link, steps);
        link.time.pass(10_000);
        for (const way of DIRECTIONS) expect(distinct(link.arrived[way])).toEqual(upTo(link.sent[way]));
        for (const way of DIRECTIONS) expect(link.arrived[way]).toEqual(sorted(link.arrived[way]));
      }),
      { numRuns: lawRuns(), seed: 22 },
    );
  });

  it("delivers all when cleared, at once, and goes on in order from there (seed 23)", () => {
    const any = fc.oneof(delay, looseDelay, duplicate, stall, reorder);
    fc.assert(
      fc.property(program(any), fc.integer(), fc.nat(9), (steps, seed, more) => {
        const link = createLink(seed);
        run(link, steps);
        link.faults.clearAll();
        for (const way of DIRECTIONS) {
          expect(sorted(distinct(link.arrived[way]))).toEqual(upTo(link.sent[way]));
          const before = link.arrived[way].length;
          const next = link.sent[way] + 1;
          for (let n = 0; n < more; n += 1) link.send(way);
          expect(link.arrived[way].slice(before)).toEqual(Array.from({ length: more }, (_, at) => next + at));
        }
        expect(link.faults.list()).toEqual([]);
      }),
      { numRuns: lawRuns(), seed: 23 },
    );
  });

  it("is the same for the same seed (seed 24)", () => {
    fc.assert(
      fc.property(program(fc.oneof(looseDelay, duplicate, reorder)), fc.integer(), (steps, seed) => {
        const [one, other] = [createLink(seed), createLink(seed)];
        for (const link of [one, other]) run(link, steps);
        expect(one.arrived).toEqual(other.arrived);
        expect(one.faults.list()).toEqual(other.faults.list());
      }),
      { numRuns: lawRuns(), seed: 24 },
    );
  });

  it("lists no fault that has nothing left to do (seed 25)", () => {
    fc.assert(
      fc.property(program(fc.oneof(delay, looseDelay, duplicate, reorder)), fc.integer(), (steps, seed) => {
        const link = createLink(seed);
        run(link, steps);
        link.time.pass(10_000);
        for (const { fault, acted } of link.faults.list()) {
          const count = "match" in fault ? fault.match?.count : undefined;
          if (typeof count === "number") expect(acted).toBeLessThan(count);
        }
      }),
      { numRuns: lawRuns(), seed: 25 },
    );
  });
});

describe("order that is not kept", () => {
  it("lets a frame be overtaken whose delay is to reorder", () => {
    const link = createLink(1);
    link.faults.inject(1, { kind: "delay", ms: 100, reorder: true, match: { direction: "in", count: 1 } });
    for (let n = 0; n < 3; n += 1) link.send("in");
    expect(link.arrived.in).toEqual([2, 3]);
    link.time.pass(100);
    expect(link.arrived.in).toEqual([2, 3, 1]);
  });

  it("exchanges two frames, and no more", () => {
    const link = createLink(1);
    link.faults.inject(1, { kind: "reorder", match: { direction: "in" } });
    for (let n = 0; n < 4; n += 1) link.send("in");
    expect(link.arrived.in).toEqual([2, 1, 3, 4]);
    expect(link.faults.list()).toEqual([]);
  });

  it("does not keep a frame for ever whose partner never comes", () => {
    const link = createLink(1);
    link.faults.inject(1, { kind: "reorder", ms: 50, match: { direction: "in" } });
    link.send("in");
    link.time.pass(49);
    expect(link.arrived.in).toEqual([]);
    link.time.pass(1);
    expect(link.arrived.in).toEqual([1]);
  });
});
