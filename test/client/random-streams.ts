import type { Item } from "./random-plans";

/** One operation that a store's calls amount to. */
export type StreamCall = { readonly stream: string } & (
  | { readonly op: "reset" }
  | { readonly op: "delete"; readonly key: string }
  | {
      readonly op: "insert";
      readonly key: string;
      readonly item: Item;
      readonly at: number;
      readonly limit: number | null;
    }
);

export type Entry = { readonly key: string; readonly item: Item };

/**
 * The list of a stream after one cycle's calls, by the text of wire.md 8: first a reset, where there was one at all, then
 * the inserts, then the deletes.
 */
export function foldCalls(before: readonly Entry[], calls: readonly StreamCall[]): readonly Entry[] {
  let list = calls.some(({ op }) => op === "reset") ? [] : [...before];
  for (const call of calls) {
    if (call.op !== "insert") continue;
    const { key, item, at, limit } = call;
    list = list.filter((entry) => entry.key !== key);
    if (at === -1) list.push({ key, item });
    else list.splice(at < 0 ? 0 : Math.min(at, list.length), 0, { key, item });
    if (limit === null) continue;
    const most = Math.abs(limit);
    if (most === 0) list = [];
    else if (list.length > most) list = at === 0 ? list.slice(0, most) : list.slice(-most);
  }
  for (const call of calls) if (call.op === "delete") list = list.filter(({ key }) => key !== call.key);
  return list;
}
