import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameAt, framesOf, isFrameRun, laterFrames } from "../../src/bridge/frame-run";
import { isPageEvent } from "../../src/bridge/page-event";
import { toRun } from "../support/frame-runs";
import { lawRuns } from "../support/law-runs";

const SEED = 31;

const frames = fc
  .array(
    fc.record({
      later: fc.nat(10_000_000),
      socket: fc.integer({ min: 1, max: 5 }),
      type: fc.constantFrom("in" as const, "out" as const),
      data: fc.string({ unit: "binary", maxLength: 40 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all) => {
    const start = 1_700_000_000_000;
    const times = all.map(({ later }) => later).sort((one, other) => one - other);
    const first = times[0] ?? 0;
    return all.map(({ type, socket, data }, n) => ({
      type,
      at: start + ((times[n] ?? 0) - first) / 1000,
      socket,
      data,
    }));
  });

describe("a run of frames", () => {
  it(`is the frames that it was made of, whole, one by one and from any of them on (seed ${SEED})`, () => {
    fc.assert(
      fc.property(frames, fc.nat(29), (all, nth) => {
        const run = structuredClone(toRun(all));
        expect(isFrameRun(run)).toBe(true);
        expect(framesOf(run)).toEqual(all);
        expect(framesOf(run).every(isPageEvent)).toBe(true);
        const frame = nth % all.length;
        expect(frameAt(run, frame)).toEqual(all[frame]);
        expect(framesOf(laterFrames(run, frame))).toEqual(all.slice(frame));
        expect(isFrameRun(laterFrames(run, frame))).toBe(true);
      }),
      { seed: SEED, numRuns: lawRuns() },
    );
  });

  const run = toRun([
    { type: "out", at: 10, socket: 1, data: "ab" },
    { type: "in", at: 10.5, socket: 1, data: "c" },
  ]);
  it.each([
    ["nothing", null],
    ["no frames", { ...run, later: [], socket: [], sent: [], length: [], text: "" }],
    ["a column that is none", { ...run, sent: "yes" }],
    ["a column that is shorter", { ...run, socket: [1] }],
    ["texts of other lengths", { ...run, length: [2, 2] }],
    ["a length that is none", { ...run, length: [4, -1] }],
    ["a socket that is none", { ...run, socket: [1, 0] }],
    ["a way that is none", { ...run, sent: [true, "in"] }],
    ["a time before the first", { ...run, later: [0, -1] }],
    ["no time", { ...run, at: Number.NaN }],
    ["a field besides", { ...run, more: "x" }],
    ["too much text", { ...run, length: [2 ** 21, 0], text: "x".repeat(2 ** 21) }],
  ])("is not %s", (_, value) => {
    expect(isFrameRun(value)).toBe(false);
  });
});
