import { type Badges, MAX_STREAM_BADGES } from "../bridge/stores-view";
import type { Content } from "../engine/content/draft";
import { storeKey } from "../engine/content/store-tree";
import { fieldIn, isJsonArray, isJsonObject, type Json } from "../wire/json";
import type { StoreFacts } from "./node-facts";

export const NO_BADGES: Badges = { streams: [], loading: 0, failed: 0, uploading: 0, problems: 0 };

/** What of a store is worth a sign beside its name: its streams, and what goes on or went wrong in its state. */
export function storeBadges(content: Content, { store_id, loading, failed }: StoreFacts): Badges {
  const store = storeKey(store_id);
  const [streams, uploading] = [streamsOf(content, store), uploadingOf(content, store)];
  return { ...NO_BADGES, streams, loading, failed, uploading };
}

function streamsOf({ streams }: Content, store: string): Badges["streams"] {
  const byName = fieldIn(streams, store);
  if (!isJsonObject(byName)) return NO_BADGES.streams;
  return Object.keys(byName)
    .slice(0, MAX_STREAM_BADGES)
    .map((name) => ({ name, total: countItems(fieldIn(byName, name)) }));
}

/** What stands in a stream and is no item is not shown as one. */
function countItems(list: Json | undefined): number {
  if (!isJsonArray(list)) return 0;
  let count = counted.get(list);
  if (count === undefined) {
    count = list.filter(isJsonObject).length;
    counted.set(list, count);
  }
  return count;
}

/** Contents never change: a long list is counted once. */
const counted = new WeakMap<readonly Json[], number>();

function uploadingOf({ uploads }: Content, store: string): number {
  const byName = fieldIn(uploads, store);
  if (!isJsonObject(byName)) return 0;
  let count = 0;
  for (const name of Object.keys(byName)) {
    const entries = fieldIn(fieldIn(byName, name), "entries");
    if (!isJsonArray(entries)) continue;
    for (const entry of entries) if (fieldIn(fieldIn(entry, "entry"), "status") === "uploading") count++;
  }
  return count;
}
