import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../../wire/json";
import { storeIdOf, storeKey } from "../content/store-tree";

/**
 * Whether two values are equal; the order of keys means nothing. Nodes that are one and the same are not looked into.
 * Undefined stands for nothing at all.
 */
export function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  return isEqualTo(a, b, false);
}

/** The same for a field of a store: a store in it counts by its id alone, because its fields are its own. */
export function isEqualField(a: Json | undefined, b: Json | undefined): boolean {
  return isEqualTo(a, b, true);
}

type Node = readonly Json[] | JsonObject;
type Pairs = (readonly [Node, Node])[];

function isEqualTo(a: Json | undefined, b: Json | undefined, byId: boolean): boolean {
  if (a === b) return true;
  if (!isNode(a) || !isNode(b)) return false;
  const pending: Pairs = [];
  if (!mayEqual(a, b, byId, pending)) return false;
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    if (!mayEqualInside(pair[0], pair[1], byId, pending)) return false;
  }
  return true;
}

/** Whether they are not unequal at first sight. What has to be looked into to be sure is added to `pending`. */
function mayEqual(a: Json | undefined, b: Json | undefined, byId: boolean, pending: Pairs): boolean {
  if (a === b) return true;
  if (!isNode(a) || !isNode(b)) return false;
  const [one, other] = byId ? [storeIdOf(a), storeIdOf(b)] : NO_IDS;
  if (one !== undefined || other !== undefined) {
    return one !== undefined && other !== undefined && storeKey(one) === storeKey(other);
  }
  pending.push([a, b]);
  return true;
}

const NO_IDS = [undefined, undefined] as const;

function mayEqualInside(a: Node, b: Node, byId: boolean, pending: Pairs): boolean {
  if (isJsonArray(a) || isJsonArray(b)) {
    if (!isJsonArray(a) || !isJsonArray(b) || a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) if (!mayEqual(a[at], b[at], byId, pending)) return false;
    return true;
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !mayEqual(a[key], ownField(b, key), byId, pending)) return false;
  }
  return true;
}

function isNode(value: Json | undefined): value is Node {
  return isJsonArray(value) || isJsonObject(value);
}
