import type { StorageArea } from "./storage-area";

/** Under which number the journal of a tab is stored: the tab's own, or that of the tab whose place it took. */
export type JournalNames = {
  readonly of: (tab: number) => Promise<number>;
  /** A discarded page gets another tab in Chrome; what was stored of it goes on under its old number. */
  readonly replace: (added: number, removed: number) => Promise<void>;
  readonly remove: (tab: number) => Promise<void>;
};

/** @param session `storage.session`: tabs have other numbers when the browser runs again */
export function createJournalNames(session: StorageArea): JournalNames {
  const keyOf = (tab: number): string => `journal:${tab}`;

  async function nameOf(tab: number): Promise<number> {
    const key = keyOf(tab);
    const { [key]: name } = await session.get(key);
    return typeof name === "number" ? name : tab;
  }

  return {
    of: nameOf,
    async replace(added, removed) {
      await session.set({ [keyOf(added)]: await nameOf(removed) });
      await session.remove(keyOf(removed));
    },
    remove: (tab) => session.remove(keyOf(tab)),
  };
}
