import type { ChannelView, ConnectionView, RootView, StoreNode } from "../../bridge/view";
import { keyOf, rootKeyOf, type Selection } from "./store-key";
import type { TreeItem } from "./tree-item";

/** One visible line of the tree of stores: connection > root > nested stores, and the connection's other channels. */
export type StoreItem = TreeItem & {
  readonly selection: Selection;
  readonly shows:
    | { readonly kind: "connection"; readonly connection: ConnectionView }
    | { readonly kind: "root"; readonly root: RootView; readonly node: StoreNode | null }
    | { readonly kind: "store"; readonly node: StoreNode }
    | { readonly kind: "channel"; readonly channel: ChannelView };
};

/** The roots of a session with more of them do not unfold by themselves, nor does a nested store of more children. */
export const MAX_OPEN_ROOTS = 20;
const MAX_OPEN_CHILDREN = 50;

type Sources = {
  readonly connections: readonly ConnectionView[];
  /** The trees that have come, by the key of their root. */
  readonly trees: ReadonlyMap<string, StoreNode | null>;
  /** What a person has unfolded or folded, by key. */
  readonly open: ReadonlyMap<string, boolean>;
};

type Context = Sources & { readonly roots: number };

type Place = { readonly level: number; readonly position: number; readonly size: number };

export function storeItems(sources: Sources): readonly StoreItem[] {
  const items: StoreItem[] = [];
  const size = sources.connections.length;
  const roots = countRoots(sources.connections);
  for (const [index, connection] of sources.connections.entries()) {
    pushConnection(items, connection, { level: 1, position: index + 1, size }, { ...sources, roots });
  }
  return items;
}

/** Whether a root is unfolded: its stores are shown, so its tree is needed. */
export function isRootOpen(root: RootView, roots: number, open: ReadonlyMap<string, boolean>): boolean {
  return open.get(rootKeyOf(root.key)) ?? roots <= MAX_OPEN_ROOTS;
}

export function countRoots(connections: readonly ConnectionView[]): number {
  return connections.reduce((sum, connection) => sum + connection.roots.length, 0);
}

/** The channels that the tree shows as such: those that carry no root of their own. */
export function otherChannels(connection: ConnectionView): readonly ChannelView[] {
  const topics = new Set(connection.roots.map((root) => root.key.topic));
  return connection.channels.filter((channel) => channel.kind !== "root" || !topics.has(channel.topic));
}

/** The keys of the stores around a store, which must be unfolded for it to show; the root's first. */
export function keysAround(tree: StoreNode, selection: Selection & { kind: "store" }): readonly string[] {
  const wanted = keyOf(selection);

  function find(node: StoreNode, around: readonly string[]): readonly string[] | null {
    const key = keyOf({ ...selection, store_id: node.store_id });
    if (key === wanted) return around;
    for (const child of node.children) {
      const found = find(child, [...around, key]);
      if (found !== null) return found;
    }
    return null;
  }

  return find(tree, []) ?? [];
}

function pushConnection(
  items: StoreItem[],
  connection: ConnectionView,
  place: Place,
  context: Context,
): void {
  const selection: Selection = { kind: "connection", connection: connection.id };
  const channels = otherChannels(connection);
  const size = connection.roots.length + channels.length;
  const expanded = size > 0 && (context.open.get(keyOf(selection)) ?? true);
  items.push({
    ...{ key: keyOf(selection), label: connection.endpoint, expandable: size > 0, expanded, ...place },
    ...{ selection, shows: { kind: "connection", connection } },
  });
  if (!expanded) return;
  const level = place.level + 1;
  for (const [index, root] of connection.roots.entries()) {
    pushRoot(items, root, { level, position: index + 1, size }, context);
  }
  for (const [index, channel] of channels.entries()) {
    const position = connection.roots.length + index + 1;
    pushChannel(items, connection.id, channel, { level, position, size });
  }
}

function pushRoot(items: StoreItem[], root: RootView, place: Place, context: Context): void {
  const selection: Selection = { kind: "store", root: root.key, store_id: [] };
  const key = keyOf(selection);
  const node = context.trees.get(key) ?? null;
  const isOpen = isRootOpen(root, context.roots, context.open);
  // A root whose tree has not been asked for may have children: only unfolding it tells.
  const expandable = node === null ? !isOpen : node.children.length > 0;
  const expanded = isOpen && expandable;
  items.push({
    ...{ key, label: root.module, expandable, expanded, ...place },
    ...{ selection, shows: { kind: "root", root, node } },
  });
  if (expanded && node !== null) pushStores(items, node, selection, place.level + 1, context);
}

function pushStores(
  items: StoreItem[],
  parent: StoreNode,
  around: Selection & { kind: "store" },
  level: number,
  context: Context,
): void {
  const size = parent.children.length;
  for (const [index, node] of parent.children.entries()) {
    const selection: Selection = { ...around, store_id: node.store_id };
    const key = keyOf(selection);
    const count = node.children.length;
    const expanded = count > 0 && (context.open.get(key) ?? count <= MAX_OPEN_CHILDREN);
    items.push({
      ...{ key, label: node.store_id.at(-1) ?? "", expandable: count > 0, expanded },
      ...{ level, position: index + 1, size, selection, shows: { kind: "store", node } },
    });
    if (expanded) pushStores(items, node, selection, level + 1, context);
  }
}

function pushChannel(items: StoreItem[], connection: number, channel: ChannelView, place: Place): void {
  const selection: Selection = { kind: "channel", connection, topic: channel.topic };
  items.push({
    ...{ key: keyOf(selection), label: channel.topic, expandable: false, expanded: false, ...place },
    ...{ selection, shows: { kind: "channel", channel } },
  });
}
