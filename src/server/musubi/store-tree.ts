import type { Json, JsonObject } from "../../wire/json";
import type { Assigns } from "./assigns";
import { isEqual } from "./equal";
import { materialise } from "./materialise";
import { createSocket, type MusubiSocket, resetChanged, type StoreId } from "./socket";
import type { Child, RenderedObject, Store } from "./store";

/** A mounted store. Changes only through its tree. */
export type StoreNode = {
  readonly store: Store;
  readonly store_id: StoreId;
  readonly parent: StoreNode | null;
  socket: MusubiSocket<Assigns>;
  props: Assigns;
  rendered: RenderedObject | null;
  wire: JsonObject | null;
  children: ReadonlyMap<string, StoreNode>;
  /** Whether this store, or one below it, has to be resolved again. Then all above it are stale too. */
  isStale: boolean;
};

/** The mounted stores of one root: who is where, what they rendered, what of it has to be rendered again. */
export class StoreTree {
  readonly #root: StoreNode;
  /** Every live store by its id's JSON. */
  readonly #index = new Map<string, StoreNode>();

  /** `socket` is the root's, after its mount. */
  constructor(store: Store, socket: MusubiSocket<Assigns>) {
    this.#root = createNode(store, [], null, {}, store.init(socket));
    this.#index.set(indexKey([]), this.#root);
  }

  find(storeId: readonly Json[]): StoreNode | null {
    return this.#index.get(indexKey(storeId)) ?? null;
  }

  /** Takes over what a callback of `node` made of its socket, and tells the stores above what it asked for. */
  commit(node: StoreNode, socket: MusubiSocket<Assigns>): void {
    node.socket = { ...socket, outbox: [] };
    if (socket.changed.size > 0) markStale(node);
    for (const change of socket.outbox) {
      if (node.parent === null) throw new Error(`${socket.module} is a root: it has no parent to notify.`);
      this.commit(node.parent, change(node.parent.socket));
    }
  }

  /**
   * The wire tree: renders the stores that changed, mounts the ones that appear, discards the ones that are
   * gone. A store in which nothing changed keeps its very object. Throws what the callbacks throw.
   */
  resolve(): JsonObject {
    const orphans: StoreNode[] = [];
    const started: StoreNode[] = [];
    const wire = this.#resolveNode(this.#root, started, orphans);
    // Only now: a store id that one parent gives up, another may take in the same render.
    for (const orphan of orphans) this.#discard(orphan);
    for (const node of started) this.#register(node);
    return wire;
  }

  #resolveNode(node: StoreNode, started: StoreNode[], orphans: StoreNode[]): JsonObject {
    if (!node.isStale && node.wire !== null) return node.wire;
    if (node.rendered === null || node.socket.changed.size > 0) {
      node.rendered = node.store.render(node.socket);
      node.socket = resetChanged(node.socket);
    }
    const children = new Map<string, StoreNode>();
    node.wire = materialise(node.rendered, node.store_id, (child, path) => {
      const storeId = [...node.store_id, ...path, child.id];
      const key = indexKey(storeId);
      if (children.has(key)) throw new Error(duplicateMessage(storeId));
      const present = node.children.get(key);
      const kept = present?.store === child.store ? updateProps(present, child) : null;
      const next = kept ?? startChild(child, storeId, node);
      children.set(key, next);
      if (kept === null) started.push(next);
      return this.#resolveNode(next, started, orphans);
    });
    for (const [key, old] of node.children) if (children.get(key) !== old) orphans.push(old);
    node.children = children;
    node.isStale = false;
    return node.wire;
  }

  #discard(node: StoreNode): void {
    this.#index.delete(indexKey(node.store_id));
    for (const child of node.children.values()) this.#discard(child);
  }

  #register(node: StoreNode): void {
    const key = indexKey(node.store_id);
    if (this.#index.has(key)) throw new Error(duplicateMessage(node.store_id));
    this.#index.set(key, node);
  }
}

function createNode(
  store: Store,
  storeId: StoreId,
  parent: StoreNode | null,
  props: Assigns,
  socket: MusubiSocket<Assigns>,
): StoreNode {
  return {
    store,
    store_id: storeId,
    parent,
    socket,
    props,
    rendered: null,
    wire: null,
    children: new Map(),
    isStale: true,
  };
}

function startChild({ store, props }: Child, storeId: StoreId, parent: StoreNode): StoreNode {
  const socket = store.init(createSocket(store.module, storeId, props));
  return createNode(store, storeId, parent, props, socket);
}

/** Memoised: a store whose props are the same, by structure, is not called. */
function updateProps(node: StoreNode, { props }: Child): StoreNode {
  if (isEqual(node.props, props)) return node;
  node.props = props;
  node.socket = node.store.update(props, node.socket);
  if (node.socket.changed.size > 0) node.isStale = true;
  return node;
}

function markStale(node: StoreNode): void {
  for (let above: StoreNode | null = node; above !== null; above = above.parent) above.isStale = true;
}

function indexKey(storeId: readonly Json[]): string {
  return JSON.stringify(storeId);
}

function duplicateMessage(storeId: StoreId): string {
  return `Two stores have the id ${indexKey(storeId)}: store ids are unique within a root.`;
}
