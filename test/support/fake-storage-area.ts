import type { StorageArea } from "../../src/background/storage-area";

/** A `storage` area in memory: two workers that are given the same one are two lives of one background. */
export function createFakeStorageArea(): StorageArea {
  const items = new Map<string, unknown>();
  return {
    get: async (wanted) =>
      structuredClone(Object.fromEntries([...items].filter(([key]) => wanted === null || key === wanted))),
    async set(added) {
      for (const [key, value] of Object.entries(added)) items.set(key, structuredClone(value));
    },
    async remove(key) {
      items.delete(key);
    },
  };
}
