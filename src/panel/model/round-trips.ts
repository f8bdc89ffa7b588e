import type { Beat } from "../../bridge/life-view";

/** How long the answers to heartbeats took, in milliseconds; null where none came. */
export type RoundTrips = {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
  /** Beats without an answer, but for one that may still get it. */
  readonly missing: number;
};

/** A client that gets no answer for so long closes the socket (wire.md 2.1). Milliseconds. */
const PATIENCE_MS = 30_000;

/** @param now the time of the session's newest event */
export function measureRoundTrips(beats: readonly Beat[], now: number): RoundTrips {
  const times = beats.flatMap(({ rtt_ms }) => rtt_ms ?? []).sort((a, b) => a - b);
  return {
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    max: times.at(-1) ?? null,
    missing: beats.filter((beat) => isMissing(beat, now)).length,
  };
}

/** Whether the answer to a beat will not come any more. */
export function isMissing({ t, rtt_ms }: Beat, now: number): boolean {
  return rtt_ms === null && now - t >= PATIENCE_MS;
}

/** The least of the times, in order, that so large a share of them does not exceed (nearest rank). */
function percentile(times: readonly number[], share: number): number | null {
  return times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? null;
}
