import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../../wire/json";
import type { ChangeOp } from "../content/change";
import { storeIdOf } from "../content/store-tree";
import { isEqualField } from "./equal";
import { cutStores } from "./store-node";
import { formatWay, type Way } from "./way";

/** One step from a value to another (RFC 6902). */
export type Difference = {
  readonly path: string;
  readonly op: ChangeOp;
  /** What stood there before; undefined where nothing did. */
  readonly before: Json | undefined;
  /** What stands there after; undefined where nothing does. */
  readonly after: Json | undefined;
};

/** Steps in an order in which they can be taken, as far as they were looked for. */
export type Differences = {
  readonly differences: readonly Difference[];
  /** Whether there are more than these: nobody looked for them. */
  readonly more: boolean;
};

/** How many differences of two values are looked for. */
export const MAX_DIFFERENCES = 1000;

/**
 * What leads from one value to another: objects key by key, arrays index by index, as the server's own diff does
 * (wire.md 7). Nodes that are one and the same are not looked into.
 */
export function diffValues(before: Json, after: Json, most: number = MAX_DIFFERENCES): Differences {
  return collectDifferences(before, after, most, false);
}

/** What leads from a store's node to another node of it: of the stores inside, only which they are. */
export function diffOwnValues(
  before: JsonObject,
  after: JsonObject,
  most: number = MAX_DIFFERENCES,
): Differences {
  return collectDifferences(before, after, most, true);
}

/** Two values that stand at one place; undefined where nothing stands. */
type Pair = { readonly before: Json | undefined; readonly after: Json | undefined; readonly way: Way | null };

function collectDifferences(before: Json, after: Json, most: number, byId: boolean): Differences {
  const found: Difference[] = [];
  const pending: Pair[] = [{ before, after, way: null }];
  // One more than is given tells that there are more.
  for (let pair = pending.pop(); pair !== undefined && found.length <= most; pair = pending.pop()) {
    const inside = pairsInside(pair, byId && pair.way !== null);
    if (inside === null) found.push(differenceOf(pair, byId));
    else for (let at = inside.length - 1; at >= 0; at--) pending.push(inside[at] ?? pair);
  }
  return { differences: found.slice(0, most), more: found.length > most };
}

/** What is inside two values of one kind, where it is not the same; null where the values themselves differ. */
function pairsInside({ before, after, way }: Pair, byId: boolean): readonly Pair[] | null {
  if (before === after) return NONE;
  if (byId && (storeIdOf(before ?? null) !== undefined || storeIdOf(after ?? null) !== undefined)) {
    return isEqualField(before, after) ? NONE : null;
  }
  if (isJsonArray(before) && isJsonArray(after)) return pairItems(before, after, way);
  return isJsonObject(before) && isJsonObject(after) ? pairFields(before, after, way) : null;
}

function pairItems(before: readonly Json[], after: readonly Json[], way: Way | null): readonly Pair[] {
  const pairs: Pair[] = [];
  const add = (at: number): void => {
    if (before[at] === after[at]) return;
    pairs.push({ before: before[at], after: after[at], way: { token: String(at), before: way } });
  };
  const shared = Math.min(before.length, after.length);
  for (let at = 0; at < shared; at++) add(at);
  // The last one first, so that no removal moves what the next one means.
  for (let at = before.length - 1; at >= shared; at--) add(at);
  for (let at = shared; at < after.length; at++) add(at);
  return pairs;
}

function pairFields(before: JsonObject, after: JsonObject, way: Way | null): readonly Pair[] {
  const pairs: Pair[] = [];
  const add = (key: string): void => {
    const [left, entered] = [ownField(before, key), ownField(after, key)];
    if (left !== entered) pairs.push({ before: left, after: entered, way: { token: key, before: way } });
  };
  for (const key of Object.keys(before)) add(key);
  for (const key of Object.keys(after)) if (!Object.hasOwn(before, key)) add(key);
  return pairs;
}

function differenceOf({ before, after, way }: Pair, byId: boolean): Difference {
  const op = before === undefined ? "add" : after === undefined ? "remove" : "replace";
  const show = (value: Json | undefined) => (value === undefined || !byId ? value : cutStores(value));
  return { path: formatWay(way), op, before: show(before), after: show(after) };
}

const NONE: readonly Pair[] = [];
