import { type Change, changedPaths, type Shown } from "./json-change";

/** What is different in a store from when it was looked at last. */
export type Since = {
  /** The version that its root had then. */
  readonly version: number;
  /** Where something changed, in the order of the tree: a value, or what something went from. */
  readonly stops: readonly string[];
  /** The same by their paths, and `inside` for every path above them. */
  readonly changed: ReadonlyMap<string, Change>;
};

/** What stores held when they were looked at last. */
export type Looks = {
  /** Remembers the end of a look. @param name of the store */
  readonly end: (name: string, look: Look) => void;
  /** What has changed since then; null where nothing has, or where the store was not looked at. */
  readonly since: (name: string, now: Shown) => Since | null;
};

export type Look = Shown & { readonly version: number };

/** Stores that are remembered; beyond it those that were looked at longest ago are forgotten. */
export const MAX_LOOKS = 30;

export function createLooks(): Looks {
  const looks = new Map<string, Look>();
  return {
    end(name, look) {
      looks.delete(name);
      looks.set(name, look);
      const [oldest] = looks.keys();
      if (looks.size > MAX_LOOKS && oldest !== undefined) looks.delete(oldest);
    },
    since(name, now) {
      const look = looks.get(name);
      if (look === undefined) return null;
      const found = changedPaths(look, now);
      const inner = [...found.keys()].filter((path) => path !== "");
      const around = new Set(inner.map((path) => path.slice(0, path.lastIndexOf("/"))));
      const stops = [...found.keys()].filter((path) => !around.has(path));
      if (stops.length === 0) return null;
      const changed = new Map([...found, ...stops.map((path) => [path, "value"] as const)]);
      return { version: look.version, changed, stops };
    },
  };
}
