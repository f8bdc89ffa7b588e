import { type Json, ownField } from "../../wire/json";
import type { History } from "../content/history";
import type { StoreMemo } from "./field-change";
import { createHeldContent } from "./held-content";
import { type Around, isTouched, sortChanges } from "./revision-touch";
import { createStoreTallies, type StoreTally } from "./store-tally";
import { countStores, differingFields, type StoreCounts, storesBetween } from "./stores-between";
import { createStructuralPlaces } from "./structural-places";

/**
 * Which revisions of a history changed which stores. It is kept up with the history: each revision is looked at once,
 * at a cost that grows with the tree only where stores came, went or moved.
 */
export type StoreActivity = {
  readonly history: History;
  /**
   * Looks at the revisions that have come since the last time, and forgets what the history has let go.
   *
   * @param effort about how much is looked at: a change is 1, and so is a store where stores came, went or moved
   * @returns whether that was all of them
   */
  readonly extend: (effort?: number) => boolean;
  /** The places after the revisions that changed a store, in order. They grow with `extend`. */
  readonly placesOf: (store: string) => readonly number[];
  /** The stores that the revision before a place changed, as keys. */
  readonly storesOf: (place: number) => readonly string[];
  /** Whether stores came, went or moved in the revision before a place: its changes alone do not tell what it did. */
  readonly isStructural: (place: number) => boolean;
  /** The earliest place from which on, up to `place`, no store came, went or moved: the last structural one. */
  readonly settledBefore: (place: number) => number;
  /** What is counted of each store, by key, as long as the history keeps a revision that changed it. */
  readonly tallies: () => ReadonlyMap<string, StoreTally>;
};

/** An activity that has looked at no revision yet. */
export function createStoreActivity(history: History): StoreActivity {
  const contentAt = createHeldContent(history);
  const memo: StoreMemo = new WeakMap();
  const tallies = createStoreTallies();
  /** The stores that each revision changed, from the one after `start` on: a key where it was one, as it mostly is. */
  let touched: (string | readonly string[])[] = [];
  let start = 0;
  const structural = createStructuralPlaces();
  /** The state after the last of them, and the stores in it. */
  let state: Json = null;
  let stores: StoreCounts = countStores(state);

  function startAt(place: number): void {
    touched = [];
    structural.clear();
    start = place;
    state = contentAt(place).state;
    stores = countStores(state);
    tallies.forget(place);
  }

  function forget(place: number): void {
    touched = touched.slice(place - start);
    structural.forget(place);
    start = place;
    tallies.forget(place);
  }

  /** Returns what it took. */
  function look(place: number): number {
    const changes = history.changesTo(place);
    let around: Around | null = null;
    const lookAround = (): Around => {
      around ??= { before: contentAt(place - 1), after: contentAt(place) };
      return around;
    };
    const sorted = sortChanges(changes, state, memo, stores.doubles > 0);
    const found = new Set<string>();
    for (const group of sorted.slots) {
      if (!isTouched(group, lookAround)) continue;
      found.add(group[0].store);
      const written = group.map(({ entered }) => entered);
      tallies.change(group[0].store, group[0].what, group[0].name, written);
    }
    if (sorted.isStructural) lookAtStores(lookAround(), place, found);
    for (const store of found) tallies.touch(store, place);
    const [first] = found;
    touched.push(found.size === 1 && first !== undefined ? first : [...found]);
    return 1 + changes.length + (sorted.isStructural ? stores.counts.size : 0);
  }

  function lookAtStores({ before, after }: Around, place: number, found: Set<string>): void {
    structural.add(place);
    state = after.state;
    for (const pair of storesBetween(before.state, state, stores)) {
      if (pair.before === null || pair.after === null) {
        tallies.mount(pair.store, pair.after === null ? "unmounted" : "mounted");
        found.add(pair.store);
        continue;
      }
      for (const name of differingFields(pair.before, pair.after)) {
        tallies.change(pair.store, "field", name, [ownField(pair.after, name)]);
        found.add(pair.store);
      }
    }
  }

  return {
    history,
    extend(effort = Number.POSITIVE_INFINITY) {
      const forgotten = history.forgotten();
      if (forgotten > start + touched.length) startAt(forgotten);
      else if (forgotten > start) forget(forgotten);
      let left = effort;
      let place = start + touched.length + 1;
      for (; place <= history.count() && left > 0; place++) left -= look(place);
      return place > history.count();
    },
    placesOf: (store) => tallies.of(store)?.places ?? NONE,
    storesOf(place) {
      const found = touched[place - start - 1] ?? NONE;
      return typeof found === "string" ? [found] : found;
    },
    isStructural: structural.has,
    settledBefore: (place) => structural.lastUpTo(place) ?? start,
    tallies: tallies.all,
  };
}

const NONE: readonly never[] = [];
