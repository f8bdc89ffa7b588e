import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { groupActions } from "./action-group";
import type { Action } from "./actions";
import type { Deps } from "./deps";
import { matchWords } from "./match-words";
import type { Delay } from "./schedule";
import { createSearch, type FoundGroup, type Search } from "./search";
import type { SearchResult } from "./search-result";

/** What is over everything else: the actions and what a search finds, a search alone, or the sheet of keys. */
export type Overlay = "actions" | "search" | "keys";

export type Palette = {
  /** Null: nothing is over the views. */
  readonly overlay: ReadonlySignal<Overlay | null>;
  /** Opens it, and closes it where it is open. */
  readonly toggle: (overlay: Overlay) => void;
  readonly close: () => void;
  readonly text: ReadonlySignal<string>;
  readonly type: (text: string) => void;
  /** The actions that fit what is typed, best first; none in a search. */
  readonly actions: ReadonlySignal<readonly Action[]>;
  readonly found: ReadonlySignal<readonly FoundGroup[]>;
  readonly isSearching: Search["isSearching"];
  /** All that can be chosen, as it is listed. */
  readonly items: ReadonlySignal<readonly PaletteItem[]>;
  /** Index of the chosen one among the items. */
  readonly chosen: ReadonlySignal<number>;
  readonly choose: (index: number) => void;
  /** Does it and closes; what is impossible does nothing. */
  readonly run: (index: number) => void;
};

export type PaletteItem =
  | { readonly kind: "action"; readonly key: string; readonly action: Action }
  | { readonly kind: "result"; readonly key: string; readonly result: SearchResult };

export function createPalette(
  deps: Pick<Deps, "link" | "overview" | "lifetime" | "actions" | "goTo">,
  delay?: Delay | undefined,
): Palette {
  const overlay = signal<Overlay | null>(null);
  const text = signal("");
  const moved = signal(0);
  const searched = computed(() => (overlay.value === null || overlay.value === "keys" ? "" : text.value));
  const search = createSearch(deps, searched, delay);
  const actions = computed(() =>
    overlay.value === "actions" ? fitting(deps.actions.all.value, text.value) : [],
  );
  const items = computed((): readonly PaletteItem[] => [
    ...actions.value.map((action) => ({ kind: "action", key: `action ${action.id}`, action }) as const),
    ...search.groups.value.flatMap(({ results }) =>
      results.map((result) => ({ kind: "result", key: result.key, result }) as const),
    ),
  ]);

  function show(next: Overlay | null): void {
    text.value = "";
    moved.value = 0;
    overlay.value = next;
  }

  return {
    ...{ overlay, text, actions, items, found: search.groups, isSearching: search.isSearching },
    toggle: (next) => show(overlay.peek() === next ? null : next),
    close: () => show(null),
    type(next) {
      text.value = next;
      moved.value = 0;
    },
    chosen: computed(() => Math.min(moved.value, Math.max(0, items.value.length - 1))),
    choose: (index) => {
      moved.value = index;
    },
    run(index) {
      const item = items.peek()[index];
      if (item === undefined || !isPossible(item)) return;
      // First, so that the keyboard is where it was: what is done may move it.
      show(null);
      if (item.kind === "action") item.action.run();
      else deps.goTo(item.result.place);
    },
  };
}

export function isPossible(item: PaletteItem): boolean {
  return item.kind === "result" || item.action.isPossible();
}

/** The actions that fit: what is possible first, the best before the others, and else as the sheet of keys has them. */
function fitting(all: readonly Action[], typed: string): readonly Action[] {
  const ordered = groupActions(all).flatMap(({ actions }) => actions);
  return ordered
    .map((action) => ({ action, score: matchWords(typed, action.label()), isPossible: action.isPossible() }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => Number(b.isPossible) - Number(a.isPossible) || (b.score ?? 0) - (a.score ?? 0))
    .map(({ action }) => action);
}
