import type { StorageArea } from "./storage-area";

/** The tabs on which DevTools is open, remembered so that a background that was killed finds them again. */
export type WatchedTabs = {
  readonly has: (tab: number) => Promise<boolean>;
  readonly all: () => Promise<readonly number[]>;
  readonly add: (tab: number) => Promise<void>;
  readonly remove: (tab: number) => Promise<void>;
};

const PREFIX = "watched:";

/** @param session `storage.session`: tabs have other numbers when the browser runs again */
export function createWatchedTabs(session: StorageArea): WatchedTabs {
  // A key each: a list would have to be read before it is written, and two tabs could overwrite each other.
  const keyOf = (tab: number): string => PREFIX + tab;
  return {
    async has(tab) {
      const key = keyOf(tab);
      return (await session.get(key))[key] === true;
    },
    async all() {
      const keys = Object.keys(await session.get(null));
      return keys.flatMap((key) => (key.startsWith(PREFIX) ? [Number(key.slice(PREFIX.length))] : []));
    },
    add: (tab) => session.set({ [keyOf(tab)]: true }),
    remove: (tab) => session.remove(keyOf(tab)),
  };
}
