import { setTimeout as sleep } from "node:timers/promises";
import type { Surface } from "../../../src/cli/browser/driver";
import { quantile } from "../measure";
import type { Figure } from "../table";
import { describeFrames, type FrameCost, measureFrames } from "./frame-log";

/** What makes envelopes for a page. */
export type Source = {
  /** Makes so many envelopes a second from now on. */
  readonly start: (perSecond: number) => unknown;
  readonly stop: () => unknown;
  /** How many events there have been. */
  readonly made: () => Promise<number> | number;
};

/** A page under load: its frames, and by how many events what it showed was behind what had happened, at each look. */
export type Loaded = { readonly frames: FrameCost; readonly behind: readonly number[] };

const WARM_UP_MS = 2_000;
const LOOKS = { count: 40, everyMs: 250 } as const;

/** @param shown how many events the page shows */
export async function measureLoad(
  page: Pick<Surface, "evaluate">,
  source: Source,
  perSecond: number,
  shown: () => Promise<number>,
): Promise<Loaded> {
  const behind: number[] = [];
  await source.start(perSecond);
  await sleep(WARM_UP_MS);
  const frames = await measureFrames(page, async () => {
    for (let look = 0; look < LOOKS.count; look += 1) {
      await sleep(LOOKS.everyMs);
      const made = await source.made();
      behind.push(made - (await shown()));
    }
  });
  await source.stop();
  return { frames, behind };
}

/** Frames a second that look smooth, and the part of what comes that may be left lying each second. */
const TARGETS = { perSecond: 55, growth: 0.01 } as const;

/** @param name where what was shown while so many envelopes a second came */
export function loadFigures(name: string, perSecond: number, { frames, behind }: Loaded): readonly Figure[] {
  return [
    {
      name: `frames a second, ${name}`,
      value: frames.perSecond,
      unit: "/s",
      target: TARGETS.perSecond,
      bound: "least",
      medians: describeFrames(frames),
    },
    {
      name: "events a second by which the panel falls behind meanwhile",
      value: (slopeOf(behind) * 1_000) / LOOKS.everyMs,
      unit: "/s",
      target: perSecond * TARGETS.growth,
      medians: `median ${quantile(behind, 0.5)} behind, most ${Math.max(...behind)}, in the end ${behind.at(-1)}`,
    },
  ];
}

/** How much the values grow from one to the next, by the line that fits them best (least squares). */
export function slopeOf(values: readonly number[]): number {
  if (values.length < 2) throw new Error("A slope takes two values.");
  const middle = (values.length - 1) / 2;
  let [together, alone] = [0, 0];
  for (const [at, value] of values.entries()) {
    together += (at - middle) * value;
    alone += (at - middle) ** 2;
  }
  return together / alone;
}
