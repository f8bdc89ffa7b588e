import { fieldIn, isJsonArray, isJsonObject, isStrings, type Json, type JsonObject } from "../../wire/json";
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

/** Streams of a content in the form of a base event. */
export function writeBaseStreams(streams: Json): Json {
  return byStoreAndName(streams).map(([store_id, stream, entries]) => ({ store_id, stream, entries }));
}

/**
 * Its uploads (`[{store_id, upload, config, entries, errors}]`) likewise. `refs` has the ref of each entry; without it
 * an entry holds its own.
 */
export function readBaseUploads(uploads: Json): Json {
  const table: TreeObject = {};
  for (const { store_id, upload, config, entries, refs, errors } of objectsIn(uploads)) {
    if (!isStrings(store_id) || typeof upload !== "string") continue;
    const byRef = new Map<string, JsonObject>();
    for (const [at, entry] of objectsIn(entries).entries()) {
      const ref = isJsonArray(refs) ? refs[at] : entry.ref;
      if (typeof ref === "string") byRef.set(ref, { ref, entry });
    }
    put(table, storeKey(store_id), upload, {
      config: config ?? null,
      entries: [...byRef.values()],
      errors: isJsonArray(errors) ? errors : [],
    });
  }
  return table;
}

/** Uploads of a content in the form of a base event. */
export function writeBaseUploads(uploads: Json): Json {
  return byStoreAndName(uploads).map(([store_id, upload, slot]) => {
    const named = objectsIn(fieldIn(slot, "entries"));
    const entries = named.map(({ entry }) => entry ?? null);
    const holdOwn = named.every(({ ref, entry }) => fieldIn(entry, "ref") === ref);
    const refs = holdOwn ? {} : { refs: named.map(({ ref }) => ref ?? null) };
    const [config, errors] = [fieldIn(slot, "config") ?? null, fieldIn(slot, "errors") ?? []];
    return { store_id, upload, config, entries, ...refs, errors };
  });
}

/** What the server shows of the assigns (`[{store_id, module, assigns}]`) likewise. */
export function readBaseAssigns(assigns: Json): Json {
  const table: TreeObject = {};
  for (const { store_id, module, assigns: own } of objectsIn(assigns)) {
    if (!isStrings(store_id) || typeof module !== "string" || !isJsonObject(own)) continue;
    setField(table, storeKey(store_id), toTree({ module, assigns: own }));
  }
  return table;
}

/** Assigns of a content in the form of a base event. */
export function writeBaseAssigns(assigns: Json): readonly Json[] {
  return byStore(assigns).map(([store_id, held]) => {
    return { store_id, module: fieldIn(held, "module") ?? "", assigns: fieldIn(held, "assigns") ?? {} };
  });
}

/** What a table holds of each store, under the store's id. */
function byStore(table: Json): readonly (readonly [store_id: readonly string[], value: Json])[] {
  return Object.entries(isJsonObject(table) ? table : {}).flatMap(([store, value]) => {
    const store_id: unknown = JSON.parse(store);
    return isStrings(store_id) ? [[store_id, value] as const] : [];
  });
}

/** What a table holds of each store by name. */
function byStoreAndName(
  table: Json,
): readonly (readonly [store_id: readonly string[], name: string, value: Json])[] {
  return byStore(table).flatMap(([store_id, byName]) =>
    Object.entries(isJsonObject(byName) ? byName : {}).map(
      ([name, value]) => [store_id, name, value] as const,
    ),
  );
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
