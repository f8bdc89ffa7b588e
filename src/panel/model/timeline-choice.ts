import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { EntryView, TimelineLine, TimelineView } from "../../bridge/timeline-view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { rowAt } from "./row-window";
import { choiceOf, type TimelineFilter } from "./timeline-filter";
import { locateEntry } from "./timeline-locate";
import { createUnfolding, type UnfoldingModel } from "./unfolding";
import { createWatch } from "./watch";

/** The chosen entry of the timeline, and what there is to know about its event. */
export type TimelineSelection = {
  readonly chosen: ReadonlySignal<ChosenEntry | null>;
  /** The row that has the keyboard and is to be in view: the chosen one, or one that is chosen when it comes. */
  readonly row: ReadonlySignal<number | null>;
  readonly select: (chosen: ChosenEntry | null) => void;
  /** Chooses the first entry of an event, and shows its row even if the filter would not. */
  readonly jump: (seq: number) => void;
  /** Moves the choice to a row that may not have come yet. */
  readonly moveTo: (row: number) => void;
  /** Looks for the chosen entry's row again: the list is another one. */
  readonly relocate: () => void;
  /** The chosen event; null until it has come. */
  readonly entry: ReadonlySignal<EntryView | null>;
  readonly unfolding: UnfoldingModel;
};

/** `place` and `row` are null while only the event is known. */
export type ChosenEntry = {
  readonly seq: number;
  readonly place: number | null;
  readonly row: number | null;
};

type List = {
  readonly window: ReadonlySignal<TimelineView | null>;
  readonly filter: ReadonlySignal<TimelineFilter>;
  /** Shows everything, where an event is to be shown that the filter leaves out. */
  readonly showAll: () => void;
  readonly isShown: ReadonlySignal<boolean>;
  /** Told when a person chooses an entry: its row, or null where that is not known yet. */
  readonly onChoose: (row: number | null) => void;
};

export function isChosen(chosen: ChosenEntry | null, line: TimelineLine): boolean {
  if (chosen === null || line.seq !== chosen.seq) return false;
  return chosen.place === null || chosen.place === line.place;
}

export function createTimelineSelection(link: Link, list: List, lifetime: AbortSignal): TimelineSelection {
  const chosen = signal<ChosenEntry | null>(null);
  const awaited = signal<number | null>(null);
  const unfolding = createUnfolding();
  let stopLocating: (() => void) | null = null;
  /** Looks for the chosen entry anew, where that was not answered while the list was shown. */
  let resume: (() => void) | null = null;
  /** Whether the window that is here is known to be of the list in which the chosen row was found. */
  let isSure = true;

  function choose(next: ChosenEntry | null, isInWindow = true): void {
    stopLocating?.();
    resume = null;
    isSure = isInWindow;
    awaited.value = null;
    if (next?.seq !== chosen.peek()?.seq) unfolding.reset();
    chosen.value = next;
  }

  function locate(seq: number, onAbsent: () => void): void {
    stopLocating?.();
    resume = () => locate(seq, onAbsent);
    if (!list.isShown.peek()) return;
    stopLocating = locateEntry(link, seq, choiceOf(list.filter.peek()), (row) => {
      resume = null;
      if (row === null) return onAbsent();
      isSure = false;
      chosen.value = { seq, place: chosen.peek()?.place ?? null, row };
    });
  }

  effectUntil(lifetime, () => {
    if (list.isShown.value) untracked(() => resume?.());
    else stopLocating?.();
  });

  // A row that was asked for by its number is chosen when it comes.
  effectUntil(lifetime, () => {
    const row = awaited.value;
    const line = row === null ? undefined : rowAt(list.window.value, row);
    if (row !== null && line !== undefined) {
      untracked(() => choose({ seq: line.seq, place: line.place, row }));
    }
  });

  // Of what is only half known, the window tells the rest when it comes.
  effectUntil(lifetime, () => {
    const [now, view] = [chosen.value, list.window.value];
    if (now === null || view === null) return;
    const line = now.row === null ? undefined : rowAt(view, now.row);
    if (line?.seq === now.seq) isSure = true;
    const whole = isSure ? complete(now, view, line) : null;
    if (whole !== null) chosen.value = whole;
  });

  lifetime.addEventListener("abort", () => stopLocating?.(), { once: true });

  return {
    row: computed(() => awaited.value ?? chosen.value?.row ?? null),
    ...{ chosen, unfolding, entry: watchEntry(link, chosen, list.isShown, lifetime) },
    select(next) {
      if (next !== null) list.onChoose(next.row);
      choose(next);
      if (next?.row === null) locate(next.seq, () => undefined);
    },
    jump(seq) {
      list.onChoose(null);
      choose({ seq, place: null, row: null });
      locate(seq, () => {
        list.showAll();
        locate(seq, () => undefined);
      });
    },
    moveTo(row) {
      list.onChoose(row);
      awaited.value = row;
    },
    relocate() {
      const now = chosen.peek();
      if (now === null) return;
      choose({ ...now, row: null }, false);
      locate(now.seq, () => undefined);
    },
  };
}

/**
 * The chosen entry with its place, known by its row, or with the row that it has now, known by its place: rows move as
 * older entries are found, or let go. Null: nothing is new.
 */
function complete(
  { seq, place, row }: ChosenEntry,
  { from, rows }: TimelineView,
  line: TimelineLine | undefined,
): ChosenEntry | null {
  if (place === null) return line?.seq === seq ? { seq, row, place: line.place } : null;
  if (line?.place === place) return null;
  const index = rows.findIndex((other) => other.place === place);
  return index === -1 ? null : { seq, place, row: from + index };
}

function watchEntry(
  link: Link,
  chosen: ReadonlySignal<ChosenEntry | null>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): ReadonlySignal<EntryView | null> {
  const watch = createWatch(link, "entry", lifetime);
  const seq = computed(() => chosen.value?.seq ?? null);
  effectUntil(lifetime, () => {
    const now = seq.value;
    if (!isShown.value) watch.rest();
    else watch.ask(now === null ? null : { kind: "entry", seq: now });
  });
  return computed(() => {
    const view = watch.view.value;
    return view !== null && view.seq === seq.value ? view : null;
  });
}
