import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { StoreView } from "../../bridge/view";
import { changedPaths } from "./json-change";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { NO_SLOTS, type Slots, slotsOf } from "./slots";
import { keyOf, type Selection } from "./store-key";
import { createUnfolding, type UnfoldingModel } from "./unfolding";
import { createWatch } from "./watch";

/** The chosen store's live state, and what in it changed since it was chosen. */
export type StoreDetail = {
  /** Null: no store is chosen, or its state has not come yet. */
  readonly view: ReadonlySignal<StoreView | null>;
  /** What the streams and uploads in that state hold. */
  readonly slots: ReadonlySignal<Slots>;
  readonly changes: ReadonlySignal<StoreChanges>;
  readonly unfolding: UnfoldingModel;
  /** The value that a person was led to, another object each time; null: none in this store. */
  readonly revealed: ReadonlySignal<Revealed | null>;
  /** Leads to the value at a path, and unfolds what is around it, as soon as the chosen store is there. */
  readonly reveal: (path: string) => void;
  /** Says whether the state is looked at: while it is not, nothing is asked. */
  readonly want: (isWanted: boolean) => void;
};

export type Revealed = { readonly path: string };

/** Which update, counted from 1, last changed what is at a path, or inside it. */
export type StoreChanges = {
  readonly updates: number;
  readonly values: ReadonlyMap<string, number>;
  readonly insides: ReadonlyMap<string, number>;
};

export const NO_CHANGES: StoreChanges = { updates: 0, values: new Map(), insides: new Map() };

/** More paths than this are forgotten: a highlight that was missed harms nobody. */
const MAX_REMEMBERED = 5_000;

export function createStoreDetail(
  link: Link,
  selection: ReadonlySignal<Selection | null>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): StoreDetail {
  const watch = createWatch(link, "store", lifetime);
  const unfolding = createUnfolding();
  const changes = signal(NO_CHANGES);
  const isWanted = signal(true);
  const sought = signal<string | null>(null);
  const revealed = signal<Revealed | null>(null);
  let shown: Shown | null = null;

  effectUntil(lifetime, () => {
    const chosen = selection.value;
    if (!isShown.value || !isWanted.value) watch.rest();
    else if (chosen?.kind !== "store") watch.ask(null);
    else watch.ask({ kind: "store", root: chosen.root, store_id: chosen.store_id });
  });

  const view = computed(() => {
    const chosen = selection.value;
    const newest = watch.view.value;
    // Until the first view of a newly chosen store comes, the one before it is still there.
    return chosen?.kind === "store" && newest !== null && keyOfView(newest) === keyOf(chosen) ? newest : null;
  });

  const slots = computed(() => (view.value === null ? NO_SLOTS : slotsOf(view.value)));

  function unfoldTo(path: string): void {
    sought.value = null;
    revealed.value = { path };
    for (let end = 0; end !== -1; end = path.indexOf("/", end + 1))
      unfolding.toggle(path.slice(0, end), true);
  }

  effectUntil(lifetime, () => {
    if (view.value === null) return;
    const path = sought.value;
    const next = { view: view.value, slots: slots.value };
    const before = shown;
    shown = next;
    untracked(() => {
      if (before !== null && keyOfView(before.view) === keyOfView(next.view)) {
        changes.value = remember(changes.value, before, next);
      } else {
        changes.value = NO_CHANGES;
        unfolding.reset();
        revealed.value = null;
      }
      if (path !== null) unfoldTo(path);
    });
  });

  return {
    ...{ view, slots, changes, unfolding, revealed },
    reveal(path) {
      sought.value = path;
    },
    want(wanted) {
      isWanted.value = wanted;
    },
  };
}

type Shown = { readonly view: StoreView; readonly slots: Slots };

function remember(changes: StoreChanges, before: Shown, next: Shown): StoreChanges {
  const changed = changedPaths(contentOf(before), contentOf(next));
  if (changed.size === 0) return changes;
  const updates = changes.updates + 1;
  const isFull = changes.values.size + changes.insides.size + changed.size > MAX_REMEMBERED;
  const values = new Map(isFull ? [] : changes.values);
  const insides = new Map(isFull ? [] : changes.insides);
  for (const [path, change] of changed) (change === "value" ? values : insides).set(path, updates);
  return { updates, values, insides };
}

function contentOf({ view, slots }: Shown) {
  return { value: view.value, slots };
}

function keyOfView({ root, store_id }: StoreView): string {
  return keyOf({ kind: "store", root, store_id });
}
