import { type ReadonlySignal, signal } from "@preact/signals";

/** Something that a person can have done by its name or by a key, wherever they are in the panel. */
export type Action = {
  readonly id: string;
  readonly label: () => string;
  /** Such as `Mod+K`, `Shift+?`, `G T` for one after the other; `Mod` is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[];
  readonly isPossible: () => boolean;
  readonly run: () => void;
};

export type Actions = {
  /** Returns a function that takes them away. */
  readonly add: (...actions: readonly Action[]) => () => void;
  readonly all: ReadonlySignal<readonly Action[]>;
};

export function createActions(): Actions {
  const all = signal<readonly Action[]>([]);
  return {
    all,
    add(...actions) {
      all.value = [...all.value, ...actions];
      return () => {
        all.value = all.value.filter((action) => !actions.includes(action));
      };
    },
  };
}
