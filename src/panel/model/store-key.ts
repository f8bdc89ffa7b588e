import type { RootKey } from "../../bridge/view";

/** What is chosen in the tree of stores. */
export type Selection =
  | { readonly kind: "connection"; readonly connection: number }
  | { readonly kind: "channel"; readonly connection: number; readonly topic: string }
  | { readonly kind: "store"; readonly root: RootKey; readonly store_id: readonly string[] };

/** One string for one thing, for maps and comparisons. */
export function keyOf(selection: Selection): string {
  switch (selection.kind) {
    case "connection":
      return JSON.stringify([selection.connection]);
    case "channel":
      return JSON.stringify([selection.connection, selection.topic]);
    case "store": {
      const { connection, topic, root_id } = selection.root;
      return JSON.stringify([connection, topic, root_id, ...selection.store_id]);
    }
  }
}

export function rootKeyOf(root: RootKey): string {
  return keyOf({ kind: "store", root, store_id: [] });
}
