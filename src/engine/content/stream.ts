import type { Json } from "../../wire/json";
import type { StreamOp } from "../../wire/stream-op";
import { copyTree, type Tree } from "./tree";

/** A stream as the client holds it: the items in order, each under its own key. */
export type StreamList = {
  readonly entries: StreamEntry[];
  /** The keys of `entries`, so that only an upsert has to look for its place. */
  readonly keys: Set<string>;
};

export type StreamEntry = { readonly item_key: string; readonly item: Tree };

export function createStreamList(
  entries: readonly { readonly item_key: string; readonly item: Json }[] = [],
): StreamList {
  return {
    entries: entries.map(({ item_key, item }) => ({ item_key, item: copyTree(item) })),
    keys: new Set(entries.map(({ item_key }) => item_key)),
  };
}

/** Applies one operation to its stream (wire.md 8). */
export function applyStreamOp(list: StreamList, op: StreamOp): void {
  switch (op.op) {
    case "insert":
      insert(list, op);
      break;
    case "delete":
      removeKey(list, op.item_key);
      break;
    case "reset":
      clear(list);
      break;
    default:
      op satisfies never;
  }
}

function insert(list: StreamList, { item_key, at, limit, item }: StreamOp & { op: "insert" }): void {
  const { entries, keys } = list;
  // An upsert moves the item; its index counts in the list without it.
  removeKey(list, item_key);
  const index = at === -1 ? entries.length : Math.min(Math.max(at, 0), entries.length);
  const entry: StreamEntry = { item_key, item: copyTree(item) };
  // What prepends to a long stream does so all the time, and `splice` takes seven times as long there.
  if (index === 0) entries.unshift(entry);
  else entries.splice(index, 0, entry);
  keys.add(item_key);
  if (limit === null) return;
  const kept = Math.abs(limit);
  const overflow = entries.length - kept;
  if (overflow <= 0) return;
  // What was put in front pushes out at the end; everything else pushes out in front.
  for (const dropped of entries.splice(at === 0 ? kept : 0, overflow)) keys.delete(dropped.item_key);
}

function removeKey({ entries, keys }: StreamList, item_key: string): void {
  if (!keys.delete(item_key)) return;
  entries.splice(
    entries.findIndex((entry) => entry.item_key === item_key),
    1,
  );
}

function clear({ entries, keys }: StreamList): void {
  entries.length = 0;
  keys.clear();
}
