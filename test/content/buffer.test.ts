import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Chunk, unpack } from "../../src/bridge/chunk";
import type { PageEvent } from "../../src/bridge/page-event";
import { type Buffer, createBuffer, type Portion, type Standing } from "../../src/content/buffer";
import { accountedBytesOf } from "../../src/content/folded";
import { toRun } from "../support/frame-runs";
import { lawRuns } from "../support/law-runs";
import { createPageEvents } from "../support/page-events";
import { foldNumbers, foldOldest, type Told, tellAll } from "./told";

const SEED = 20_26;
const START: Standing = { seq: 0, bytes: 0 };

/** Frames of 172 characters, which cost 300 bytes each: three of them fit into 1,000. */
function fill(buffer: Buffer, count: number): void {
  const events = createPageEvents();
  for (let n = 0; n < count; n++) buffer.add(events.in(String(n).padEnd(172, "x")));
}

function eventsOf(portion: Portion | null): readonly Chunk[] {
  return portion?.message.events ?? [];
}

describe("the buffer of a document", () => {
  it("gives back what was added, in order and numbered from 1", () => {
    const events = createPageEvents();
    const buffer = createBuffer(10_000);
    const added = [events.socket(), events.open(), events.in("[]")];
    for (const event of added) buffer.add(event);

    expect(buffer.last()).toBe(3);
    expect(buffer.after(START, 1e9)).toEqual({
      message: { kind: "events", first: 1, events: added },
      standing: { seq: 3, bytes: 2 },
    });
    expect(buffer.after({ seq: 2, bytes: 0 }, 1e9)?.message).toEqual({
      kind: "events",
      first: 3,
      events: added.slice(2),
    });
    expect(buffer.after({ seq: 3, bytes: 2 }, 1e9)).toBeNull();
  });

  it("gives what is behind the middle of a run of frames, and lets a run go as a whole", () => {
    const events = createPageEvents();
    const buffer = createBuffer(1000);
    const frames = [events.in("a"), events.out("bc"), events.in("def")];
    buffer.add(toRun(frames));
    const portion = buffer.after({ seq: 1, bytes: 1 }, 1e9);
    expect(portion?.message).toMatchObject({ kind: "events", first: 2 });
    expect(unpack(eventsOf(portion))).toEqual(frames.slice(1));
    expect(portion?.standing).toEqual({ seq: 3, bytes: 6 });

    fill(buffer, 3);
    expect(eventsOf(buffer.after(START, 1e9))).toMatchObject([{ type: "gap", events: 3, bytes: 6 }]);
  });

  it("keeps the landmarks of a run on their own", () => {
    const events = createPageEvents();
    const buffer = createBuffer(16_000);
    const join = events.out('["3","3","room:1","phx_join",{}]');
    buffer.add(toRun([events.in("a"), join, events.in("b")]));
    fill(buffer, 100);
    expect(eventsOf(buffer.after(START, 1e9))).toMatchObject([join, { type: "gap" }]);
  });

  it("lets landmarks go, too, where there are too many", () => {
    const events = createPageEvents();
    const buffer = createBuffer(16_000);
    for (let n = 0; n < 1000; n++) buffer.add(events.open());
    const told = tellAll(buffer, START, 1e9);
    expect(told.filter(({ how }) => how === "gap").length).toBeGreaterThan(800);
    expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1));
  });

  it("puts one gap in the place of what it had to let go, with its count and its bytes", () => {
    const buffer = createBuffer(1000);
    fill(buffer, 10);

    const portion = buffer.after(START, 1e9);
    expect(portion?.message).toMatchObject({ kind: "folded", upTo: 7, seqs: [7] });
    expect(eventsOf(portion)).toEqual([
      expect.objectContaining({ type: "gap", events: 7, bytes: 7 * 172, why: expect.stringMatching(/\.$/) }),
    ]);
    expect(portion?.standing).toEqual({ seq: 7, bytes: 7 * 172 });
    expect(eventsOf(buffer.after({ seq: 7, bytes: 7 * 172 }, 1e9))).toHaveLength(3);
  });

  it("counts only what the asker does not hold already", () => {
    const buffer = createBuffer(1000);
    fill(buffer, 10);

    expect(eventsOf(buffer.after({ seq: 5, bytes: 5 * 172 }, 1e9))).toEqual([
      expect.objectContaining({ type: "gap", events: 2, bytes: 2 * 172 }),
    ]);
  });

  it("keeps, of what had to go, what tells whose the rest is", () => {
    const events = createPageEvents();
    const buffer = createBuffer(16_000);
    const join = events.out('["3","3","room:1","phx_join",{}]');
    const reply = events.in('["3","3","room:1","phx_reply",{"status":"ok","response":{}}]');
    const early = [events.page("load"), events.socket(), events.open(), join, reply];
    for (const event of early) buffer.add(event);
    buffer.add(events.out('["3","4","room:1","shout",{}]'));
    fill(buffer, 100);

    const portion = buffer.after(START, 1e9);
    const { seq, bytes } = portion?.standing ?? START;
    expect(portion?.message).toEqual({
      kind: "folded",
      upTo: seq,
      seqs: [1, 2, 3, 4, 5, seq],
      events: [...early, expect.objectContaining({ type: "gap", events: seq - 5 })],
    });
    const kept = accountedBytesOf([join, reply]);
    expect(eventsOf(portion).at(-1)).toMatchObject({ bytes: bytes - kept });
    expect(eventsOf(buffer.after({ seq: 4, bytes: 0 }, 1e9))).toMatchObject([reply, { type: "gap" }]);
  });

  it("always keeps the newest event, however large", () => {
    const events = createPageEvents();
    const buffer = createBuffer(1000);
    buffer.add(events.in("a"));
    buffer.add(events.in("x".repeat(100_000)));

    expect(eventsOf(buffer.after({ seq: 1, bytes: 1 }, 1e9))).toEqual([
      expect.objectContaining({ data: "x".repeat(100_000) }),
    ]);
  });

  it("counts what an event carries beside frames, too", () => {
    const events = createPageEvents();
    const buffer = createBuffer(10_000);
    for (let n = 0; n < 10; n++) buffer.add(events.page("load", "x".repeat(5_000)));

    expect(eventsOf(buffer.after(START, 1e9))).toEqual([expect.objectContaining({ type: "gap", events: 9 })]);
  });

  it("has nothing once it was cleared, and says so", () => {
    const buffer = createBuffer(10_000);
    fill(buffer, 3);
    buffer.clear();
    expect(eventsOf(buffer.after(START, 1e9))).toEqual([expect.objectContaining({ type: "gap", events: 3 })]);
  });
});

describe("what a host has stored", () => {
  it("stays while there is room, and goes above the high-water mark, so that nothing else does", () => {
    const buffer = createBuffer(4000);
    fill(buffer, 10);
    buffer.noteStored(10);
    expect(eventsOf(buffer.after(START, 1e9))).toHaveLength(10);

    fill(buffer, 10);
    expect(eventsOf(buffer.after(START, 1e9))).toEqual([expect.objectContaining({ events: 10 })]);
    expect(eventsOf(buffer.after({ seq: 10, bytes: 10 * 172 }, 1e9))).toHaveLength(10);
  });

  it("is not trusted any more when a host comes that holds less", () => {
    const buffer = createBuffer(8000);
    fill(buffer, 20);
    buffer.noteStored(20);
    buffer.noteResumed(4);
    fill(buffer, 6);
    expect(eventsOf(buffer.after({ seq: 4, bytes: 0 }, 1e9))).toHaveLength(22);
  });
});

describe("folding the oldest part of a buffer", () => {
  it("is not wanted below the high-water mark", () => {
    const buffer = createBuffer(16_000);
    fill(buffer, 40);
    expect([buffer.isCrowded(), buffer.startFolding()]).toEqual([false, null]);
  });

  it("takes the oldest, and puts what they became in their place", () => {
    const buffer = createBuffer(16_000);
    fill(buffer, 41);
    const part = buffer.startFolding();
    if (part === null) throw new Error("It is crowded.");
    expect(part.seqs).toEqual(part.events.map((_, at) => at + 1));
    const base = createPageEvents().base("{}");
    const kept = part.events[0];
    expect(buffer.finishFolding(part, { seqs: [1, part.upTo], events: [kept, base] })).toBe(true);

    const portion = buffer.after(START, 1e9);
    expect(portion?.message).toEqual({
      kind: "folded",
      upTo: part.upTo,
      seqs: [1, part.upTo],
      events: [kept, base],
    });
    expect(portion?.standing).toEqual({ seq: part.upTo, bytes: part.upTo * 172 });
    expect(eventsOf(buffer.after({ seq: 1, bytes: 172 }, 1e9))).toEqual([base]);
    expect(buffer.after({ seq: part.upTo, bytes: part.upTo * 172 }, 1e9)?.message).toMatchObject({
      first: part.upTo + 1,
    });
  });

  it("takes what was folded before again, and as much anew", () => {
    const buffer = createBuffer(16_000);
    fill(buffer, 41);
    foldOldest(buffer);
    const first = buffer.after(START, 1e9);
    while (!buffer.isCrowded()) fill(buffer, 1);
    const part = buffer.startFolding();
    expect(part?.events.slice(0, eventsOf(first).length)).toEqual(eventsOf(first));
    expect(part?.upTo).toBeGreaterThan(first?.standing.seq ?? 0);
  });

  it("takes a gap that stands for what could not be folded, in the place of the event whose number it has", () => {
    const buffer = createBuffer(16_000);
    fill(buffer, 41);
    const part = buffer.startFolding();
    if (part === null) throw new Error("It is crowded.");
    const gap: PageEvent = { type: "gap", at: 1, events: 3, bytes: 30, why: "There was no room." };
    const newest = part.events.at(-1);
    expect(buffer.finishFolding(part, { seqs: [2, part.upTo], events: [gap, newest] })).toBe(true);
    expect(eventsOf(buffer.after(START, 1e9))).toEqual([gap, newest]);
  });

  const base = createPageEvents().base("{}");
  it.each([
    ["no answer", () => null],
    ["no list", () => ({ seqs: [1], events: base })],
    ["a number beyond the part", (upTo: number) => ({ seqs: [upTo + 1], events: [base] })],
    ["numbers that fall", () => ({ seqs: [2, 1], events: [base, base] })],
    ["an event that is none of the part's", () => ({ seqs: [0], events: [base] })],
    ["an event twice", () => ({ seqs: [1, 1], events: [{}, {}] })],
    ["a base that is none", () => ({ seqs: [0], events: [{ ...base, at: "now" }] })],
    [
      "more than there was",
      (upTo: number) => ({ seqs: [upTo], events: [{ ...base, text: "x".repeat(10_000) }] }),
    ],
  ])("leaves things as they are where it gives %s", (_, answer: (upTo: number) => unknown) => {
    const buffer = createBuffer(16_000);
    fill(buffer, 41);
    const before = tellAll(buffer, START, 1e9);
    const part = buffer.startFolding();
    if (part === null) throw new Error("It is crowded.");
    expect(buffer.finishFolding(part, answer(part.upTo))).toBe(false);
    expect(tellAll(buffer, START, 1e9)).toEqual(before);
  });

  it("comes to nothing where the part had to go meanwhile", () => {
    const buffer = createBuffer(16_000);
    fill(buffer, 41);
    const part = buffer.startFolding();
    if (part === null) throw new Error("It is crowded.");
    fill(buffer, 20);
    expect(buffer.finishFolding(part, { seqs: [part.upTo], events: [base] })).toBe(false);
    expect(eventsOf(buffer.after(START, 1e9))).toMatchObject([{ type: "gap" }]);
  });

  it("tells how many events went with what they were folded into", () => {
    const buffer = createBuffer(16_000);
    fill(buffer, 41);
    foldOldest(buffer);
    fill(buffer, 100);
    const portion = buffer.after(START, 1e9);
    const gone = portion?.standing.seq ?? 0;
    const left = buffer.after({ seq: gone, bytes: gone * 172 }, 1e9);
    expect(gone + eventsOf(left).length).toBe(141);
    expect(eventsOf(portion)).toEqual([
      expect.objectContaining({ type: "gap", events: gone, bytes: gone * 172 }),
    ]);
  });
});

type Step =
  | { readonly kind: "add"; readonly size: number }
  | { readonly kind: "run"; readonly sizes: readonly number[] }
  | { readonly kind: "landmark" }
  | { readonly kind: "stored" | "ask"; readonly share: number }
  | { readonly kind: "start" }
  | { readonly kind: "finish"; readonly keepEach: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("add" as const), size: fc.integer({ min: 0, max: 300 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("run" as const),
      sizes: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 }),
    }),
  },
  fc.record({ kind: fc.constant("landmark" as const) }),
  fc.record({
    kind: fc.constantFrom("stored" as const, "ask" as const),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant("start" as const) }),
  fc.record({ kind: fc.constant("finish" as const), keepEach: fc.integer({ min: 1, max: 5 }) }),
);

describe("the law of the buffer", () => {
  it(`accounts for every event once, whatever is added, stored, folded and asked (seed ${SEED})`, () => {
    let folds = 0;
    let gaps = 0;
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 200, size: "max" }),
        fc.integer({ min: 1, max: 3000 }),
        (steps, runBytes) => {
          const events = createPageEvents();
          const buffer = createBuffer(8000);
          const sizes: number[] = [];
          let part: ReturnType<Buffer["startFolding"]> = null;
          let storedUpTo = 0;

          const check = (seq: number): void => {
            const bytes = sum(sizes.slice(0, seq));
            const told: readonly Told[] = tellAll(buffer, { seq, bytes }, runBytes);
            expect(told.map((one) => one.seq)).toEqual(sizes.slice(seq).map((_, at) => seq + 1 + at));
            const missing = told.filter(({ how }) => how === "gap");
            const missed = missing.map((one) => sizes[one.seq - 1] ?? 0);
            expect(sum(missing.map(({ size }) => size))).toBe(sum(missed));
            for (const one of told) if (one.how === "event") expect(one.size).toBe(sizes[one.seq - 1]);
            gaps += missing.length;
          };

          for (const step of steps) {
            switch (step.kind) {
              case "add":
                sizes.push(step.size);
                buffer.add(events.in("x".repeat(step.size)));
                break;
              case "run":
                sizes.push(...step.sizes);
                buffer.add(toRun(step.sizes.map((size) => events.in("x".repeat(size)))));
                break;
              case "landmark":
                sizes.push(0);
                buffer.add(events.open());
                break;
              case "stored":
                storedUpTo = Math.max(storedUpTo, sizes.length - Math.floor(step.share * 30));
                buffer.noteStored(storedUpTo);
                break;
              case "ask":
                check(Math.floor(step.share * sizes.length));
                break;
              case "start":
                part = buffer.startFolding() ?? part;
                break;
              case "finish":
                if (part !== null && buffer.finishFolding(part, foldNumbers(part, step.keepEach))) folds++;
                part = null;
            }
          }
          check(0);
        },
      ),
      { seed: SEED, numRuns: lawRuns() },
    );
    // The law says nothing where nothing was folded and nothing had to go.
    expect(Math.min(folds, gaps)).toBeGreaterThan(100);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
