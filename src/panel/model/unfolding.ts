import { type ReadonlySignal, signal } from "@preact/signals";
import { MAX_ENTRIES, NOTHING_UNFOLDED, type Unfolding } from "./json-line";

/** What a person has unfolded of one shown JSON value. */
export type UnfoldingModel = {
  readonly state: ReadonlySignal<Unfolding>;
  readonly toggle: (path: string, open: boolean) => void;
  /** Lists more entries of the container at `path`. */
  readonly showMore: (path: string) => void;
  readonly reset: () => void;
};

export function createUnfolding(): UnfoldingModel {
  const state = signal(NOTHING_UNFOLDED);
  return {
    state,
    toggle(path, open) {
      state.value = { ...state.value, open: new Map(state.value.open).set(path, open) };
    },
    showMore(path) {
      const limit = (state.value.limits.get(path) ?? MAX_ENTRIES) + MAX_ENTRIES;
      state.value = { ...state.value, limits: new Map(state.value.limits).set(path, limit) };
    },
    reset() {
      state.value = NOTHING_UNFOLDED;
    },
  };
}
