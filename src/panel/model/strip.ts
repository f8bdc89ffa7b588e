import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { MAX_BUCKETS, type RatesView } from "../../bridge/timeline-view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { clampRange, panRange, type TimeRange, zoomRange } from "./timeline-range";
import { createWatch } from "./watch";

/** The chart of how much happened when. */
export type Strip = {
  /** Null before the first. */
  readonly view: ReadonlySignal<RatesView | null>;
  /** What is shown of the session now, whether all of it or not. */
  readonly range: ReadonlySignal<TimeRange>;
  readonly isZoomed: ReadonlySignal<boolean>;
  /** Tells how wide the chart is, in CSS pixels. */
  readonly resize: (width: number) => void;
  /** @param at what stays where it is, as a share of the range */
  readonly zoom: (factor: number, at: number) => void;
  /** @param share of the range, to the left where it is negative */
  readonly pan: (share: number) => void;
  readonly show: (range: TimeRange) => void;
  /** Shows the whole session, and what comes. */
  readonly reset: () => void;
};

/** CSS pixels of one bucket. */
const BUCKET_WIDTH = 5;
/** Buckets are asked for in steps, so that a pane that is made wider asks anew now and then only. */
const BUCKET_STEP = 20;

export function createStrip(link: Link, isShown: ReadonlySignal<boolean>, lifetime: AbortSignal): Strip {
  const rates = createWatch(link, "rates", lifetime);
  /** Null: the whole session. */
  const chosen = signal<TimeRange | null>(null);
  const buckets = signal(BUCKET_STEP);
  const first = computed(() => rates.view.value?.first_t ?? 0);

  effectUntil(lifetime, () => {
    const range = chosen.value;
    const [from_t, to_t] = range === null ? ([first.value, "end"] as const) : [range.from, range.to];
    if (isShown.value) rates.ask({ kind: "rates", from_t, to_t, buckets: buckets.value });
    else rates.rest();
  });

  function bounds(): TimeRange {
    const view = rates.view.peek();
    return { from: view?.first_t ?? 0, to: view?.newest_t ?? 0 };
  }

  function range(): TimeRange {
    return chosen.peek() ?? bounds();
  }

  function show(next: TimeRange): void {
    const whole = bounds();
    const { from, to } = clampRange(next, whole);
    chosen.value = from <= whole.from && to >= whole.to ? null : { from, to };
  }

  return {
    view: rates.view,
    range: computed(() => {
      const view = rates.view.value;
      return chosen.value ?? { from: view?.first_t ?? 0, to: view?.newest_t ?? 0 };
    }),
    isZoomed: computed(() => chosen.value !== null),
    resize(width) {
      const wanted = Math.ceil(width / BUCKET_WIDTH / BUCKET_STEP) * BUCKET_STEP;
      buckets.value = Math.min(Math.max(wanted, BUCKET_STEP), MAX_BUCKETS);
    },
    zoom: (factor, at) => show(zoomRange(range(), bounds(), factor, at)),
    pan: (share) => show(panRange(range(), bounds(), share)),
    show,
    reset() {
      chosen.value = null;
    },
  };
}
