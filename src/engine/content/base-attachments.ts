import { isJsonArray, isJsonObject, isStrings, type Json, type JsonObject } from "../../wire/json";
import { storeKey } from "./store-tree";
import { isTreeObject, setField, type TreeObject, toTree } from "./tree";

/**
 * The streams of a base event (session-format.md: `[{store_id, stream, entries: [{item_key, item}]}]`) in the form of a
 * content. What is malformed is passed over.
 */
export function readBaseStreams(streams: Json): Json {
  const table: TreeObject = {};
  for (const { store_id, stream, entries } of objectsIn(streams)) {
    if (!isStrings(store_id) || typeof stream !== "string") continue;
    const byKey = new Map<string, JsonObject>();
    for (const { item_key, item } of objectsIn(entries)) {
      if (typeof item_key === "string" && item !== undefined) byKey.set(item_key, { item_key, item });
    }
    put(table, storeKey(store_id), stream, [...byKey.values()]);
  }
  return table;
}

/** Its uploads (`[{store_id, upload, config, entries, errors}]`) likewise. */
export function readBaseUploads(uploads: Json): Json {
  const table: TreeObject = {};
  for (const { store_id, upload, config, entries, errors } of objectsIn(uploads)) {
    if (!isStrings(store_id) || typeof upload !== "string") continue;
    const byRef = new Map<string, JsonObject>();
    for (const entry of objectsIn(entries)) {
      if (typeof entry.ref === "string") byRef.set(entry.ref, { ref: entry.ref, entry });
    }
    put(table, storeKey(store_id), upload, {
      config: config ?? null,
      entries: [...byRef.values()],
      errors: isJsonArray(errors) ? errors : [],
    });
  }
  return table;
}

/** The first under a store and a name stays. */
function put(table: TreeObject, store: string, name: string, value: Json): void {
  const known = Object.hasOwn(table, store) ? table[store] : undefined;
  const byName: TreeObject = isTreeObject(known) ? known : {};
  if (!Object.hasOwn(byName, name)) setField(byName, name, toTree(value));
  setField(table, store, byName);
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}
