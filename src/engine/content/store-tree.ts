import {
  fieldIn,
  isJsonArray,
  isJsonObject,
  isStrings,
  type Json,
  type JsonObject,
  ownField,
} from "../../wire/json";
import { formatPointer, readPointer } from "../../wire/json-pointer";
import { MARKER } from "../../wire/protocol";
import type { StoreId } from "../inspection";
import { setField, type Tree, type TreeObject } from "./tree";

/** A store of a root and the stores that were rendered inside it, in document order. */
export type StoreTree = {
  readonly store_id: StoreId;
  /** The pointer from the store around it to this one: `/child`, `/lines/0`. Empty for the outermost. */
  readonly path: string;
  /** The store's node in the state. Never to be written to. */
  readonly value: JsonObject;
  readonly children: readonly StoreTree[];
};

/**
 * The id that a node carries, if it is a store (wire.md 6). Asked anew each time: a list change may rewrite an id in
 * place, so a store is whatever carries the id now.
 */
export function storeIdOf(node: Json): StoreId | undefined {
  if (!isJsonObject(node)) return undefined;
  const id = ownField(node, MARKER.storeId);
  return isStrings(id) ? id : undefined;
}

/** The store that the place at a pointer belongs to, as far as the pointer leads; the root's own, `[]`, where it is no other's. */
export function storeAround(state: Json, path: string): StoreId {
  const pointer = readPointer(path);
  let around: StoreId = [];
  let node: Json | undefined = state;
  for (const token of "reason" in pointer ? [] : pointer.tokens) {
    if (node === undefined) break;
    around = storeIdOf(node) ?? around;
    node = isJsonArray(node) ? node[Number(token)] : fieldIn(node, token);
  }
  return [...around];
}

/** The store that a command, an operation or another part of a message names; undefined where it names none. */
export function storeNamedBy(value: Json | undefined): StoreId | undefined {
  const store_id = fieldIn(value, "store_id");
  return isStrings(store_id) ? store_id : undefined;
}

/** Every store id in the state, distinct, shorter ones first, then element by element (session-format.md, State). */
export function storeIds(state: Json): readonly StoreId[] {
  const found = new Map<string, StoreId>();
  visitStores(state, (id) => {
    found.set(storeKey(id), [...id]);
  });
  return [...found.values()].sort(compareStoreIds);
}

/** A key under which equal store ids meet. */
export function storeKey(id: StoreId): string {
  return JSON.stringify(id);
}

/** The stores of a state as they contain one another; null where no store is in it. */
export function storeTree(state: Json): StoreTree | null {
  const outermost: StoreTree[] = [];
  collectStores(state, [], outermost);
  return outermost[0] ?? null;
}

/**
 * The value of one store as it stands in the state, every store inside it cut down to its id. It shares nothing
 * that later patches change. Undefined where no node carries the id.
 */
export function ownValue(state: Json, store_id: StoreId): Json | undefined {
  const node = findStore(state, store_id);
  return node === undefined ? undefined : copyFields(node);
}

/** Calls `visit` for each store of the value, outer ones first, in document order. */
export function visitStores(value: Json, visit: (id: StoreId) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (isJsonArray(value)) {
    for (const item of value) if (typeof item === "object" && item !== null) visitStores(item, visit);
    return;
  }
  const id = ownField(value, MARKER.storeId);
  if (isStrings(id)) visit(id);
  // Every value that comes or goes is walked: a list of keys for each object in it would be most of the cost.
  for (const key in value) {
    const child = value[key];
    if (typeof child === "object" && child !== null) visitStores(child, visit);
  }
}

/**
 * Adds the stores in `value` that no other store in it contains to `into`. `path` leads here from the store around;
 * it is one array for the whole walk, as long as the walk is deep.
 */
function collectStores(value: Json, path: string[], into: StoreTree[]): void {
  if (typeof value !== "object" || value === null) return;
  if (isJsonArray(value)) {
    for (let at = 0; at < value.length; at++) collectAt(value[at], String(at), path, into);
    return;
  }
  const store_id = storeIdOf(value);
  if (store_id === undefined) {
    for (const key of Object.keys(value)) collectAt(value[key], key, path, into);
    return;
  }
  const children: StoreTree[] = [];
  const inside: string[] = [];
  for (const key of Object.keys(value)) collectAt(value[key], key, inside, children);
  into.push({ store_id, path: formatPointer(path), value, children });
}

function collectAt(value: Json | undefined, key: string, path: string[], into: StoreTree[]): void {
  if (typeof value !== "object" || value === null) return;
  path.push(key);
  collectStores(value, path, into);
  path.pop();
}

function findStore(value: Json, store_id: StoreId): JsonObject | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isJsonArray(value)) return findAmong(value, store_id);
  const id = storeIdOf(value);
  if (id !== undefined && compareStoreIds(id, store_id) === 0) return value;
  return findAmong(Object.values(value), store_id);
}

function findAmong(values: readonly Json[], store_id: StoreId): JsonObject | undefined {
  for (const value of values) {
    const found = findStore(value, store_id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function copyFields(object: JsonObject): TreeObject {
  const copy: TreeObject = {};
  for (const key of Object.keys(object)) setField(copy, key, copyOwn(object[key] ?? null));
  return copy;
}

/** A copy in which each store is cut down to its id. */
function copyOwn(value: Json): Tree {
  if (typeof value !== "object" || value === null) return value;
  if (isJsonArray(value)) return value.map(copyOwn);
  const id = storeIdOf(value);
  return id === undefined ? copyFields(value) : { [MARKER.storeId]: [...id] };
}

function compareStoreIds(a: StoreId, b: StoreId): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let at = 0; at < a.length; at++) {
    const [left, right] = [a[at] ?? "", b[at] ?? ""];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
