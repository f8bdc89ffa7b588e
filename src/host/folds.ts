import { lineKey, readLineKey } from "../bridge/line-key";
import type { RootKey } from "../bridge/root-key";
import type { StoresQuery } from "../bridge/stores-view";
import { storeKey } from "../engine/content/store-tree";

/** What a person has folded or unfolded in the tree of stores: true where it is to be open. */
export type Folds = {
  /** By the key of a line. */
  readonly get: (key: string) => boolean | undefined;
  /** Whether there is any inside of this root. */
  readonly isIn: (root: RootKey) => boolean;
  /** By a store's key in its root (`storeKey`). */
  readonly ofStore: (root: RootKey, store: string) => boolean | undefined;
};

/** A key that stands for nothing folds nothing. */
export function readFolds(folds: StoresQuery["folds"]): Folds {
  const lines = new Map(folds.map(({ key, open }) => [key, open]));
  const stores = new Map<string, Map<string, boolean>>();
  for (const { key, open } of folds) {
    const subject = readLineKey(key);
    if (subject?.kind !== "store" || subject.store_id.length === 0) continue;
    const name = nameOf(subject.root);
    const known = stores.get(name) ?? new Map<string, boolean>();
    stores.set(name, known.set(storeKey(subject.store_id), open));
  }
  return {
    get: (key) => lines.get(key),
    isIn: (root) => stores.size > 0 && stores.has(nameOf(root)),
    ofStore: (root, store) => (stores.size === 0 ? undefined : stores.get(nameOf(root))?.get(store)),
  };
}

function nameOf(root: RootKey): string {
  return lineKey({ kind: "store", root, store_id: [] });
}
