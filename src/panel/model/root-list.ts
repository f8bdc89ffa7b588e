import type { RootKey } from "../../bridge/root-key";
import type { RootView } from "../../bridge/view";
import { rootName } from "./root-name";

/** Of more roots only so many are listed: nobody finds one in a longer list, so a part of its name can be typed. */
export const MAX_LISTED_ROOTS = 100;

/** The roots to choose from. */
export type RootList = {
  readonly listed: readonly RootView[];
  /** How many more there are, of those whose names have what is typed in them. */
  readonly more: number;
  /** The chosen one, where it is not among those; `root` null: it is gone. */
  readonly unlisted: { readonly key: RootKey; readonly root: RootView | null } | null;
};

/** @param typed a part of a name, in whatever case; empty: of any */
export function listRoots(roots: readonly RootView[], chosen: RootKey | null, typed: string): RootList {
  const part = typed.trim().toLowerCase();
  const found = part === "" ? roots : roots.filter((root) => rootName(root).toLowerCase().includes(part));
  const listed = found.slice(0, MAX_LISTED_ROOTS);
  const isChosen = ({ key }: RootView): boolean => chosen !== null && isSameRoot(key, chosen);
  return {
    ...{ listed, more: found.length - listed.length },
    unlisted:
      chosen === null || listed.some(isChosen) ? null : { key: chosen, root: roots.find(isChosen) ?? null },
  };
}

export function isSameRoot(one: RootKey, other: RootKey): boolean {
  return one.root_id === other.root_id && one.topic === other.topic && one.connection === other.connection;
}
