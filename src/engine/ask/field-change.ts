import type { Json } from "../../wire/json";
import { MARKER } from "../../wire/protocol";
import type { Change } from "../content/change";
import { childOf } from "../content/draft";
import { storeIdOf, storeKey } from "../content/store-tree";
import type { SlotChange } from "./slot-change";
import { holdsStore } from "./store-node";

/**
 * Whether a change to the state may make other stores of its nodes, or puts them elsewhere (wire.md 6): what it did
 * then shows only where the stores are compared by their ids. `state` may be of any moment since the last such change.
 */
export function isStructural(
  change: Change,
  tokens: readonly string[],
  state: Json,
  memo: StoreMemo,
): boolean {
  if (tokens.length === 0 || tokens.includes(MARKER.storeId)) return true;
  if (holdsStore(change.left) || holdsStore(change.entered)) return true;
  if (change.op === "replace") return false;
  let parent: Json | undefined = state;
  for (let at = 0; at < tokens.length - 1; at++) parent = childOf(parent, tokens[at] ?? "");
  return Array.isArray(parent) && holdsStoreIn(parent, memo);
}

/** Which lists hold a store. They never change, so that each is walked once. */
export type StoreMemo = WeakMap<object, boolean>;

function holdsStoreIn(list: Json & object, memo: StoreMemo): boolean {
  const known = memo.get(list);
  if (known !== undefined) return known;
  const holds = holdsStore(list);
  memo.set(list, holds);
  return holds;
}

/** The changes to fields of stores, where none of them is structural; none outside all stores. */
export function fieldChange(change: Change, tokens: readonly string[], state: Json): SlotChange | null {
  let node: Json | undefined = state;
  let owner: readonly string[] | null = null;
  let depth = 0;
  for (let at = 0; at < tokens.length && node !== undefined; at++) {
    const id = storeIdOf(node);
    if (id !== undefined) [owner, depth] = [id, at];
    node = childOf(node, tokens[at] ?? "");
  }
  const name = tokens[depth];
  if (owner === null || name === undefined) return null;
  const { op, left, entered } = change;
  const [rest, to] = [tokens.slice(depth + 1), tokens.slice(0, depth)];
  return { store: storeKey(owner), what: "field", name, rest, op, left, entered, node: to };
}
