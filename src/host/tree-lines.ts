import { type LineSubject, lineKey, readLineKey } from "../bridge/line-key";
import type { RootKey } from "../bridge/root-key";
import type { StoreLine, StoresQuery } from "../bridge/stores-view";
import type { ChannelView } from "../bridge/view";
import { storeKey } from "../engine/content/store-tree";
import { type Folds, readFolds } from "./folds";
import { linesOf, MAX_OPEN_CHILDREN, type StoreFacts } from "./node-facts";
import { findWay, NO_WAY, type Way } from "./store-way";

/** A connection as the tree shows it. */
export type TreeConnection<Root extends TreeRoot> = {
  readonly id: number;
  readonly endpoint: string;
  readonly channels: readonly Pick<ChannelView, "topic" | "kind">[];
  readonly roots: readonly Root[];
};

export type TreeRoot = {
  readonly key: RootKey;
  readonly module: string;
  /** The root store; null where it holds none, or nothing is known of it. */
  readonly store: () => StoreFacts | null;
};

/** A line as it stands in the tree, without what it tells of its store. */
export type TreeLine<Root extends TreeRoot> = Omit<StoreLine, "preview" | "badges" | "changed_seq"> & {
  /** The root that it is, or stands in; null where it is no store's line. */
  readonly root: Root | null;
  readonly store: StoreFacts | null;
};

export type TreeWindow<Root extends TreeRoot> = {
  readonly from: number;
  readonly total: number;
  readonly lines: readonly TreeLine<Root>[];
  readonly chosen: number | null;
  readonly revealed: number | null;
  readonly around: readonly string[];
};

/** The roots of a session with more of them do not unfold by themselves. */
export const MAX_OPEN_ROOTS = 20;

/**
 * A window of the lines: connections, their roots with the stores in them, and the channels that carry no root. What a
 * person has folded nothing of is not walked where it is outside of the window.
 * @param folds those of the query, which who asks it often reads once
 */
export function treeLines<Root extends TreeRoot>(
  connections: readonly TreeConnection<Root>[],
  query: StoresQuery,
  folds: Folds = readFolds(query.folds),
): TreeWindow<Root> {
  const { count } = query;
  const terms = termsOf(connections, query, folds);
  const from = query.from === "end" ? Math.max(0, walkTree(connections, terms, 0, 0).at - count) : query.from;
  const { at: total, lines, chosen, revealed, found } = walkTree(connections, terms, from, count);
  const { ways } = terms;
  return {
    ...{ from, total, lines, chosen },
    revealed: query.find === null ? revealed : (found.after ?? found.first),
    around: revealed === null ? [] : ways.reveal.around,
  };
}

type Place = Pick<StoreLine, "level" | "position" | "size" | "parent">;

/** What a query asks for, wherever its window is. */
type Terms = {
  readonly folds: Folds;
  readonly areRootsOpen: boolean;
  readonly ways: { readonly chosen: Way; readonly reveal: Way };
  readonly find: StoresQuery["find"];
};

type Walk<Root extends TreeRoot> = Terms & {
  /** The lines that are wanted: from the first up to, not including, the end. */
  readonly first: number;
  readonly end: number;
  /** How many lines there were so far. */
  at: number;
  readonly lines: TreeLine<Root>[];
  chosen: number | null;
  revealed: number | null;
  /** The lines that begin as is searched for: the first of all, and the first behind the place to start from. */
  readonly found: { first: number | null; after: number | null };
};

function termsOf<Root extends TreeRoot>(
  connections: readonly TreeConnection<Root>[],
  query: StoresQuery,
  folds: Folds,
): Terms {
  const roots = connections.flatMap((connection) => connection.roots);
  const wayTo = (key: string | null): Way => {
    const subject = key === null ? null : readLineKey(key);
    return subject === null ? NO_WAY : findWay(subject, roots);
  };
  return {
    folds,
    areRootsOpen: roots.length <= MAX_OPEN_ROOTS,
    ways: { chosen: wayTo(query.chosen), reveal: wayTo(query.reveal) },
    find: query.find === null ? null : { ...query.find, text: query.find.text.toLowerCase() },
  };
}

function walkTree<Root extends TreeRoot>(
  connections: readonly TreeConnection<Root>[],
  terms: Terms,
  first: number,
  count: number,
): Walk<Root> {
  const walk: Walk<Root> = {
    ...{ ...terms, first, end: first + count, at: 0, lines: [] },
    ...{ chosen: null, revealed: null, found: { first: null, after: null } },
  };
  const size = connections.length;
  for (const [index, connection] of connections.entries()) {
    walkConnection(walk, connection, { level: 1, position: index + 1, size, parent: -1 });
  }
  return walk;
}

function walkConnection<Root extends TreeRoot>(
  walk: Walk<Root>,
  connection: TreeConnection<Root>,
  place: Place,
): void {
  const { id, roots } = connection;
  const shows = { kind: "connection", connection: id } as const;
  const channels = otherChannels(connection);
  const size = roots.length + channels.length;
  const isAround = walk.ways.reveal.isAround(shows);
  const expanded = size > 0 && (isAround || (walk.folds.get(lineKey(shows)) ?? true));
  const line = addLine(walk, shows, null, connection.endpoint, (key) => {
    return { key, shows, ...place, expandable: size > 0, expanded, inside: 0, root: null, store: null };
  });
  if (!expanded) return;
  const inside = { level: place.level + 1, size, parent: line };
  for (const [index, root] of roots.entries()) walkRoot(walk, root, { ...inside, position: index + 1 });
  for (const [index, { topic }] of channels.entries()) {
    const channel = { kind: "channel", connection: id, topic } as const;
    const position = roots.length + index + 1;
    addLine(walk, channel, null, topic, (key) => ({
      ...{ key, shows: channel, ...inside, position, inside: 0, root: null, store: null },
      ...{ expandable: false, expanded: false },
    }));
  }
}

function walkRoot<Root extends TreeRoot>(walk: Walk<Root>, root: Root, place: Place): void {
  const subject: LineSubject = { kind: "store", root: root.key, store_id: [] };
  const isAround = walk.ways.reveal.isAround(subject);
  const isOpen = isAround || (walk.folds.get(lineKey(subject)) ?? walk.areRootsOpen);
  const line = addLine(walk, subject, null, root.module, (key) => {
    // A folded root takes one line whatever it holds: it is looked at only where that line is wanted.
    const store = root.store();
    const inside = store?.inside ?? 0;
    return {
      ...{ key, shows: { kind: "root", root: root.key }, ...place, inside, root, store },
      ...{ expandable: inside > 0, expanded: isOpen && inside > 0 },
    };
  });
  const store = isOpen ? root.store() : null;
  if (store !== null) walkStores(walk, root, store, { level: place.level + 1, parent: line });
}

/** The stores in one that is unfolded. */
function walkStores<Root extends TreeRoot>(
  walk: Walk<Root>,
  root: Root,
  { children }: StoreFacts,
  place: Pick<Place, "level" | "parent">,
): void {
  const size = children.length;
  const areFolded = walk.folds.isIn(root.key);
  const { chosen, reveal } = walk.ways;
  const hasWay = chosen.stores.size + reveal.stores.size > 0;
  let position = 0;
  for (const store of children) {
    position++;
    const isPlain = walk.find === null && (!areFolded || store.children.length === 0);
    const isOnWay = hasWay && (chosen.stores.has(store) || reveal.stores.has(store));
    const lines = isPlain && !isOnWay ? linesOf(store) : 0;
    const isOutside = walk.at + lines <= walk.first || walk.at >= walk.end;
    if (lines > 0 && isOutside) walk.at += lines;
    else walkStore(walk, root, store, { ...place, position, size });
  }
}

function walkStore<Root extends TreeRoot>(
  walk: Walk<Root>,
  root: Root,
  store: StoreFacts,
  place: Place,
): void {
  const { store_id, children, inside } = store;
  const count = children.length;
  const { reveal } = walk.ways;
  const isAround = reveal.stores.has(store) && reveal.store !== store;
  const fold = count === 0 ? undefined : walk.folds.ofStore(root.key, storeKey(store_id));
  const expanded = count > 0 && (isAround || (fold ?? count <= MAX_OPEN_CHILDREN));
  const shows = { kind: "store", root: root.key, store_id } as const;
  const line = addLine(walk, shows, store, store_id.at(-1) ?? "", (key) => {
    return { key, shows, ...place, expandable: count > 0, expanded, inside, root, store };
  });
  if (expanded) walkStores(walk, root, store, { level: place.level + 1, parent: line });
}

/** Counts a line, and notes it where it is one that was asked for. Returns its number. */
function addLine<Root extends TreeRoot>(
  walk: Walk<Root>,
  subject: LineSubject,
  store: StoreFacts | null,
  label: string,
  write: (key: string) => TreeLine<Root>,
): number {
  const line = walk.at++;
  if (line >= walk.first && line < walk.end) walk.lines.push(write(lineKey(subject)));
  const { chosen, reveal } = walk.ways;
  if (walk.chosen === null && chosen.leadsTo(subject, store)) walk.chosen = line;
  if (walk.revealed === null && reveal.leadsTo(subject, store)) walk.revealed = line;
  if (walk.find !== null && label.toLowerCase().startsWith(walk.find.text)) {
    walk.found.first ??= line;
    if (line > walk.find.after) walk.found.after ??= line;
  }
  return line;
}

/** The channels that the tree shows as such: those that carry no root of their own. */
function otherChannels<Root extends TreeRoot>({ roots, channels }: TreeConnection<Root>) {
  const topics = new Set(roots.map(({ key }) => key.topic));
  return channels.filter(({ kind, topic }) => kind !== "root" || !topics.has(topic));
}
