import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../../../src/wire/json";
import { type Item, insert } from "../naive-client";
import { STORE, STREAM_NAMES, type Step } from "./page-law-stores";

type Known = {
  bumps: number;
  user: { status: string; result: number | null; reason: Json } | null;
  /** Which of `tasks` it waits for. */
  task: number | null;
  streams: Map<string, readonly Item[]>;
};

/** What a page of these stores must show, by the rules of wire.md 6 and 8, without a runtime. */
export class Model {
  plan: JsonObject = {};
  readonly known = new Map<string, Known>();

  at(store: string): Known {
    const known = this.known.get(store) ?? { bumps: 0, user: null, task: null, streams: new Map() };
    this.known.set(store, known);
    return known;
  }

  /** The tree; stores that are not in it are forgotten. */
  tree(): JsonObject {
    const live = new Set<string>();
    const tree = this.#store(this.plan, [], live);
    for (const store of this.known.keys()) if (!live.has(store)) this.known.delete(store);
    return tree;
  }

  stream(store: string, calls: Extract<Step, { kind: "stream" }>["calls"]): void {
    const { streams: held } = this.at(store);
    for (const name of STREAM_NAMES) {
      const own = calls.filter(([of]) => of === name).map(([, call]) => call);
      let items = own.some(({ kind }) => kind === "reset") ? [] : (held.get(name) ?? []);
      const put = (id: number, at: number, limit: number | null) => {
        const item_key = `${name}-${id}`;
        items = insert(
          items.filter(({ key }) => key !== item_key),
          { item_key, at, limit, item: { id } },
        );
      };
      for (const call of own) {
        if (call.kind === "insert") put(call.id, call.at, call.limit);
        if (call.kind === "reset") for (const id of call.ids) put(id, -1, null);
      }
      for (const call of own) {
        if (call.kind === "delete") items = items.filter(({ key }) => key !== `${name}-${call.id}`);
      }
      held.set(name, items);
    }
  }

  #store(plan: JsonObject, id: readonly string[], live: Set<string>): JsonObject {
    const key = JSON.stringify(id);
    live.add(key);
    const { bumps, user } = this.at(key);
    return {
      bumps,
      user: user && { __musubi_async__: true, ...user },
      rows: { __musubi_stream__: "rows" },
      ...this.#fields(plan, id, [], live),
      __musubi_store_id__: id,
    };
  }

  #fields(
    plan: JsonObject,
    owner: readonly string[],
    path: readonly string[],
    live: Set<string>,
  ): JsonObject {
    const shown = Object.entries(plan).filter(([key]) => key !== STORE);
    return Object.fromEntries(shown.map(([key, value]) => [key, this.#value(value, owner, path, key, live)]));
  }

  /** `path`: the object keys above the container; `key`: the one under which the value is, null in an array. */
  #value(
    plan: Json,
    owner: readonly string[],
    path: readonly string[],
    key: string | null,
    live: Set<string>,
  ): Json {
    const below = key === null ? path : [...path, key];
    if (isJsonArray(plan)) return plan.map((item) => this.#value(item, owner, below, null, live));
    if (!isJsonObject(plan)) return plan;
    const id = plan[STORE];
    return typeof id === "string"
      ? this.#store(plan, [...owner, ...path, id], live)
      : this.#fields(plan, owner, below, live);
  }
}
