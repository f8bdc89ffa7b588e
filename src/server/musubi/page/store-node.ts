import type { Json, JsonObject } from "../../../wire/json";
import type { Assigns } from "../../phoenix/assigns";
import type { StoreEvent } from "../hook";
import type { MusubiSocket, StoreId } from "../socket";
import type { Store } from "../store";
import type { Cause } from "./lens-message";
import type { Position } from "./position";

/** A mounted store. Changes only through its tree. */
export type StoreNode = {
  readonly store: Store;
  readonly storeId: StoreId;
  /** The store id's JSON. */
  readonly key: string;
  readonly parent: StoreNode | null;
  socket: MusubiSocket<Assigns>;
  props: Assigns;
  /** What `render`, and the hooks after it, gave. */
  rendered: { readonly [key: string]: unknown } | null;
  /** That in the wire's form, before hooks rewrite it. */
  encoded: JsonObject | null;
  /** What the clients hold of it. */
  wire: JsonObject | null;
  /** By the JSON of their store ids. */
  children: ReadonlyMap<string, StoreNode>;
  /** The same with where they stand in `encoded`, in that order. */
  placed: readonly PlacedStore[];
  /** Push events that are still to be sent. */
  events: readonly StoreEvent[];
  /** Why it changed last. */
  cause: Cause;
  /** Whether it has to be rendered, whatever its assigns. */
  mustRender: boolean;
  /** Whether this store, or one below it, has to be resolved again. Then all above it are stale too. */
  isStale: boolean;
  isGone: boolean;
};

type PlacedStore = { readonly node: StoreNode; readonly position: Position };

/** What stores are found by. */
export function keyOfStore(storeId: readonly Json[]): string {
  return JSON.stringify(storeId);
}

export function createNode(
  store: Store,
  storeId: StoreId,
  parent: StoreNode | null,
  props: Assigns,
  socket: MusubiSocket<Assigns>,
): StoreNode {
  return {
    store,
    storeId,
    key: keyOfStore(storeId),
    parent,
    socket,
    props,
    rendered: null,
    encoded: null,
    wire: null,
    children: new Map(),
    placed: [],
    events: [],
    cause: { kind: "mount", name: null },
    mustRender: true,
    isStale: true,
    isGone: false,
  };
}

/** The store has to be rendered; all above it have to take its new wire object in. */
export function markStale(node: StoreNode): void {
  node.mustRender = true;
  for (let above: StoreNode | null = node; above !== null && !above.isGone; above = above.parent) {
    above.isStale = true;
  }
}

/** The stores above, from the root down, and the store itself. */
export function lineageOf(node: StoreNode): readonly StoreNode[] {
  return node.parent === null ? [node] : [...lineageOf(node.parent), node];
}
