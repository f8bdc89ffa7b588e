import type { Beat, ConnectionLifeView } from "../../bridge/life-view";

/** A part of a bar over time, in percent of its width. */
export type Part<Item> = { readonly item: Item; readonly left: number; readonly width: number };

/** Where spans of time stand between the first and the last of them. Times of a session may go back: none is negative. */
export function partsOf<Item extends { readonly from_t: number; readonly to_t: number }>(
  spans: readonly Item[],
  { from_t, to_t }: Pick<ConnectionLifeView, "from_t" | "to_t">,
): readonly Part<Item>[] {
  return spans.map((item) => {
    const left = share(item.from_t, from_t, to_t);
    return { item, left, width: Math.max(0, share(item.to_t, from_t, to_t) - left) };
  });
}

/** A beat as a point of a plot; `y` is null where no answer came. */
export type Point = { readonly beat: Beat; readonly x: number; readonly y: number | null };

/** Points of a plot of this size in pixels: time from left to right, the longest round trip at the top. */
export function pointsOf(
  beats: readonly Beat[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly Point[] {
  const from_t = beats[0]?.t ?? 0;
  const to_t = beats.at(-1)?.t ?? 0;
  const longest = Math.max(1, ...beats.map(({ rtt_ms }) => rtt_ms ?? 0));
  return beats.map((beat) => ({
    beat,
    x: (share(beat.t, from_t, to_t) / 100) * width,
    y: beat.rtt_ms === null ? null : height - (beat.rtt_ms / longest) * height,
  }));
}

/** The line through the points as the path of an SVG. It breaks where an answer is missing. */
export function linePath(points: readonly Point[]): string {
  let isDrawn = false;
  return points
    .map(({ x, y }) => {
      if (y === null) {
        isDrawn = false;
        return "";
      }
      const step = `${isDrawn ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDrawn = true;
      return step;
    })
    .join("");
}

/** The place of the point that is nearest to `x`; null where there is none. */
export function nearestPoint(points: readonly Point[], x: number): number | null {
  let nearest: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, point] of points.entries()) {
    const distance = Math.abs(point.x - x);
    if (distance >= least) continue;
    least = distance;
    nearest = place;
  }
  return nearest;
}

/** Where a time stands between two others, in percent. */
function share(t: number, from_t: number, to_t: number): number {
  if (to_t <= from_t) return 0;
  return Math.max(0, Math.min(100, ((t - from_t) / (to_t - from_t)) * 100));
}
