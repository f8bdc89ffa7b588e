import type { Surface } from "../../../src/cli/browser/driver";
import { quantile } from "../measure";

/** How even a page's frames came, in milliseconds from one to the next. */
export type FrameCost = {
  readonly perSecond: number;
  readonly worst: number;
  readonly p95: number;
  /** How many took longer than `STALL_MS`. */
  readonly stalls: number;
};

/** A frame that takes longer than this is seen to stall. */
export const STALL_MS = 50;

/** @param times when each frame was drawn, in milliseconds */
export function costOfFrames(times: readonly number[]): FrameCost {
  const deltas = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  const ms = deltas.reduce((sum, delta) => sum + delta, 0);
  if (ms === 0) throw new Error("No frames were drawn.");
  return {
    perSecond: (deltas.length * 1_000) / ms,
    worst: Math.max(...deltas),
    p95: quantile(deltas, 0.95),
    stalls: deltas.filter((delta) => delta > STALL_MS).length,
  };
}

/** What was measured, for the last column of the table. */
export function describeFrames({ perSecond, worst, p95, stalls }: FrameCost): string {
  return `${perSecond.toFixed(1)} frames/s, p95 ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms, ${stalls} over ${STALL_MS} ms`;
}

/** Notes the frames of a page while `act` runs, by the times that `requestAnimationFrame` gives. */
export async function measureFrames(
  { evaluate }: Pick<Surface, "evaluate">,
  act: () => Promise<unknown>,
): Promise<FrameCost> {
  await evaluate(startFrameLog);
  await act();
  return costOfFrames(await evaluate(stopFrameLog));
}

// The functions below run in the page.

declare global {
  var frameLog: { readonly stop: () => readonly number[] } | undefined;
}

function startFrameLog(): void {
  const times: number[] = [];
  const note = (time: number): void => {
    times.push(time);
    request = requestAnimationFrame(note);
  };
  let request = requestAnimationFrame(note);
  globalThis.frameLog = {
    stop() {
      cancelAnimationFrame(request);
      return times;
    },
  };
}

function stopFrameLog(): readonly number[] {
  if (globalThis.frameLog === undefined) throw new Error("No frames are being noted.");
  return globalThis.frameLog.stop();
}
