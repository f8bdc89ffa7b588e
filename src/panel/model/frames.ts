import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { OverviewView, RowFilter, RowsView } from "../../bridge/view";
import { createFrameChoice, type FrameChoice } from "./frame-choice";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { askedRows, FIRST_ROWS, type RowRange } from "./row-window";
import { createWatch } from "./watch";

/** The list of everything that happened, of which only a window is here, and the chosen line of it. */
export type Frames = {
  readonly filter: ReadonlySignal<RowFilter>;
  readonly setFilter: (filter: RowFilter) => void;
  /** The window that came last; null before the first. */
  readonly window: ReadonlySignal<RowsView | null>;
  /** Whether the list stays at its newest row. */
  readonly following: ReadonlySignal<boolean>;
  readonly follow: (following: boolean) => void;
  /** Tells which rows are seen. */
  readonly see: (seen: RowRange) => void;
  readonly choice: FrameChoice;
};

export function createFrames(
  link: Link,
  overview: ReadonlySignal<OverviewView | null>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): Frames {
  const filter = signal<RowFilter>({ text: "", heartbeats: false });
  const following = signal(true);
  const seen = signal(FIRST_ROWS);
  const rows = createWatch(link, "rows", lifetime);
  const choice = createFrameChoice(link, { window: rows.view, filter, isShown }, lifetime);
  const session = computed(() => overview.value?.session.id ?? null);
  let lastSession: string | null = null;

  effectUntil(lifetime, () => {
    const { first, count } = askedRows(seen.value);
    const from = following.value ? "end" : first;
    if (isShown.value) rows.ask({ kind: "rows", from, count, filter: filter.value });
    else rows.rest();
  });

  // Another session has other events under the same numbers.
  effectUntil(lifetime, () => {
    const now = session.value;
    if (now === null || now === lastSession) return;
    if (lastSession !== null) untracked(() => choice.select(null));
    lastSession = now;
    following.value = true;
  });

  // Who looks at one event does not want it to move away.
  effectUntil(lifetime, () => {
    if (choice.chosen.value !== null || choice.row.value !== null) following.value = false;
  });

  return {
    ...{ filter, following, choice, window: rows.view },
    setFilter(next) {
      filter.value = next;
      // The chosen event has another row now, or none.
      const chosen = choice.chosen.peek();
      if (chosen !== null) choice.select({ seq: chosen.seq, row: null });
    },
    follow: (on) => {
      following.value = on;
    },
    see(range) {
      const { first, count } = seen.peek();
      if (range.first !== first || range.count !== count) seen.value = range;
    },
  };
}
