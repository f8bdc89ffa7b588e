import { isJsonArray, isJsonObject, type Json } from "../../wire/json";
import type { StoreId } from "../inspection";
import type { Content } from "./draft";
import { storeKey } from "./store-tree";
import { streamEntries } from "./stream";
import { uploadSlot } from "./upload";

/** A stream of a store: how many items it holds, and some of them from the item `from` on; absent: from the first. */
type StreamHeld = {
  readonly name: string;
  readonly total: number;
  readonly from?: number;
  readonly items: readonly { readonly item_key: string; readonly item: Json }[];
};

/** An upload of a store: its configuration, how many files and errors it holds, and the first of each. */
type UploadHeld = {
  readonly name: string;
  readonly config: Json;
  readonly entries: Held;
  readonly errors: Held;
};

type Held = { readonly total: number; readonly items: readonly Json[] };

/**
 * The streams of one store, in the order in which they came up.
 * @param most items of each that are given
 * @param starts from which item on, by the names of streams; where a stream has shrunk, its last items are given
 */
export function heldStreams(
  { streams }: Pick<Content, "streams">,
  store_id: StoreId,
  most: number,
  starts: ReadonlyMap<string, number> = new Map(),
): readonly StreamHeld[] {
  const store = storeKey(store_id);
  return namesIn(streams, store).map((name) => {
    const entries = streamEntries(streams, store, name);
    const start = starts.get(name) ?? 0;
    const from = start < entries.length ? start : Math.max(0, entries.length - most);
    const items = entries.slice(from, from + most).map(({ item_key, item }) => {
      return { item_key: String(item_key), item: item ?? null };
    });
    return { name, total: entries.length, ...(from > 0 && { from }), items };
  });
}

/** The uploads of one store, in the order in which they came up. @param most files and errors that are given */
export function heldUploads(
  { uploads }: Pick<Content, "uploads">,
  store_id: StoreId,
  most: number,
): readonly UploadHeld[] {
  const store = storeKey(store_id);
  return namesIn(uploads, store).flatMap((name) => {
    const slot = uploadSlot(uploads, store, name);
    if (slot === undefined) return [];
    const { config, entries, errors } = slot;
    return [{ name, config, entries: held(entries, most), errors: held(errors, most) }];
  });
}

function namesIn(table: Json, store: string): readonly string[] {
  const byName = isJsonObject(table) && Object.hasOwn(table, store) ? table[store] : undefined;
  return isJsonObject(byName) && !isJsonArray(byName) ? Object.keys(byName) : [];
}

function held(all: readonly Json[], most: number): Held {
  return { total: all.length, items: all.slice(0, most) };
}
