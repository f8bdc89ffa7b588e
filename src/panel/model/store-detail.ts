import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { StoreView } from "../../bridge/view";
import { changedPaths } from "./json-change";
import type { Digits } from "./json-text";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { createLooks, type Since } from "./looks";
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
  /** The source digits of its numbers. */
  readonly digits: ReadonlySignal<Digits>;
  /** What has changed since the store was looked at last; null: nothing, or nobody asks any more. */
  readonly since: ReadonlySignal<Since | null>;
  /** Leads to the next of those changes, around the end. */
  readonly nextSince: () => void;
  readonly clearSince: () => void;
  /** Shows a stream from its item `from` on. */
  readonly showItems: (name: string, from: number) => void;
  /** Leads to the value at a path, and unfolds what is around it, as soon as the chosen store is there. */
  readonly reveal: (path: string) => void;
  /** Says whether the state is looked at: while it is not, nothing is asked. */
  readonly want: (isWanted: boolean) => void;
};

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
  {
    selection,
    session,
  }: { readonly selection: ReadonlySignal<Selection | null>; readonly session: ReadonlySignal<string> },
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): StoreDetail {
  const watch = createWatch(link, "store", lifetime);
  const unfolding = createUnfolding();
  const looks = createLooks();
  const changes = signal(NO_CHANGES);
  const since = signal<Since | null>(null);
  const isWanted = signal(true);
  const sought = signal<{ readonly key: string; readonly path: string } | null>(null);
  const starts = signal<Starts>({ key: "", from: new Map() });
  let stop = -1;
  let shown: Shown | null = null;

  const chosenKey = computed(() =>
    selection.value?.kind === "store" ? `${session.value} ${keyOf(selection.value)}` : "",
  );

  effectUntil(lifetime, () => {
    const chosen = selection.value;
    const { key, from } = starts.value;
    if (!isShown.value || !isWanted.value) watch.rest();
    else if (chosen?.kind !== "store") watch.ask(null);
    else {
      const streams = key === chosenKey.value ? [...from].map(([name, from]) => ({ name, from })) : [];
      const { root, store_id } = chosen;
      watch.ask({ kind: "store", root, store_id, ...(streams.length > 0 && { streams }) });
    }
  });

  // What was led to in a store that was left is not looked for any more.
  effectUntil(lifetime, () => {
    if (sought.value?.key !== chosenKey.value) sought.value = null;
  });

  const view = computed(() => {
    const chosen = selection.value;
    const newest = watch.view.value;
    // Until the first view of a newly chosen store comes, the one before it is still there.
    return chosen?.kind === "store" && newest !== null && keyOfView(newest) === keyOf(chosen) ? newest : null;
  });

  const slots = computed(() => (view.value === null ? NO_SLOTS : slotsOf(view.value)));

  effectUntil(lifetime, () => {
    if (view.value === null) return;
    const path = sought.value?.path;
    const next = { key: chosenKey.value, view: view.value, slots: slots.value };
    const before = shown;
    shown = next;
    untracked(() => {
      if (before?.key !== next.key) begin(before, next);
      else if (startsIn(before) === startsIn(next)) changes.value = remember(changes.value, before, next);
      if (path === undefined) return;
      sought.value = null;
      unfolding.reveal(path);
    });
  });

  function begin(before: Shown | null, next: Shown): void {
    if (before !== null) looks.end(lookOf(before), { ...contentOf(before), version: before.view.version });
    changes.value = NO_CHANGES;
    since.value = looks.since(lookOf(next), contentOf(next));
    stop = -1;
    unfolding.reset();
  }

  return {
    ...{ view, slots, changes, since, unfolding },
    digits: computed(() => new Map(view.value?.digits)),
    nextSince() {
      const { stops = [] } = since.peek() ?? {};
      stop = (stop + 1) % stops.length;
      unfolding.reveal(stops[stop] ?? "");
    },
    clearSince() {
      since.value = null;
    },
    showItems(name, from) {
      const known = starts.peek();
      const key = chosenKey.peek();
      starts.value = { key, from: new Map(known.key === key ? known.from : []).set(name, from) };
    },
    reveal(path) {
      sought.value = { key: chosenKey.peek(), path };
    },
    want(wanted) {
      isWanted.value = wanted;
    },
  };
}

/** From which item on the streams of one store are shown. */
type Starts = { readonly key: string; readonly from: ReadonlyMap<string, number> };

type Shown = { readonly key: string; readonly view: StoreView; readonly slots: Slots };

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

/** Other items of a stream are no change of it. */
function startsIn({ view }: Shown): string {
  return view.streams.map(({ from = 0 }) => from).join();
}

/** A look at other items of a stream is another one. */
function lookOf(shown: Shown): string {
  return `${shown.key} ${startsIn(shown)}`;
}

function keyOfView({ root, store_id }: StoreView): string {
  return keyOf({ kind: "store", root, store_id });
}
