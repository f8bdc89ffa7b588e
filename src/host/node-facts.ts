import { storeIdOf } from "../engine/content/store-tree";
import type { StoreId } from "../engine/inspection";
import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../wire/json";
import { MARKER } from "../wire/protocol";

/** A store of a content, and what its node tells beside its fields. */
export type StoreFacts = {
  readonly store_id: StoreId;
  readonly node: JsonObject;
  /** The stores that were rendered in it, in document order; what is inside of those is theirs. */
  readonly children: readonly StoreFacts[];
  /** How many stores stand in it, however deep. */
  readonly inside: number;
  /** How many lines its children take, where nobody has folded anything. */
  readonly below: number;
  /** Its own async values that are loading, and those that have failed. */
  readonly loading: number;
  readonly failed: number;
};

/** A store with more children than this does not unfold by itself. */
export const MAX_OPEN_CHILDREN = 50;

/** Tells the stores of a state; null where no store is in it. Of a content: its nodes never change. */
export type TellStores = (state: Json) => StoreFacts | null;

/**
 * Tells the stores of one root's states. What was told of a node once is kept as long as the node is, and what is where
 * it was in the last state needs not even be looked up: of the next state only the way to what changed is looked at.
 */
export function createTellStores(): TellStores {
  let last: { readonly state: Json; readonly inside: Inside } = { state: null, inside: NOTHING };
  return (state) => {
    const inside = look(state, last.state, last.inside);
    last = { state, inside };
    return inside.stores[0] ?? null;
  };
}

/** How many lines a store takes, its own included, where nobody has folded anything. */
export function linesOf({ children, below }: StoreFacts): number {
  return children.length > MAX_OPEN_CHILDREN ? 1 : 1 + below;
}

/** What stands in a value, up to the outermost stores in it. */
type Inside = {
  readonly stores: readonly StoreFacts[];
  readonly loading: number;
  readonly failed: number;
  /** How many values were looked at for it. */
  readonly cost: number;
  /** The same of each value in it, in order; of a small one it is not kept. */
  readonly parts: readonly Inside[];
};

const NOTHING: Inside = { stores: [], loading: 0, failed: 0, cost: 1, parts: [] };

/** Smaller values are looked at again rather than kept. */
const MIN_KEPT_COST = 32;

const kept = new WeakMap<object, Inside>();

/** @param before what stood there in the last state @param told what was told of that */
function look(value: Json | undefined, before: Json | undefined, told: Inside | undefined): Inside {
  if (typeof value !== "object" || value === null) return NOTHING;
  if (value === before && told !== undefined) return told;
  const known = kept.get(value);
  if (known !== undefined) return known;
  const found = isJsonArray(value)
    ? lookAtAll(value, isJsonArray(before) ? before : [], told)
    : lookAtObject(value, before, told);
  if (found.stores.length > 0 || found.cost >= MIN_KEPT_COST) kept.set(value, found);
  return found;
}

function lookAtObject(object: JsonObject, before: Json | undefined, told: Inside | undefined): Inside {
  // A copy has its fields in the order of what it was copied from.
  const fields = lookAtAll(Object.values(object), isJsonObject(before) ? Object.values(before) : [], told);
  const store_id = storeIdOf(object);
  if (store_id !== undefined) {
    return { ...NOTHING, stores: [toFacts(store_id, object, fields)], parts: fields.parts };
  }
  const status = ownField(object, MARKER.async) === true ? ownField(object, "status") : undefined;
  if (status !== "loading" && status !== "failed") return fields;
  return { ...fields, [status]: fields[status] + 1 };
}

function lookAtAll(values: readonly Json[], before: readonly Json[], told: Inside | undefined): Inside {
  const parts: Inside[] = [];
  let stores: readonly StoreFacts[] = NOTHING.stores;
  /** The same list once more than one value has put stores into it: a list of another's is never added to. */
  let own: StoreFacts[] | null = null;
  let [loading, failed, cost] = [0, 0, 1];
  for (let at = 0; at < values.length; at++) {
    const found = look(values[at], before[at], told?.parts[at]);
    parts.push(found);
    cost += found.cost;
    if (found === NOTHING) continue;
    loading += found.loading;
    failed += found.failed;
    if (found.stores.length === 0) continue;
    if (stores.length === 0) stores = found.stores;
    else {
      if (own === null) stores = own = [...stores];
      for (const store of found.stores) own.push(store);
    }
  }
  return { stores, loading, failed, cost, parts: cost >= MIN_KEPT_COST ? parts : NOTHING.parts };
}

function toFacts(store_id: StoreId, node: JsonObject, fields: Inside): StoreFacts {
  const { stores: children, loading, failed } = fields;
  let [inside, below] = [children.length, 0];
  for (const child of children) {
    inside += child.inside;
    below += linesOf(child);
  }
  return { store_id, node, children, inside, below, loading, failed };
}
