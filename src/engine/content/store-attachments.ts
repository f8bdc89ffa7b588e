import type { Json } from "../../wire/json";
import type { StoreId } from "../inspection";
import type { LiveRoot } from "../live";
import { storeKey } from "./store-tree";
import type { StreamEntry } from "./stream";
import { copyTree, type Tree } from "./tree";

/** A stream of a store: how many items it holds, and the first of them. */
export type StreamHeld = {
  readonly name: string;
  readonly total: number;
  readonly items: readonly { readonly item_key: string; readonly item: Json }[];
};

/** An upload of a store: its configuration, how many files and errors it holds, and the first of each. */
export type UploadHeld = {
  readonly name: string;
  readonly config: Json;
  readonly entries: Held;
  readonly errors: Held;
};

export type Held = { readonly total: number; readonly items: readonly Json[] };

/** The streams of one store, in the order in which they came up. @param most items of each that are given */
export function heldStreams(root: LiveRoot, store_id: StoreId, most: number): readonly StreamHeld[] {
  const streams = root.attachments.streams.get(storeKey(store_id)) ?? [];
  return [...streams].map(([name, { entries }]) => ({
    name,
    total: entries.length,
    items: entries.slice(0, most).map(copyItem),
  }));
}

/** The uploads of one store, in the order in which they came up. @param most files and errors that are given */
export function heldUploads(root: LiveRoot, store_id: StoreId, most: number): readonly UploadHeld[] {
  const uploads = root.attachments.uploads.get(storeKey(store_id)) ?? [];
  return [...uploads].map(([name, { config, entries, errors }]) => ({
    name,
    config: copyTree(config),
    entries: held([...entries.values()], most),
    errors: held(errors, most),
  }));
}

function copyItem({ item_key, item }: StreamEntry) {
  return { item_key, item: copyTree(item) };
}

function held(all: readonly Tree[], most: number): Held {
  return { total: all.length, items: all.slice(0, most).map(copyTree) };
}
