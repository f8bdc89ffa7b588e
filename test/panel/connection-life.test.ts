import { describe, expect, it } from "vitest";
import english from "../../_locales/en/messages.json";
import { isFinal, meaningOf } from "../../src/panel/model/close-code";
import { linePath, nearestPoint, partsOf, pointsOf } from "../../src/panel/model/life-chart";
import { lifeLines } from "../../src/panel/model/life-line";
import { measureRoundTrips } from "../../src/panel/model/round-trips";

const beat = (t: number, rtt_ms: number | null) => ({ seq: t, t, rtt_ms });

describe("what a close code means", () => {
  it("is told for each, in words", () => {
    const names = new Set(Object.keys(english));
    const codes = Array.from({ length: 5_100 }, (_, code) => code);
    expect(codes.filter((code) => !names.has(`connection_code_${meaningOf(code)}`))).toEqual([]);
  });

  it("depends on who owns it", () => {
    expect([1006, 1016, 3410, 3999, 4001, 0].map(meaningOf)).toEqual([
      ...([1006, "unknown", 3410, "library", "app", "unknown"] as const),
    ]);
  });

  it("says whether a client comes back", () => {
    expect([1000, 1001, 1005, 1006, 1012].map(isFinal)).toEqual([true, false, true, false, false]);
  });
});

describe("the round trips of heartbeats", () => {
  it("are measured by nearest rank", () => {
    const beats = Array.from({ length: 100 }, (_, nth) => beat(nth, nth + 1));
    expect(measureRoundTrips(beats, 100)).toEqual({ p50: 50, p95: 95, max: 100, missing: 0 });
    expect(measureRoundTrips([beat(0, 7)], 0)).toMatchObject({ p50: 7, p95: 7, max: 7 });
    expect(measureRoundTrips([], 0)).toEqual({ p50: null, p95: null, max: null, missing: 0 });
  });

  it("are missing once a client would have given up on them", () => {
    expect(measureRoundTrips([beat(0, null), beat(30_000, null)], 30_001).missing).toBe(1);
  });

  it("are points over time, the longest at the top, and a line that breaks where one is missing", () => {
    const beats = [beat(0, 10), beat(50, 5), beat(75, null), beat(100, 10)];
    const points = pointsOf(beats, { width: 200, height: 40 });
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [100, 20],
      [150, null],
      [200, 0],
    ]);
    expect(linePath(points)).toBe("M0.0 0.0L100.0 20.0M200.0 0.0");
    expect([nearestPoint(points, 120), nearestPoint(points, 1e9), nearestPoint([], 1)]).toEqual([1, 3, null]);
  });
});

describe("the statuses of a connection", () => {
  it("are parts of a bar", () => {
    const spans = [
      { from_t: 100, to_t: 150 },
      { from_t: 150, to_t: 300 },
    ];
    expect(partsOf(spans, { from_t: 100, to_t: 300 }).map(({ left, width }) => [left, width])).toEqual([
      [0, 25],
      [25, 75],
    ]);
  });

  it("have a place in the bar even where time stood still, or went back", () => {
    const spans = [{ from_t: 5, to_t: 3 }];
    expect(partsOf(spans, { from_t: 5, to_t: 5 })[0]).toMatchObject({ left: 0, width: 0 });
    expect(partsOf(spans, { from_t: 0, to_t: 10 })[0]).toMatchObject({ left: 50, width: 0 });
  });
});

describe("the attempts and closes of a connection", () => {
  it("stand in one list, newest first", () => {
    const attempt = (seq: number) => ({ seq, t: 0, socket: seq, nth: 1, delay_ms: null, open_ms: null });
    const close = (seq: number) => ({ seq, t: 0, socket: 1, code: 1006, reason: "", clean: false });
    const lines = lifeLines({
      ...{ kind: "connection", id: 1, from_t: 0, to_t: 0, spans: [], beats: [], beats_total: 0 },
      ...{ attempts: [attempt(1), attempt(5)], attempts_total: 2, closes: [close(3)], closes_total: 1 },
    });
    expect(lines.map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(["attempt 5", "close 3", "attempt 1"]);
  });
});
