import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { ConnectionView, OverviewView, RootView } from "../../bridge/view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { createStoreDetail, type StoreDetail } from "./store-detail";
import { rootKeyOf, type Selection } from "./store-key";
import { createStoreWindow, type StoreWindow } from "./store-window";

/** The tree of stores, what is chosen in it, and the chosen store. */
export type Stores = {
  readonly tree: StoreWindow;
  /** What the details show: the chosen thing or, where it is not there (any more), the first root. */
  readonly selection: ReadonlySignal<Selection | null>;
  /** The root of the chosen store. */
  readonly root: ReadonlySignal<RootView | null>;
  readonly detail: StoreDetail;
  readonly select: (selection: Selection) => void;
  /** Selects a store and unfolds what is around it. */
  readonly reveal: (selection: Selection) => void;
};

export function createStores(
  link: Link,
  overview: ReadonlySignal<OverviewView | null>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): Stores {
  const chosen = signal<Selection | null>(null);
  const connections = computed(() => overview.value?.connections ?? []);
  const selection = computed(() => effectiveSelection(chosen.value, connections.value));
  const tree = createStoreWindow(link, { connections, selection, select, isShown }, lifetime);
  const session = computed(() => overview.value?.session.id ?? "");
  const detail = createStoreDetail(link, { selection, session }, isShown, lifetime);

  // What was chosen by itself stays chosen while it is there, whatever root comes before it later.
  effectUntil(lifetime, () => {
    const now = selection.value;
    untracked(() => {
      if (chosen.value === null) chosen.value = now;
    });
  });

  function select(next: Selection): void {
    chosen.value = next;
  }

  return {
    ...{ tree, selection, detail, select },
    root: computed(() => findRoot(connections.value, selection.value)),
    reveal(next) {
      select(next);
      tree.reveal(next);
    },
  };
}

function effectiveSelection(
  chosen: Selection | null,
  connections: readonly ConnectionView[],
): Selection | null {
  if (chosen !== null && isThere(chosen, connections)) return chosen;
  const first = connections.flatMap((connection) => connection.roots)[0];
  return first === undefined ? null : { kind: "store", root: first.key, store_id: [] };
}

/** A store counts as there while its root is: it may come back. */
function isThere(selection: Selection, connections: readonly ConnectionView[]): boolean {
  switch (selection.kind) {
    case "connection":
      return connections.some((connection) => connection.id === selection.connection);
    case "channel":
      return connections.some(
        (connection) =>
          connection.id === selection.connection &&
          connection.channels.some((channel) => channel.topic === selection.topic),
      );
    case "store":
      return findRoot(connections, selection) !== null;
  }
}

function findRoot(connections: readonly ConnectionView[], selection: Selection | null): RootView | null {
  if (selection?.kind !== "store") return null;
  const wanted = rootKeyOf(selection.root);
  const roots = connections.flatMap((connection) => connection.roots);
  return roots.find((root) => rootKeyOf(root.key) === wanted) ?? null;
}
