import { type ReadonlySignal, signal } from "@preact/signals";
import type { OverviewView, RowFilter, RowsView } from "../../bridge/view";
import { createFrameChoice, type FrameChoice } from "./frame-choice";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { onOtherSession } from "./other-session";
import { askedRows, type RowRange } from "./row-window";
import { createSeenRows } from "./seen-rows";
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
  const { seen, see } = createSeenRows();
  const rows = createWatch(link, "rows", lifetime);
  // Who looks at one event does not want it to move away.
  const onChoose = (): void => {
    following.value = false;
  };
  const choice = createFrameChoice(link, { window: rows.view, filter, isShown, onChoose }, lifetime);

  effectUntil(lifetime, () => {
    const { first, count } = askedRows(seen.value);
    const from = following.value ? "end" : first;
    if (isShown.value) rows.ask({ kind: "rows", from, count, filter: filter.value });
    else rows.rest();
  });

  onOtherSession(overview, lifetime, () => {
    choice.select(null);
    following.value = true;
  });

  return {
    ...{ filter, following, choice, window: rows.view },
    setFilter(next) {
      filter.value = next;
      choice.relocate();
    },
    follow: (on) => {
      following.value = on;
    },
    see,
  };
}
