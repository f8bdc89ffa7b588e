import { assertNever } from "../../src/wire/assert-never";
import type { Json, JsonObject } from "../../src/wire/json";
import {
  type AsyncKey,
  type Fields,
  mapFields,
  type Plan,
  type StorePlan,
  type StreamName,
} from "./random-plans";
import type { Entry } from "./random-streams";

/** What is known of an async value; for `log` the result is the stream's place, and stands as null here. */
export type AsyncShown = {
  readonly status: "loading" | "ok" | "failed";
  readonly result: Json;
  readonly reason: Json;
};

/** What a store's render gave. */
export type Shown = {
  readonly plan: Fields;
  /** The plan's, and those that every store has. */
  readonly fields: Fields;
  /** The fields besides those of the plan. */
  readonly own: { readonly [key: string]: Json };
  readonly async: ReadonlyMap<AsyncKey, AsyncShown>;
};

/** A place for a child, and its store id by the rule of wire.md 6. */
export type ChildPlace = { readonly storeId: readonly string[]; readonly plan: StorePlan };

/** Where a plan has children; not those of the children themselves. `path`: the keys above the container. */
export function childPlaces(
  fields: Fields,
  owner: readonly string[],
  path: readonly string[] = [],
): readonly ChildPlace[] {
  return Object.entries(fields).flatMap(([key, plan]) => placesIn(plan, owner, path, key));
}

function placesIn(
  plan: Plan,
  owner: readonly string[],
  path: readonly string[],
  key: string | null,
): readonly ChildPlace[] {
  const below = key === null ? path : [...path, key];
  if (plan.kind === "store") return [{ storeId: [...owner, ...path, plan.id], plan }];
  if (plan.kind === "fields") return childPlaces(plan.fields, owner, below);
  return plan.kind === "list" ? plan.items.flatMap((item) => placesIn(item, owner, below, null)) : [];
}

/** A store that lives, as far as a tree is made of it. */
export type RenderedStore = {
  readonly module: string;
  readonly storeId: readonly string[];
  readonly shown: Shown | null;
};

/** The lists of a root: by the JSON of the store's id, then by stream. */
export type Lists = ReadonlyMap<string, ReadonlyMap<string, readonly Entry[]>>;

type Composed<Store> = {
  readonly state: Json;
  /** The stores that are in it. */
  readonly live: readonly Store[];
};

/**
 * The tree of what these stores rendered, by the rules of wire.md 6: as it is on the wire, with its markers; or, where
 * `lists` are given, as an app sees it. Throws where a store that was rendered is not among them.
 */
export function composeTree<Store extends RenderedStore>(
  stores: readonly Store[],
  lists: Lists | null,
): Composed<Store> {
  const live: Store[] = [];
  return { state: composeStore([], null), live };

  function composeStore(storeId: readonly string[], module: string | null): JsonObject {
    const key = JSON.stringify(storeId);
    const found = stores.filter(
      (store) => JSON.stringify(store.storeId) === key && (module ?? store.module) === store.module,
    );
    const [store] = found;
    if (store === undefined || found.length > 1)
      throw new Error(`${found.length} stores have the id ${key}.`);
    if (store.shown === null) throw new Error(`The store ${key} was never rendered.`);
    live.push(store);
    return { ...store.shown.own, ...compose(store.shown.fields, store, []), __musubi_store_id__: storeId };
  }

  function compose(fields: Fields, owner: RenderedStore, path: readonly string[]): JsonObject {
    return mapFields(fields, (plan, key) => place(plan, owner, path, key));
  }

  /** `path`: the keys above the container; `key`: the one under which the value is, null in an array. */
  function place(plan: Plan, owner: RenderedStore, path: readonly string[], key: string | null): Json {
    const below = key === null ? path : [...path, key];
    switch (plan.kind) {
      case "value":
        return plan.value;
      case "list":
        return plan.items.map((item) => place(item, owner, below, null));
      case "fields":
        return compose(plan.fields, owner, below);
      case "store":
        return composeStore([...owner.storeId, ...path, plan.id], plan.module);
      case "stream":
        return placeStream(plan.stream, owner);
      case "async":
        return placeAsync(plan.key, owner);
      default:
        return assertNever(plan);
    }
  }

  function placeStream(stream: StreamName, { storeId }: RenderedStore): Json {
    if (lists === null) return { __musubi_stream__: stream };
    return (lists.get(JSON.stringify(storeId))?.get(stream) ?? []).map(({ item }) => item);
  }

  function placeAsync(key: AsyncKey, owner: RenderedStore): Json {
    const shown: AsyncShown | undefined = owner.shown?.async.get(key);
    if (shown === undefined) return null;
    const result = key === "log" ? placeStream("log", owner) : shown.result;
    const { status, reason } = shown;
    if (lists !== null) return { status, data: result, error: reason };
    return { __musubi_async__: true, status, result, reason };
  }
}
