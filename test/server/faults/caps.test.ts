import { describe, expect, it } from "vitest";
import { ActiveFault } from "../../../src/server/faults/active-fault";
import { createFaults } from "../../../src/server/faults/faults";
import { Lane, MAX_WAITING } from "../../../src/server/faults/lane";
import { createRandom } from "../../../src/server/faults/random";
import { createFaultTime } from "./fault-time";

describe("what faults keep", () => {
  it("is bounded: a lane in which too much waits is emptied, and says so", () => {
    let overflows = 0;
    const { timers } = createFaultTime();
    const overflowed = () => {
      overflows += 1;
    };
    const lane = new Lane({ random: createRandom(1), timers, overflowed });
    const stall = new ActiveFault(1, 1, { kind: "stall" });
    const arrived: number[] = [];
    const push = (length: number) =>
      lane.push({ data: new Uint8Array(length), deliver: () => void arrived.push(length), waits: new Map() });
    lane.stall(stall);
    push(MAX_WAITING);
    expect(overflows).toBe(0);
    push(1);
    expect(overflows).toBe(1);
    push(2);
    lane.release(stall);
    expect(arrived).toEqual([2]);
  });

  it("is bounded: no more than a thousand faults", () => {
    const faults = createFaults({ timers: createFaultTime().timers });
    faults.attach({ connections: () => [] });
    for (let n = 0; n < 1_000; n += 1) expect(faults.inject("all", { kind: "delay", ms: 1 }).ok).toBe(true);
    const refusal = "There are 1000 faults already. Clear some before you inject more.";
    expect(faults.inject("all", { kind: "delay", ms: 1 })).toEqual({ ok: false, failure: refusal });
    expect(faults.clearAll()).toBe(1_000);
    expect(faults.inject("all", { kind: "delay", ms: 1 }).ok).toBe(true);
  });

  it("needs an endpoint", () => {
    expect(createFaults().inject("all", { kind: "stall" })).toEqual({
      ok: false,
      failure: "The faults are attached to no endpoint. Call their `attach`.",
    });
  });
});
