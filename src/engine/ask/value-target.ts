import { fieldIn, isJsonObject, type Json } from "../../wire/json";
import { MARKER } from "../../wire/protocol";
import type { Change } from "../content/change";
import { type Content, childOf } from "../content/draft";
import { storeIdOf } from "../content/store-tree";
import { streamEntries } from "../content/stream";
import type { StoreId } from "../inspection";
import { isOneWay, tokensOf, walk } from "./slot-change";
import { cutInside, cutStores } from "./store-node";

/** A value whose writer is asked for. Paths are pointers; the empty one is the whole. */
export type ValueTarget =
  /** `path` leads from the store's node; into a store inside, no further than to its id. */
  | { readonly what: "field"; readonly store_id: StoreId; readonly path: string }
  /** An item of a stream by its key, wherever it stands. `path` leads into the item. */
  | {
      readonly what: "stream";
      readonly store_id: StoreId;
      readonly name: string;
      readonly item_key: string;
      readonly path: string;
    }
  | { readonly what: "assign"; readonly store_id: StoreId; readonly name: string; readonly path: string };

/** The value at the end of `way` in a store's own value. */
export function valueInStore(node: Json | undefined, way: readonly string[]): Json | undefined {
  let value = node;
  for (const [at, token] of way.entries()) {
    const id = at === 0 ? undefined : storeIdOf(value ?? null);
    value = childOf(id === undefined ? value : { [MARKER.storeId]: id }, token);
  }
  if (value === undefined) return undefined;
  return way.length === 0 ? cutInside(value) : cutStores(value);
}

/** The value at the end of `way` in an item of a stream, or in an assign. */
export function valueInSlot(
  content: Content,
  store: string,
  target: Exclude<ValueTarget, { readonly what: "field" }>,
  way: readonly string[],
): Json | undefined {
  if (target.what === "assign") return walk(content.assigns, [store, "assigns", target.name, ...way]);
  const entry = streamEntries(content.streams, store, target.name).find(
    ({ item_key }) => item_key === target.item_key,
  );
  return walk(fieldIn(entry, "item"), way);
}

/** Whether a change may have written an item of a stream, or an assign. */
export function mayWriteSlot(
  change: Change,
  store: string,
  target: Exclude<ValueTarget, { readonly what: "field" }>,
): boolean {
  if (change.area !== (target.what === "stream" ? "streams" : "assigns")) return false;
  const tokens = tokensOf(change);
  const slot = target.what === "stream" ? [store, target.name] : [store, "assigns", target.name];
  if (!isOneWay(tokens, slot)) return false;
  if (target.what === "assign" || tokens.length !== slot.length + 1) return true;
  return [change.left, change.entered].some(
    (entry) => isJsonObject(entry) && entry.item_key === target.item_key,
  );
}
