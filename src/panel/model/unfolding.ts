import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { MAX_ENTRIES, NOTHING_UNFOLDED, type Unfolding } from "./json-line";

/** What a person has unfolded of one shown JSON value, and chosen in it. */
export type UnfoldingModel = {
  readonly state: ReadonlySignal<Unfolding>;
  /** The key of the chosen line; null: none yet. */
  readonly chosen: Signal<string | null>;
  readonly toggle: (path: string, open: boolean) => void;
  /** Unfolds so many levels from the value at `path` on, and folds what is below them; 0: as it would be by itself. */
  readonly expand: (path: string, levels: number) => void;
  /** Unfolds what is around the value at `path` and chooses it. */
  readonly reveal: (path: string) => void;
  /** Lists more entries of the container at `path`. */
  readonly showMore: (path: string) => void;
  readonly reset: () => void;
};

export function createUnfolding(): UnfoldingModel {
  const state = signal(NOTHING_UNFOLDED);
  const chosen = signal<string | null>(null);

  function toggle(path: string, open: boolean): void {
    state.value = { ...state.value, open: new Map(state.value.open).set(path, open) };
  }

  return {
    ...{ state, chosen, toggle },
    expand(path, levels) {
      const outside = ([at]: readonly [string, unknown]): boolean =>
        at !== path && !at.startsWith(`${path}/`);
      const { open, levels: known, limits } = state.value;
      const kept = [...known].filter(outside);
      state.value = {
        limits,
        open: new Map([...open].filter(outside)),
        levels: new Map(levels === 0 ? kept : [...kept, [path, levels]]),
      };
    },
    reveal(path) {
      const limits = new Map(state.value.limits);
      const open = new Map(state.value.open);
      for (let end = 0; end !== -1; end = path.indexOf("/", end + 1)) {
        const container = path.slice(0, end);
        const index = Number.parseInt(path.slice(end + 1), 10);
        open.set(container, true);
        if (index >= (limits.get(container) ?? MAX_ENTRIES)) limits.set(container, index + 1);
      }
      state.value = { ...state.value, open, limits };
      chosen.value = path;
    },
    showMore(path) {
      const limit = (state.value.limits.get(path) ?? MAX_ENTRIES) + MAX_ENTRIES;
      state.value = { ...state.value, limits: new Map(state.value.limits).set(path, limit) };
    },
    reset() {
      state.value = NOTHING_UNFOLDED;
      chosen.value = null;
    },
  };
}
