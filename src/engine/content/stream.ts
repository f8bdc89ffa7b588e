import { fieldIn, isJsonArray, isJsonObject, type Json, type JsonObject } from "../../wire/json";
import type { StreamOp } from "../../wire/stream-op";
import type { ChangeLog } from "./change-log";
import type { Draft } from "./draft";
import { makeChange } from "./edit";

/** One item of a stream, under its own key. */
export type StreamEntry = { readonly item_key: string; readonly item: Json };

/** A stream of a draft: where it stands, and the keys of its entries, so that only an upsert has to look for its place. */
export type StreamPlace = {
  readonly store: string;
  readonly name: string;
  /** The pointer to its list in `streams`. */
  readonly path: string;
  readonly keys: Set<string>;
};

/** The entries of a stream in `streams`, in order; none where there is no such stream. */
export function streamEntries(streams: Json, store: string, name: string): readonly JsonObject[] {
  const list = fieldIn(fieldIn(streams, store), name);
  return isJsonArray(list) ? list.filter(isJsonObject) : NONE;
}

/** Applies one operation to a stream that is there (wire.md 8). */
export function applyStreamOp(draft: Draft, place: StreamPlace, op: StreamOp, log: ChangeLog): void {
  switch (op.op) {
    case "insert":
      insert(draft, place, op, log);
      break;
    case "delete":
      removeKey(draft, place, op.item_key, log);
      break;
    case "reset":
      place.keys.clear();
      empty(draft, place, log);
      break;
    default:
      op satisfies never;
  }
}

function insert(
  draft: Draft,
  place: StreamPlace,
  { item_key, at, limit, item }: StreamOp & { op: "insert" },
  log: ChangeLog,
): void {
  // An upsert moves the item; its index counts in the list without it.
  removeKey(draft, place, item_key, log);
  const { length } = listOf(draft, place);
  const index = at === -1 ? length : Math.min(Math.max(at, 0), length);
  const entered: StreamEntry = { item_key, item };
  makeChange(
    draft,
    { area: "streams", op: "add", path: `${place.path}/${index}`, left: undefined, entered },
    log,
  );
  place.keys.add(item_key);
  if (limit !== null) trim(draft, place, Math.abs(limit), at === 0, log);
}

/** What was put in front pushes out at the end; everything else pushes out in front. */
function trim(draft: Draft, place: StreamPlace, kept: number, fromEnd: boolean, log: ChangeLog): void {
  if (kept === 0) {
    place.keys.clear();
    empty(draft, place, log);
    return;
  }
  // One by one: a list as it was before would be kept whole for each of them otherwise.
  for (let { length } = listOf(draft, place); length > kept; length--) {
    const index = fromEnd ? length - 1 : 0;
    const list = listOf(draft, place);
    place.keys.delete(keyOf(list[index]) ?? "");
    removeAt(draft, place, index, list, log);
  }
}

function removeKey(draft: Draft, place: StreamPlace, item_key: string, log: ChangeLog): void {
  if (!place.keys.delete(item_key)) return;
  const list = listOf(draft, place);
  const index = indexOf(list, item_key);
  if (index !== -1) removeAt(draft, place, index, list, log);
}

function removeAt(
  draft: Draft,
  { path }: StreamPlace,
  index: number,
  list: readonly Json[],
  log: ChangeLog,
): void {
  const left = list[index];
  makeChange(
    draft,
    { area: "streams", op: "remove", path: `${path}/${index}`, left, entered: undefined },
    log,
  );
}

function empty(draft: Draft, place: StreamPlace, log: ChangeLog): void {
  const left = listOf(draft, place);
  if (left.length === 0) return;
  makeChange(draft, { area: "streams", op: "replace", path: place.path, left, entered: [] }, log);
}

function listOf(draft: Draft, { store, name }: StreamPlace): readonly Json[] {
  const list = fieldIn(fieldIn(draft.areas.streams, store), name);
  return isJsonArray(list) ? list : NONE;
}

/** Looked for from both ends at once: what is upserted is mostly new, and stands near one of them. */
function indexOf(list: readonly Json[], item_key: string): number {
  for (let low = 0, high = list.length - 1; low <= high; low++, high--) {
    if (keyOf(list[high]) === item_key) return high;
    if (keyOf(list[low]) === item_key) return low;
  }
  return -1;
}

function keyOf(entry: Json | undefined): string | undefined {
  const key = isJsonObject(entry) ? entry.item_key : undefined;
  return typeof key === "string" ? key : undefined;
}

const NONE: readonly JsonObject[] = [];
