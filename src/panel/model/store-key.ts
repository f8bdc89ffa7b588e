import { type LineSubject, lineKey } from "../../bridge/line-key";
import type { RootKey } from "../../bridge/root-key";

/** What is chosen in the tree of stores. */
export type Selection = LineSubject;

/** One string for one thing, for maps and comparisons. */
export function keyOf(selection: Selection): string {
  return lineKey(selection);
}

export function rootKeyOf(root: RootKey): string {
  return lineKey({ kind: "store", root, store_id: [] });
}
