import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { effectUntil } from "./lifetime";
import type { Memory } from "./memory";
import { VIEWS, type ViewName } from "./view-name";

/** Where a view is shown: in the main place or, where there are two, beside it. */
export type PaneName = "main" | "second";

/** Which views are shown. No view is in both places: it has one model. */
export type Panes = {
  readonly main: ReadonlySignal<ViewName>;
  /** Null: there is one view alone. */
  readonly second: ReadonlySignal<ViewName | null>;
  readonly isShown: (view: ViewName) => boolean;
  /** Shows a view in a place; where it was in the other place, the two change places. */
  readonly choose: (pane: PaneName, view: ViewName) => void;
  /**
   * Shows a view where it is already or else, of two places, in the one that was not used last, so that what leads there
   * stays to be seen.
   */
  readonly show: (view: ViewName) => void;
  /** Tells which place a person uses. */
  readonly use: (pane: PaneName) => void;
  /** Shows two views, or the main one alone. */
  readonly toggle: () => void;
  readonly swap: () => void;
};

/** They are as they were left, the next time. */
export function createPanes(memory: Memory, lifetime: AbortSignal): Panes {
  const kept = (name: string): ViewName | undefined => VIEWS.find((view) => view === memory.read(name));
  const main = signal<ViewName>(kept("view") ?? "stores");
  /** What is beside the main one, or will be. */
  const beside = signal<ViewName>(
    [kept("view.second"), "timeline" as const].find((view) => view !== undefined && view !== main.peek()) ??
      "stores",
  );
  const isSplit = signal(memory.read("view.split") === true);
  const second = computed(() => (isSplit.value ? beside.value : null));
  let used: PaneName = "second";

  effectUntil(lifetime, () => memory.write("view", main.value));
  effectUntil(lifetime, () => memory.write("view.second", beside.value));
  effectUntil(lifetime, () => memory.write("view.split", isSplit.value));

  function choose(pane: PaneName, view: ViewName): void {
    const [place, other] = pane === "main" ? [main, beside] : [beside, main];
    batch(() => {
      if (other.peek() === view) other.value = place.peek();
      place.value = view;
    });
  }

  const isShown = (view: ViewName): boolean => main.value === view || second.value === view;

  return {
    ...{ main, second, isShown, choose },
    show(view) {
      if (isShown(view)) return;
      choose(isSplit.peek() && used === "main" ? "second" : "main", view);
    },
    use(pane) {
      used = pane;
    },
    toggle() {
      isSplit.value = !isSplit.peek();
      used = "second";
    },
    swap: () => choose("main", beside.peek()),
  };
}
