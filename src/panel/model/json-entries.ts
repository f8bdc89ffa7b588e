import type { Json } from "../../wire/json";
import { isJsonArray, isJsonObject, readMarker, STORE_ID_KEY } from "./json-marker";
import { NO_SLOTS, type Slots } from "./slots";

/** A member of an array or object, under the JSON Pointer of its container. */
export type JsonEntry = { readonly name: string; readonly path: string; readonly value: Json };

/**
 * What a value unfolds to: the members of an array or object, the items of a stream by their keys, the parts of an
 * upload, the result and reason of an async value, nothing for anything else. A store's own id is no field of it. At
 * most `limit` of them.
 */
export function entriesOf(
  value: Json,
  path: string,
  slots: Slots = NO_SLOTS,
  limit = Number.POSITIVE_INFINITY,
): readonly JsonEntry[] {
  const slot = slots.get(value);
  if (slot?.kind === "upload") return entriesOf(slot.shown, path, slots, limit);
  if (slot?.kind === "stream") {
    return slot.items.slice(0, limit).map(({ item_key, item }) => entry(path, item_key, item));
  }
  if (isJsonArray(value)) {
    return value.slice(0, limit).map((item, index) => entry(path, String(index), item));
  }
  if (!isJsonObject(value)) return [];
  const marker = readMarker(value);
  switch (marker?.kind) {
    case "stream":
    case "upload":
      return [];
    case "async": {
      const result = entry(path, "result", marker.result);
      return marker.status === "failed" ? [result, entry(path, "reason", marker.reason)] : [result];
    }
    default:
      return Object.entries(value)
        .filter(([name]) => marker === null || name !== STORE_ID_KEY)
        .slice(0, limit)
        .map(([name, member]) => entry(path, name, member));
  }
}

/** How many entries a value unfolds to. */
export function countEntries(value: Json, slots: Slots = NO_SLOTS): number {
  const slot = slots.get(value);
  if (slot?.kind === "upload" || slot?.kind === "stream") return entriesOf(value, "", slots).length;
  if (isJsonArray(value)) return value.length;
  if (!isJsonObject(value)) return 0;
  const marker = readMarker(value);
  if (marker === null) return Object.keys(value).length;
  return marker.kind === "store" ? Object.keys(value).length - 1 : entriesOf(value, "").length;
}

/** The JSON Pointer of a member (RFC 6901 section 3). */
export function memberPath(path: string, name: string): string {
  return `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The value at a JSON Pointer, which leads into slots as well; undefined where there is none. */
export function valueAt(value: Json, path: string, slots: Slots = NO_SLOTS): Json | undefined {
  let at: Json | undefined = value;
  for (const token of path.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    at = at === undefined ? undefined : memberOf(at, name, slots);
  }
  return at;
}

function memberOf(value: Json, name: string, slots: Slots): Json | undefined {
  const slot = slots.get(value);
  if (slot?.kind === "stream") return slot.items.find(({ item_key }) => item_key === name)?.item;
  const holder = slot?.kind === "upload" ? slot.shown : value;
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, name)) return undefined;
  return isJsonArray(holder) ? holder[Number(name)] : holder[name];
}

function entry(path: string, name: string, value: Json): JsonEntry {
  return { name, path: memberPath(path, name), value };
}
