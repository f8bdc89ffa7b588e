import { fieldIn, type Json } from "../../wire/json";
import { streamEntries } from "../content/stream";
import { isEqual } from "./equal";
import { keysOf } from "./slot-change";

/** What became of one item of a stream. Indexes count in the list of their own side. */
export type ItemDifference =
  | { readonly kind: "added"; readonly item_key: string; readonly at: number; readonly after: Json }
  | { readonly kind: "removed"; readonly item_key: string; readonly at: number; readonly before: Json }
  | { readonly kind: "changed"; readonly item_key: string; readonly before: Json; readonly after: Json }
  /** It stands elsewhere among the items that are in both lists. */
  | { readonly kind: "moved"; readonly item_key: string; readonly from: number; readonly to: number };

/** What leads from a list of a stream to another, by the keys of the items: removals, then the new list in its order. */
export function diffItems(before: Json, after: Json, store: string, name: string): readonly ItemDifference[] {
  const [old, current] = [itemsOf(before, store, name), itemsOf(after, store, name)];
  const found: ItemDifference[] = [];
  for (const [item_key, { at, item }] of old) {
    if (!current.has(item_key)) found.push({ kind: "removed", item_key, at, before: item });
  }
  const kept = [...old.keys()].filter((key) => current.has(key));
  let nth = 0;
  for (const [item_key, { at, item }] of current) {
    const was = old.get(item_key);
    if (was === undefined) {
      found.push({ kind: "added", item_key, at, after: item });
      continue;
    }
    if (kept[nth++] !== item_key) found.push({ kind: "moved", item_key, from: was.at, to: at });
    if (!isEqual(was.item, item)) found.push({ kind: "changed", item_key, before: was.item, after: item });
  }
  return found;
}

type Placed = { readonly at: number; readonly item: Json };

/** The items by key. Where a key stands twice, which no server sends, its first place counts. */
function itemsOf(streams: Json, store: string, name: string): ReadonlyMap<string, Placed> {
  const items = new Map<string, Placed>();
  for (const [at, { item_key, item }] of streamEntries(streams, store, name).entries()) {
    if (typeof item_key === "string" && !items.has(item_key)) items.set(item_key, { at, item: item ?? null });
  }
  return items;
}

/** The stores and names under which anything differs in two tables of streams, uploads or assigns, in order. */
export function differingSlots(
  before: Json,
  after: Json,
): readonly { readonly store: string; readonly name: string }[] {
  return differingKeys(before, after).flatMap((store) =>
    differingKeys(fieldIn(before, store), fieldIn(after, store)).map((name) => ({ store, name })),
  );
}

function differingKeys(before: Json | undefined, after: Json | undefined): readonly string[] {
  if (before === after) return [];
  return keysOf(before, after).filter((key) => fieldIn(before, key) !== fieldIn(after, key));
}
