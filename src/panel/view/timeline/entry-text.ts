import { say } from "../../text/say";
import { formatStoreId } from "../format";

/** A root's id without the namespaces of its module: `CartStore:u9` for `Shop.Stores.CartStore:u9`. */
export function shortRoot(rootId: string): string {
  return rootId.replace(/^(?:[A-Z]\w*\.)+(?=[A-Z])/, "");
}

/** A store id as a path of names; the root's own store by what it is. */
export function storeName(storeId: readonly string[]): string {
  return storeId.length === 0 ? say("timeline_store_root") : formatStoreId(storeId);
}
