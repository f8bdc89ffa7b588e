import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../../wire/json";
import { storeIdOf, storeKey } from "../content/store-tree";
import { isEqualField } from "./equal";
import { visitStoreNodes } from "./store-node";

/** A store that differs, or may, between two states: its node in each; null where it is not there. */
type StorePair = {
  readonly store: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
};

/**
 * How often each store's id stands in a state: once, as long as the server keeps its word (wire.md 6). Kept up by
 * `storesBetween`.
 */
export type StoreCounts = { readonly counts: Map<string, number>; doubles: number };

/** Counts the stores of a whole state. */
export function countStores(state: Json): StoreCounts {
  const stores: StoreCounts = { counts: new Map(), doubles: 0 };
  visitStoreNodes(state, (key) => count(stores, key, 1));
  return stores;
}

/**
 * The stores whose nodes are not one and the same in two states, found in both by their ids: where they stand means
 * nothing. What both states share is not walked; where an id stands twice, all is, and its first node counts.
 */
export function storesBetween(before: Json, after: Json, stores: StoreCounts): readonly StorePair[] {
  const hadDoubles = stores.doubles > 0;
  const found: Found = { before: new Map(), after: new Map() };
  collect(before, after, {
    before: (key, node) => note(found.before, key, node, stores, -1),
    after: (key, node) => note(found.after, key, node, stores, 1),
  });
  if (!hadDoubles && stores.doubles === 0) return pairUp(found);
  return pairUp({ before: nodesIn(before), after: nodesIn(after) });
}

type Found = { readonly before: Map<string, JsonObject>; readonly after: Map<string, JsonObject> };

function note(
  into: Map<string, JsonObject>,
  key: string,
  node: JsonObject,
  stores: StoreCounts,
  by: 1 | -1,
): void {
  into.set(key, node);
  count(stores, key, by);
}

function count(stores: StoreCounts, key: string, by: 1 | -1): void {
  const known = stores.counts.get(key) ?? 0;
  const now = known + by;
  if (now === 0) stores.counts.delete(key);
  else stores.counts.set(key, now);
  if (by === 1 && now === 2) stores.doubles++;
  if (by === -1 && known === 2) stores.doubles--;
}

function nodesIn(state: Json): Map<string, JsonObject> {
  const nodes = new Map<string, JsonObject>();
  visitStoreNodes(state, (key, node) => {
    if (!nodes.has(key)) nodes.set(key, node);
  });
  return nodes;
}

function pairUp({ before, after }: Found): readonly StorePair[] {
  const pairs: StorePair[] = [];
  for (const [store, node] of before) {
    const other = after.get(store) ?? null;
    if (node !== other) pairs.push({ store, before: node, after: other });
  }
  for (const [store, node] of after) if (!before.has(store)) pairs.push({ store, before: null, after: node });
  return pairs;
}

type Visit = (key: string, node: JsonObject) => void;
type Sides = { readonly before: Visit; readonly after: Visit };

/** Tells of the stores in what the two do not share. Recurses as deep as they go, which the decoder bounds. */
function collect(before: Json | undefined, after: Json | undefined, sides: Sides): void {
  if (before === after) return;
  if (isJsonArray(before) && isJsonArray(after)) collectItems(before, after, sides);
  else if (isJsonObject(before) && isJsonObject(after)) collectFields(before, after, sides);
  else {
    visitStoreNodes(before, sides.before);
    visitStoreNodes(after, sides.after);
  }
}

function collectItems(before: readonly Json[], after: readonly Json[], sides: Sides): void {
  const [old, current] = [new Set(before), new Set(after)];
  const left = before.filter((item) => isNode(item) && !current.has(item));
  const entered = after.filter((item) => isNode(item) && !old.has(item));
  for (let at = 0; at < Math.max(left.length, entered.length); at++) collect(left[at], entered[at], sides);
}

function collectFields(before: JsonObject, after: JsonObject, sides: Sides): void {
  visitOwn(before, sides.before);
  visitOwn(after, sides.after);
  for (const key of Object.keys(before)) collect(before[key], ownField(after, key), sides);
  for (const key of Object.keys(after))
    if (!Object.hasOwn(before, key)) collect(undefined, after[key], sides);
}

function visitOwn(node: JsonObject, visit: Visit): void {
  const id = storeIdOf(node);
  if (id !== undefined) visit(storeKey(id), node);
}

function isNode(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

/** The names of the fields in which two nodes of one store differ. */
export function differingFields(before: JsonObject, after: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isEqualField(ownField(before, name), ownField(after, name)));
}
