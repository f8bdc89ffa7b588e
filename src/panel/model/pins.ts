import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { StoreSelection } from "./log-list";
import type { Memory } from "./memory";

/** The values of the chosen store that are always in view. They are kept for the next time. */
export type Pins = {
  /** JSON Pointers into its state, in the order in which they were pinned. */
  readonly paths: ReadonlySignal<readonly string[]>;
  /** Pins a value, the whole of which cannot be, or lets it go. */
  readonly toggle: (path: string) => void;
};

/** The names of a store and of a value in it; a connection is another one each time. */
type Pin = readonly [store: string, path: string];

/** Pins of all stores together; beyond it the oldest go. */
export const MAX_PINS = 100;

const MEMORY = "pins";

export function createPins(memory: Memory, store: ReadonlySignal<StoreSelection | null>): Pins {
  const all = signal(readPins(memory.read(MEMORY)));
  const name = computed(() => (store.value === null ? null : nameOf(store.value)));
  return {
    paths: computed(() => all.value.filter(([of]) => of === name.value).map(([, path]) => path)),
    toggle(path) {
      const of = name.peek();
      if (of === null || path === "") return;
      const others = all.peek().filter((pin) => pin[0] !== of || pin[1] !== path);
      const isPinned = others.length < all.peek().length;
      all.value = isPinned ? others : [...others, [of, path] as const].slice(-MAX_PINS);
      memory.write(MEMORY, all.value);
    },
  };
}

function nameOf({ root, store_id }: StoreSelection): string {
  return JSON.stringify([root.root_id, ...store_id]);
}

function readPins(kept: unknown): readonly Pin[] {
  return Array.isArray(kept) ? kept.filter(isPin).slice(-MAX_PINS) : [];
}

function isPin(value: unknown): value is Pin {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
}
