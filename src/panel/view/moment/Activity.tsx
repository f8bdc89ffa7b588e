import { useMemo } from "preact/hooks";
import type { RatesView } from "../../../bridge/timeline-view";
import { barHeights, barsPath, marksPath, placeOf } from "../../model/track";

/** As high as the track is drawn inside, in units of its own: it is stretched to its place. */
const HEIGHT = 20;
const MARK_HEIGHT = 7;

/** What happened when, behind the thumb: how much, and where something went wrong or is missing. */
export function Activity({ rates }: { readonly rates: RatesView }) {
  const { width, bars, marksOf } = useMemo(() => draw(rates), [rates]);
  return (
    <svg
      class="activity"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-activity={width}
    >
      <path class="activity-bars" d={bars} />
      <path class="activity-mark activity-page" d={marksOf.page} />
      <path class="activity-mark activity-gap" d={marksOf.gap} />
      <path class="activity-mark activity-problem" d={marksOf.problem} />
    </svg>
  );
}

function draw(rates: RatesView) {
  const heights = barHeights(rates.kinds);
  const width = Math.max(1, heights.length);
  const placesOf = (...kinds: readonly string[]): readonly number[] =>
    rates.marks.filter(({ kind }) => kinds.includes(kind)).map(({ t }) => placeOf(rates, t) * width);
  return {
    ...{ width, bars: barsPath(heights, HEIGHT) },
    marksOf: {
      page: marksPath(placesOf("page", "mark"), 0, HEIGHT),
      // However many there are, the bars are still to be seen.
      gap: marksPath(placesOf("gap"), HEIGHT - MARK_HEIGHT, HEIGHT),
      problem: marksPath(placesOf("problem"), 0, MARK_HEIGHT),
    },
  };
}
