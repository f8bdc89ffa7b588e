import { isJsonArray, isJsonObject, isStrings, type Json, type JsonObject } from "../../wire/json";
import { parseJsonText } from "../../wire/json-text";
import { MARKER } from "../../wire/protocol";
import { childOf } from "../content/draft";
import { storeIdOf, storeKey } from "../content/store-tree";
import { setField, type TreeObject, toTree } from "../content/tree";

/** A store where it stands in a state: its node, and the tokens that lead there. */
export type StoreNode = { readonly node: JsonObject; readonly tokens: readonly string[] };

/**
 * The node that carries the id now, the first in document order; undefined where none does. Recurses as deep as the
 * state, which the decoder bounds.
 */
export function findStoreNode(state: Json, key: string): StoreNode | undefined {
  const tokens: string[] = [];
  const node = find(state, key, tokens);
  return node === undefined ? undefined : { node, tokens };
}

function find(value: Json, key: string, tokens: string[]): JsonObject | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const id = storeIdOf(value);
  if (id !== undefined && storeKey(id) === key && isJsonObject(value)) return value;
  for (const token of Object.keys(value)) {
    const child = isJsonArray(value) ? value[Number(token)] : childOf(value, token);
    if (typeof child !== "object" || child === null) continue;
    tokens.push(token);
    const found = find(child, key, tokens);
    if (found !== undefined) return found;
    tokens.pop();
  }
  return undefined;
}

/** Calls `visit` for each store's node in a value, outer ones first, in document order. */
export function visitStoreNodes(
  value: Json | undefined,
  visit: (key: string, node: JsonObject) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  if (isJsonArray(value)) {
    for (const item of value) visitStoreNodes(item, visit);
    return;
  }
  const id = storeIdOf(value);
  if (id !== undefined) visit(storeKey(id), value);
  for (const key of Object.keys(value)) visitStoreNodes(value[key], visit);
}

/** Whether any node in the value is a store. */
export function holdsStore(value: Json | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isJsonArray(value)) {
    for (const item of value) if (holdsStore(item)) return true;
    return false;
  }
  if (storeIdOf(value) !== undefined) return true;
  for (const key of Object.keys(value)) if (holdsStore(value[key])) return true;
  return false;
}

/** What a store shows of a value in it: every store there cut down to its id. Shares what holds no store. */
export function cutStores(value: Json): Json {
  const id = storeIdOf(value);
  return id === undefined ? cutInside(value) : { [MARKER.storeId]: [...id] };
}

/** A store's own value: its node, every store inside it cut down to its id. Shares what holds no store. */
export function cutInside(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  return isJsonArray(value) ? cutItems(value) : cutFields(value);
}

function cutItems(list: readonly Json[]): Json {
  const copy: Json[] = [];
  let isCut = false;
  for (const item of list) {
    const cut = cutStores(item);
    isCut ||= cut !== item;
    copy.push(cut);
  }
  return isCut ? copy : list;
}

function cutFields(object: JsonObject): Json {
  const copy: TreeObject = {};
  let isCut = false;
  for (const key of Object.keys(object)) {
    const field = object[key] ?? null;
    const cut = cutStores(field);
    isCut ||= cut !== field;
    setField(copy, key, toTree(cut));
  }
  return isCut ? copy : object;
}

/** The id that a store's key was made of (`storeKey`). Of what is no such key, which a file may hold: itself alone. */
export function readStoreKey(key: string): readonly string[] {
  const parsed = parseJsonText(key, key.length);
  return parsed.ok && isStrings(parsed.value) ? parsed.value : [key];
}
