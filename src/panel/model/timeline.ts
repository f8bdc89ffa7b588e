import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { RootKey } from "../../bridge/root-key";
import type { TimelineView } from "../../bridge/timeline-view";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { onOtherSession } from "./other-session";
import { askedRows, isWithin, type RowRange } from "./row-window";
import { createSeenRows } from "./seen-rows";
import type { Selection } from "./store-key";
import { createStrip, type Strip } from "./strip";
import { addTimelineActions } from "./timeline-actions";
import { createTimelineSelection, type TimelineSelection } from "./timeline-choice";
import { choiceOf, EVERYTHING, FIRST_FILTER, readFilter, type TimelineFilter } from "./timeline-filter";
import { locateTime, rowBelow } from "./timeline-locate";
import type { TimeRange } from "./timeline-range";
import { createWatch } from "./watch";

/** What happened, entry by entry, of which only a window is here; the chosen entry; and how much happened when. */
export type Timeline = {
  readonly filter: ReadonlySignal<TimelineFilter>;
  /** Chooses another filter, and keeps it for the next time. */
  readonly setFilter: (filter: TimelineFilter) => void;
  readonly clearFilter: () => void;
  /** The store that is chosen among the stores, which a person may want to see the entries of. */
  readonly offered: ReadonlySignal<OfferedStore | null>;
  /** The window that came last; null before the first. */
  readonly window: ReadonlySignal<TimelineView | null>;
  /** Whether the list stays at its newest row. */
  readonly following: ReadonlySignal<boolean>;
  readonly follow: (following: boolean) => void;
  /** Tells which rows are seen. */
  readonly see: (seen: RowRange) => void;
  /** The row that is to be in view. */
  readonly revealed: ReadonlySignal<number | null>;
  readonly choice: TimelineSelection;
  readonly strip: Strip;
  /** Shows a part of the time in the chart, and the list from its beginning. */
  readonly showRange: (range: TimeRange) => void;
  /** Scrolls the list to the first entry that is not from before `t` milliseconds. */
  readonly showTime: (t: number) => void;
};

export type OfferedStore = { readonly root: RootKey; readonly store_id: readonly string[] };

/** Under which the filter is kept. */
const KEPT = "timeline.filter";

/** @param selection what is chosen among the stores */
export function createTimeline(
  deps: Deps,
  selection: ReadonlySignal<Selection | null>,
  isShown: ReadonlySignal<boolean>,
): Timeline {
  const { link, overview, memory, lifetime } = deps;
  const filter = signal(readFilter(memory.read(KEPT)));
  const following = signal(true);
  const { seen, see } = createSeenRows();
  const revealed = signal<number | null>(null);
  const rows = createWatch(link, "timeline", lifetime);
  const showAll = (): void => {
    filter.value = EVERYTHING;
  };
  const list = { window: rows.view, filter, showAll, isShown, onChoose };
  const choice = createTimelineSelection(link, list, lifetime);
  const strip = createStrip(link, isShown, lifetime);
  let stopLocating: (() => void) | null = null;
  let lastRow: number | null = null;
  /** The row that the chosen entry turns out to have is to be shown. */
  let isAwaited = false;

  effectUntil(lifetime, () => {
    const { first, count } = askedRows(seen.value);
    const window = { from: following.value ? ("end" as const) : first, count };
    if (isShown.value)
      rows.ask({ kind: "timeline", choice: choiceOf(filter.value), locate: null, ...window });
    else rows.rest();
  });

  onOtherSession(overview, lifetime, () => {
    following.value = true;
    stopLocating?.();
    revealed.value = null;
    choice.select(null);
    strip.reset();
  });

  // Where rows move, as older ones are found or let go, the list goes along with the chosen one while that is seen.
  effectUntil(lifetime, () => {
    const [row, before] = [choice.row.value, lastRow];
    lastRow = row;
    if (row === null) return;
    const isSeen = !following.peek() && before !== null && isWithin(before, seen.peek());
    if (isAwaited || isSeen) revealed.value = row;
    isAwaited = false;
  });

  lifetime.addEventListener("abort", () => stopLocating?.(), { once: true });

  /** Who looks at one entry does not want it to move away. */
  function onChoose(row: number | null): void {
    following.value = false;
    stopLocating?.();
    isAwaited = row === null;
    revealed.value = row;
  }

  function setFilter(next: TimelineFilter): void {
    filter.value = next;
    memory.write(KEPT, next);
    revealed.value = null;
    isAwaited = !following.peek();
    choice.relocate();
  }

  function showTime(t: number): void {
    stopLocating?.();
    const total = rows.view.peek()?.total ?? 0;
    if (total === 0) return;
    following.value = false;
    const list = { choice: choiceOf(filter.peek()), total };
    stopLocating = locateTime(link, t, list, (row) => {
      revealed.value = rowBelow(row, seen.peek(), total);
    });
  }

  const timeline: Timeline = {
    ...{ filter, setFilter, following, choice, strip, showTime, revealed, window: rows.view },
    clearFilter: () => setFilter(FIRST_FILTER),
    offered: computed(() => (selection.value?.kind === "store" ? selection.value : null)),
    follow(on) {
      following.value = on;
    },
    see,
    showRange(range) {
      strip.show(range);
      showTime(range.from);
    },
  };
  addTimelineActions(deps, timeline, isShown);
  return timeline;
}
