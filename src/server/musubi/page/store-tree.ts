import type { Json, JsonObject } from "../../../wire/json";
import type { Assigns } from "../../phoenix/assigns";
import type { Effect } from "../effect";
import { clearEffects, effectsOf } from "../effect";
import { isEqual } from "../equal";
import { hooksAt } from "../hook";
import type { MusubiSocket, StoreId } from "../socket";
import type { Child, Store } from "../store";
import { hasPendingStreams } from "../stream-state";
import type { Cause } from "./lens-message";
import { objectKeysAbove, type Position, replaceAt } from "./position";
import type { RenderReport, StoreRenderer } from "./render-store";
import { checkSocket, completeProps, putUploads, startChild } from "./start-store";
import { createNode, keyOfStore, markStale, type StoreNode } from "./store-node";
import type { UploadHub } from "./upload-hub";

/** An effect, and the store whose callback asked for it. */
type AskedEffect = { readonly node: StoreNode; readonly effect: Effect };

/** What one pass over the tree did. */
export type Resolution = {
  readonly wire: JsonObject;
  /** In the order in which they rendered. */
  readonly reports: readonly RenderReport[];
  /** Innermost first. */
  readonly discarded: readonly StoreNode[];
};

type Pass = {
  readonly started: StoreNode[];
  readonly orphans: StoreNode[];
  readonly reports: RenderReport[];
};

/** The mounted stores of one root: who is where, what they rendered, what of it has to be rendered again. */
export class StoreTree {
  readonly root: StoreNode;
  readonly #hub: UploadHub;
  readonly #renderer: StoreRenderer;
  /** Every live store by its id's JSON. */
  readonly #index = new Map<string, StoreNode>();
  /** Stores that have something to say besides their state. */
  readonly #talking = new Set<StoreNode>();
  #effects: AskedEffect[] = [];
  /** Why what happens now happens. */
  cause: Cause = { kind: "mount", name: null };

  /** `socket` is the root's, as `startRoot` gave it. */
  constructor(store: Store, socket: MusubiSocket<Assigns>, hub: UploadHub, renderer: StoreRenderer) {
    this.#hub = hub;
    this.#renderer = renderer;
    this.root = createNode(store, [], null, {}, putUploads(store, [], socket, hub));
    this.#index.set(this.root.key, this.root);
    this.adopt(this.root, this.root.socket);
  }

  find(storeId: readonly Json[]): StoreNode | null {
    return this.#index.get(keyOfStore(storeId)) ?? null;
  }

  /** The live stores, the root first. */
  nodes(): readonly StoreNode[] {
    return [...this.#index.values()];
  }

  /** Takes over what a callback of `node` made of its socket; what it asked for waits in `takeEffects`. */
  adopt(node: StoreNode, given: MusubiSocket<Assigns>, callback = "callback"): void {
    const socket = checkSocket(given, node.store, callback);
    for (const effect of effectsOf(socket)) {
      if (effect.kind === "push_event") node.events = [...node.events, effect];
      else this.#effects.push({ node, effect });
    }
    node.socket = clearEffects(socket);
    const hasStreamOps = hasPendingStreams(socket);
    if (hasStreamOps || node.events.length > 0) this.#talking.add(node);
    if (socket.changed.size > 0 || hasStreamOps || (node.events.length > 0 && hasOutputHooks(socket))) {
      node.cause = this.cause;
      markStale(node);
    }
  }

  takeEffects(): readonly AskedEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** The live stores with stream operations or events to send, by the length of their ids (wire.md 8, 10). */
  takeTalking(): readonly StoreNode[] {
    const talking = [...this.#talking].filter(({ isGone }) => !isGone);
    this.#talking.clear();
    return talking.sort((left, right) => left.storeId.length - right.storeId.length);
  }

  /**
   * The wire tree: renders the stores that changed, mounts the ones that appear, discards the ones that are
   * gone. A store in which nothing changed keeps its very object. Throws what the callbacks throw.
   */
  resolve(): Resolution {
    const pass: Pass = { started: [], orphans: [], reports: [] };
    const wire = this.#resolveNode(this.root, pass);
    // Only now: a store id that one parent gives up, another may take in the same render.
    const discarded: StoreNode[] = [];
    for (const orphan of pass.orphans) this.#discard(orphan, discarded);
    for (const node of pass.started) this.#register(node);
    return { wire, reports: pass.reports, discarded };
  }

  #resolveNode(node: StoreNode, pass: Pass): JsonObject {
    if (!node.isStale && node.wire !== null) return node.wire;
    const report = node.mustRender ? this.#renderer.render(node) : null;
    if (report !== null) pass.reports.push(report);
    if (report !== null) this.#rebuildWire(node, report, pass);
    else if (node.encoded !== null) this.#refreshWire(node, node.encoded, pass);
    // The hooks of the output may have made some.
    if (node.events.length > 0) this.#talking.add(node);
    node.isStale = false;
    return node.wire ?? {};
  }

  /** Only stores below have changed: what was rendered stands, and so does who is where. */
  #refreshWire(node: StoreNode, encoded: JsonObject, pass: Pass): void {
    const stale = node.placed.filter((placed) => placed.node.isStale);
    const fresh = stale.map((placed) => [placed.position, this.#resolveNode(placed.node, pass)] as const);
    this.#renderer.serialize(node, replaceAt(encoded, fresh));
  }

  #rebuildWire(node: StoreNode, report: RenderReport, pass: Pass): void {
    const children = new Map<string, StoreNode>();
    const placed: { readonly node: StoreNode; readonly position: Position }[] = [];
    this.#renderer.materialise(node, report, (child, position) => {
      const storeId = [...node.storeId, ...objectKeysAbove(position), child.id];
      const key = keyOfStore(storeId);
      if (children.has(key)) throw new Error(duplicateMessage(key));
      const next = this.#place(child, storeId, node, node.children.get(key), pass);
      children.set(key, next);
      placed.push({ node: next, position });
      return this.#resolveNode(next, pass);
    });
    for (const [key, old] of node.children) if (children.get(key) !== old) pass.orphans.push(old);
    node.children = children;
    node.placed = placed;
  }

  #place(
    child: Child,
    storeId: StoreId,
    parent: StoreNode,
    present: StoreNode | undefined,
    pass: Pass,
  ): StoreNode {
    const { store } = child;
    const props = completeProps(store, child.props);
    if (present?.store === store) {
      this.#updateProps(present, props);
      return present;
    }
    const socket = startChild(store, storeId, props, parent);
    const node = createNode(store, storeId, parent, props, putUploads(store, storeId, socket, this.#hub));
    this.adopt(node, node.socket, "init");
    node.cause = { kind: "mount", name: null };
    pass.started.push(node);
    return node;
  }

  /** Memoised: a store whose props are the same, by structure, is not called. */
  #updateProps(node: StoreNode, props: Assigns): void {
    if (isEqual(node.props, props)) return;
    node.props = props;
    const { mustRender, cause } = node;
    this.adopt(node, node.store.update(props, node.socket), "update");
    node.cause = mustRender ? cause : { kind: "update", name: null };
  }

  #discard(node: StoreNode, discarded: StoreNode[]): void {
    for (const child of node.children.values()) this.#discard(child, discarded);
    this.#index.delete(node.key);
    node.isGone = true;
    discarded.push(node);
  }

  #register(node: StoreNode): void {
    if (this.#index.has(node.key)) throw new Error(duplicateMessage(node.key));
    this.#index.set(node.key, node);
  }
}

function hasOutputHooks(socket: MusubiSocket<Assigns>): boolean {
  return hooksAt(socket, "afterRender").length + hooksAt(socket, "afterSerialize").length > 0;
}

function duplicateMessage(key: string): string {
  return `Two stores have the id ${key}: store ids are unique within a root.`;
}
