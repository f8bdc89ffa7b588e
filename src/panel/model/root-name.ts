import type { RootView } from "../../bridge/view";

/** A root's id without the namespaces of its module: `CartStore:u9` for `Shop.Stores.CartStore:u9`. */
export function shortRoot(rootId: string): string {
  return rootId.replace(/^(?:[A-Z]\w*\.)+(?=[A-Z])/, "");
}

/** What a person calls a root: its module and what its page calls it, where both are known. */
export function rootName({ module, caller_id, key }: RootView): string {
  return shortRoot(caller_id === "" ? key.root_id : `${module} ${caller_id}`);
}
