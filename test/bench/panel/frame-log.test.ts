import { describe, expect, it } from "vitest";
import { costOfFrames } from "./frame-log";

describe("the frames of a page", () => {
  it("are as many a second as came, and those that stall are counted", () => {
    const times = [100, 116, 132, 200, 250, 266];
    expect(costOfFrames(times)).toEqual({ perSecond: 5_000 / 166, worst: 68, p95: 68, stalls: 1 });
  });

  it("cannot be told from one frame", () => {
    expect(() => costOfFrames([100])).toThrow("No frames");
  });
});
