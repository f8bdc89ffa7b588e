import { MAX_STREAM_ITEMS, MAX_UPLOAD_ITEMS } from "../bridge/attachment-view";
import {
  MAX_PREVIEW_FIELDS,
  type Query,
  type RootKey,
  type StoreNode,
  type StoreView,
  type TreeView,
} from "../bridge/view";
import { heldStreams, heldUploads } from "../engine/content/store-attachments";
import { ownValue, type StoreTree, storeTree } from "../engine/content/store-tree";
import type { Engine, LiveRoot } from "../engine/engine";
import { isObject, type Json } from "../wire/json";
import { preview } from "./preview";

export function findRoot(engine: Engine, key: RootKey): LiveRoot | undefined {
  return engine.connections
    .find((connection) => connection.id === key.connection)
    ?.roots.find((root) => root.topic === key.topic && root.root_id === key.root_id);
}

/** The stores of a root as they were rendered inside one another. */
export function viewTree(key: RootKey, root: LiveRoot | undefined): TreeView {
  const state = root?.content().state ?? null;
  const tree = state === null ? null : storeTree(state);
  return { kind: "tree", root: key, tree: tree === null ? null : toNode(tree) };
}

/** The value of one store, and what its streams and uploads hold, as they stand now. */
export function viewStore(query: Query & { kind: "store" }, root: LiveRoot | undefined): StoreView {
  const { root: key, store_id } = query;
  const content = root?.content();
  const value = content === undefined ? undefined : ownValue(content.state, store_id);
  const gone = { kind: "store", root: key, store_id, version: root?.version ?? 0, value: null } as const;
  if (content === undefined || value === undefined) return { ...gone, streams: [], uploads: [] };
  return {
    ...gone,
    value,
    streams: heldStreams(content, store_id, MAX_STREAM_ITEMS),
    uploads: heldUploads(content, store_id, MAX_UPLOAD_ITEMS),
  };
}

function toNode({ store_id, path, value, children }: StoreTree): StoreNode {
  return { store_id, path, preview: previewFields(value), children: children.map(toNode) };
}

function previewFields(store: Json): StoreNode["preview"] {
  if (!isObject(store)) return [];
  return Object.entries(store)
    .filter(([, value]) => typeof value !== "object" || value === null)
    .slice(0, MAX_PREVIEW_FIELDS)
    .map(([key, value]) => ({ key, value: preview(value) }));
}
