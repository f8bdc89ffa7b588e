import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { RootKey, StoreNode } from "../../bridge/view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { rootKeyOf } from "./store-key";
import { createWatch, type Watch } from "./watch";

/** More roots than this are not followed at once. */
export const MAX_WATCHED_TREES = 60;

type Tree = { readonly root: RootKey; readonly watch: Watch<"tree">; readonly close: () => void };

/** Follows the store trees of the wanted roots while they are shown: by root key, null until a tree is there. */
export function createTrees(
  link: Link,
  wanted: ReadonlySignal<readonly RootKey[]>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): ReadonlySignal<ReadonlyMap<string, StoreNode | null>> {
  const trees = signal<ReadonlyMap<string, Tree>>(new Map());

  effectUntil(lifetime, () => {
    const roots = new Map(wanted.value.slice(0, MAX_WATCHED_TREES).map((root) => [rootKeyOf(root), root]));
    untracked(() => {
      const next = new Map<string, Tree>();
      for (const [key, root] of roots) next.set(key, trees.value.get(key) ?? open(link, root, lifetime));
      for (const [key, tree] of trees.value) {
        if (!next.has(key)) tree.close();
      }
      trees.value = next;
    });
  });

  effectUntil(lifetime, () => {
    for (const { root, watch } of trees.value.values()) {
      if (isShown.value) watch.ask({ kind: "tree", root });
      else watch.rest();
    }
  });

  return computed(() => {
    return new Map([...trees.value].map(([key, { watch }]) => [key, watch.view.value?.tree ?? null]));
  });
}

function open(link: Link, root: RootKey, lifetime: AbortSignal): Tree {
  const own = new AbortController();
  const watch = createWatch(link, "tree", AbortSignal.any([lifetime, own.signal]));
  return { root, watch, close: () => own.abort() };
}
