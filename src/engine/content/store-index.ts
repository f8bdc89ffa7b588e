import type { Json } from "../../wire/json";
import { MARKER } from "../../wire/protocol";
import { childOf } from "./draft";
import type { PatchObserver } from "./patch-observer";
import { storeIdOf, storeKey, visitStores } from "./store-tree";

/**
 * Which stores are in a tree, kept up with its patches at the cost of what they change. It counts ids and never binds
 * one to a node: a list change may rewrite an id in place (wire.md 6).
 */
export type StoreIndex = PatchObserver & {
  readonly has: (key: string) => boolean;
  /** Whether a store has vanished since they were last taken. */
  readonly hasVanished: () => boolean;
  /** The stores that vanished since the last call, as keys. Some may be back. */
  readonly takeVanished: () => readonly string[];
  /** Starts anew from a whole tree. */
  readonly reset: (state: Json) => void;
};

export function createStoreIndex(): StoreIndex {
  const counts = new Map<string, number>();
  /** How many nodes are stores; an id may stand at several. */
  let total = 0;
  let vanished: string[] = [];

  function count(id: readonly string[], by: 1 | -1): void {
    total += by;
    const key = storeKey(id);
    const now = (counts.get(key) ?? 0) + by;
    if (now > 0) counts.set(key, now);
    else {
      counts.delete(key);
      vanished.push(key);
    }
  }

  const enter = (id: readonly string[]): void => count(id, 1);
  const leave = (id: readonly string[]): void => count(id, -1);

  function countAll(value: Json, by: 1 | -1): void {
    visitStores(value, by === 1 ? enter : leave);
  }

  /** Counts the nodes whose own id lies on the way: a change there makes other stores of them. */
  function countRenamed(root: Json, tokens: readonly string[], by: 1 | -1): void {
    let node: Json | undefined = root;
    for (const token of tokens) {
      if (token === MARKER.storeId) {
        const id = storeIdOf(node ?? null);
        if (id !== undefined) count(id, by);
      }
      node = childOf(node, token);
    }
  }

  return {
    has: (key) => counts.has(key),
    hasVanished: () => vanished.length > 0,
    takeVanished() {
      const taken = vanished;
      vanished = [];
      return taken;
    },
    reset(state) {
      counts.clear();
      total = 0;
      vanished = [];
      countAll(state, 1);
    },
    changing(root, { tokens, has_store_id }, leaving) {
      if (has_store_id) countRenamed(root, tokens, -1);
      if (typeof leaving !== "object" || leaving === null) return;
      // Where the outermost node is the only store, nothing inside of it can be one.
      if (tokens.length === 0 || total !== 1 || storeIdOf(root) === undefined) countAll(leaving, -1);
    },
    changed(root, { tokens, has_store_id }, entered) {
      if (has_store_id) countRenamed(root, tokens, 1);
      if (typeof entered === "object" && entered !== null) countAll(entered, 1);
    },
  };
}
