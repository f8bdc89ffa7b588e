import { say } from "../../text/say";
import { formatStoreId } from "../format";

/** A store id as a path of names; the root's own store by what it is. */
export function storeName(storeId: readonly string[]): string {
  return storeId.length === 0 ? say("timeline_store_root") : formatStoreId(storeId);
}
