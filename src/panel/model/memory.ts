import type { Json } from "../../wire/json";

/** What the panel keeps for its person from one time to the next. What is read may be anything, and is checked. */
export type Memory = {
  readonly read: (name: string) => unknown;
  readonly write: (name: string, value: Json) => void;
};

/** What is kept under one name may be so long. */
const MAX_CHARS = 64 * 1024;

/** A memory in a `Storage`, which may refuse everything: then nothing is kept. */
export function createStorageMemory(storage: () => Storage, prefix: string): Memory {
  return {
    read(name) {
      try {
        const text = storage().getItem(prefix + name);
        return text === null ? null : JSON.parse(text);
      } catch {
        return null;
      }
    },
    write(name, value) {
      const text = JSON.stringify(value);
      if (text.length > MAX_CHARS) return;
      try {
        storage().setItem(prefix + name, text);
      } catch {
        // It is full, or forbidden.
      }
    },
  };
}

/** A memory that ends with the page. */
export function createPassingMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    read: (name) => JSON.parse(kept.get(name) ?? "null"),
    write: (name, value) => kept.set(name, JSON.stringify(value)),
  };
}
