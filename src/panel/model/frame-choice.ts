import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { EventView, RowFilter, RowsView } from "../../bridge/view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { locateRow } from "./locate-row";
import { rowAt } from "./row-window";
import { createUnfolding, type UnfoldingModel } from "./unfolding";
import { createWatch } from "./watch";

/** The chosen line of the list of frames, and its event. */
export type FrameChoice = {
  readonly chosen: ReadonlySignal<Chosen | null>;
  /** The row that has the keyboard and is to be in view: the chosen one, or one that is chosen when it comes. */
  readonly row: ReadonlySignal<number | null>;
  readonly select: (chosen: Chosen | null) => void;
  /** Chooses an event by its `seq`, and shows its row even if the filter would not. */
  readonly jump: (seq: number) => void;
  /** Moves the choice to a row that may not have come yet. */
  readonly moveTo: (row: number) => void;
  /** Looks for the chosen event's row again: the list is another one. */
  readonly relocate: () => void;
  /** The chosen event; null until it has come. */
  readonly event: ReadonlySignal<EventView | null>;
  readonly unfolding: UnfoldingModel;
};

/** `row` is null while only the event is known. */
export type Chosen = { readonly seq: number; readonly row: number | null };

const EVERYTHING: RowFilter = { text: "", heartbeats: true };

type List = {
  readonly window: ReadonlySignal<RowsView | null>;
  /** Written where an event is to be shown that the filter leaves out. */
  readonly filter: Signal<RowFilter>;
  readonly isShown: ReadonlySignal<boolean>;
  /** Told when a person chooses an event. */
  readonly onChoose: () => void;
};

export function createFrameChoice(link: Link, list: List, lifetime: AbortSignal): FrameChoice {
  const chosen = signal<Chosen | null>(null);
  const awaited = signal<number | null>(null);
  const unfolding = createUnfolding();
  let stopLocating: (() => void) | null = null;

  function choose(next: Chosen | null): void {
    stopLocating?.();
    awaited.value = null;
    if (next?.seq !== chosen.peek()?.seq) unfolding.reset();
    chosen.value = next;
  }

  function locate(seq: number, onAbsent: () => void): void {
    stopLocating = locateRow(link, seq, list.filter.peek(), (row) => {
      if (row === null) onAbsent();
      else choose({ seq, row });
    });
  }

  // A row that was asked for by its number is chosen when it comes.
  effectUntil(lifetime, () => {
    const row = awaited.value;
    const found = row === null ? undefined : rowAt(list.window.value, row);
    if (row !== null && found !== undefined) choose({ seq: found.seq, row });
  });

  lifetime.addEventListener("abort", () => stopLocating?.(), { once: true });

  return {
    row: computed(() => awaited.value ?? chosen.value?.row ?? null),
    ...{ chosen, unfolding, event: watchChosen(link, chosen, list.isShown, lifetime) },
    select(next) {
      if (next !== null) list.onChoose();
      choose(next);
    },
    jump(seq) {
      list.onChoose();
      choose({ seq, row: null });
      locate(seq, () => {
        list.filter.value = EVERYTHING;
        locate(seq, () => undefined);
      });
    },
    moveTo(row) {
      list.onChoose();
      awaited.value = row;
    },
    relocate() {
      const seq = chosen.peek()?.seq;
      if (seq === undefined) return;
      choose({ seq, row: null });
      locate(seq, () => undefined);
    },
  };
}

function watchChosen(
  link: Link,
  chosen: ReadonlySignal<Chosen | null>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): ReadonlySignal<EventView | null> {
  const watch = createWatch(link, "event", lifetime);
  effectUntil(lifetime, () => {
    const seq = chosen.value?.seq ?? null;
    if (!isShown.value) watch.rest();
    else watch.ask(seq === null ? null : { kind: "event", seq });
  });
  return computed(() => {
    const view = watch.view.value;
    return view !== null && view.seq === chosen.value?.seq ? view : null;
  });
}
