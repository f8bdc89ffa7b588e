import { isJsonObject, isStrings, type Json } from "../../wire/json";
import type { StreamOp } from "../../wire/stream-op";
import { streamEntries } from "../content/stream";
import type { StoreId } from "../inspection";
import type { OpenDivergence } from "./divergence";

/**
 * A stream as the page's client holds it. Its item_keys tell all: an item that stands in both lists came with the same
 * operation to both, so that lists of equal keys are equal.
 */
type ClientList = {
  readonly store: string;
  readonly store_id: StoreId;
  readonly stream: string;
  keys: string[];
  /** Told of it while it differs from what the server said. */
  divergence: OpenDivergence | null;
};

/** Lists by `listKey`. */
export type ClientLists = Map<string, ClientList>;

/** A store's key is JSON, which ends where it ends: no two streams share a key. */
export function listKey(store: string, stream: string): string {
  return store + stream;
}

/** The lists of a client that held what the server said, but for those that are known to differ. */
export function listsHeld(streams: Json, differing: ClientLists): ClientLists {
  const lists: ClientLists = new Map();
  for (const [store, byName] of Object.entries(isJsonObject(streams) ? streams : {})) {
    const store_id: unknown = JSON.parse(store);
    if (!isStrings(store_id) || !isJsonObject(byName)) continue;
    for (const stream of Object.keys(byName)) {
      const keys = streamEntries(streams, store, stream).map(({ item_key }) => String(item_key));
      lists.set(listKey(store, stream), { store, store_id, stream, keys, divergence: null });
    }
  }
  for (const [key, list] of differing) lists.set(key, list);
  return lists;
}

/** Applies one operation as a client does (wire.md 8). */
export function applyToList(list: ClientList, op: StreamOp): void {
  switch (op.op) {
    case "reset":
      list.keys = [];
      break;
    case "delete":
      list.keys = list.keys.filter((key) => key !== op.item_key);
      break;
    case "insert": {
      const keys = list.keys.filter((key) => key !== op.item_key);
      const at = op.at === -1 ? keys.length : Math.min(Math.max(op.at, 0), keys.length);
      keys.splice(at, 0, op.item_key);
      list.keys = op.limit === null ? keys : trim(keys, Math.abs(op.limit), op.at === 0);
      break;
    }
    default:
      op satisfies never;
  }
}

/** Whether the server's list has the same items. One that it does not know of is empty. */
export function isSameList({ store, stream, keys }: ClientList, streams: Json): boolean {
  const entries = streamEntries(streams, store, stream);
  return entries.length === keys.length && entries.every(({ item_key }, at) => item_key === keys[at]);
}

function trim(keys: string[], kept: number, fromEnd: boolean): string[] {
  if (keys.length <= kept) return keys;
  return fromEnd ? keys.slice(0, kept) : keys.slice(keys.length - kept);
}
