import { type LineSubject, lineKey } from "../bridge/line-key";
import type { RootKey } from "../bridge/root-key";
import type { StoreId } from "../engine/inspection";
import type { StoreFacts } from "./node-facts";

/** How one line of the tree of stores is come to. */
export type Way = {
  /** The keys of what is around it, the outermost first. */
  readonly around: readonly string[];
  /** The stores around it inside of its root, and itself where it is one of those. */
  readonly stores: ReadonlySet<StoreFacts>;
  readonly store: StoreFacts | null;
  /** Whether this connection or root is around it. */
  readonly isAround: (subject: LineSubject) => boolean;
  /** Whether this line is the one. @param store for a line of a store inside of a root */
  readonly leadsTo: (subject: LineSubject, store: StoreFacts | null) => boolean;
};

/** The way to what is not there. */
export const NO_WAY: Way = {
  ...{ around: [], stores: new Set(), store: null },
  ...{ isAround: () => false, leadsTo: () => false },
};

type Root = { readonly key: RootKey; readonly store: () => StoreFacts | null };

/** The way to what a key stands for. @param roots of all connections */
export function findWay(subject: LineSubject, roots: readonly Root[]): Way {
  if (subject.kind === "connection") return wayThrough([], (other) => isSame(subject, other));
  const connection = subject.kind === "store" ? subject.root.connection : subject.connection;
  const outer: LineSubject = { kind: "connection", connection };
  if (subject.kind === "channel" || subject.store_id.length === 0) {
    return wayThrough([outer], (other) => isSame(subject, other));
  }
  const { root: key, store_id } = subject;
  const found = roots.find((root) => isSameRoot(root.key, key))?.store() ?? null;
  const stores = found === null ? [] : findStore(found, store_id);
  const store = stores.at(-1);
  if (store === undefined) return NO_WAY;
  const around = stores.slice(0, -1).map((outside): LineSubject => {
    return { kind: "store", root: key, store_id: outside.store_id };
  });
  const root: LineSubject = { kind: "store", root: key, store_id: [] };
  return {
    ...wayThrough([outer, root, ...around], (_, other) => other === store),
    ...{ store, stores: new Set(stores) },
  };
}

function wayThrough(around: readonly LineSubject[], leadsTo: Way["leadsTo"]): Way {
  return {
    ...{ ...NO_WAY, around: around.map(lineKey), leadsTo },
    isAround: (subject) => around.some((one) => isSame(one, subject)),
  };
}

/** The stores from those inside of this one to the one with this id, the outermost first; none where none has it. */
function findStore({ children }: StoreFacts, store_id: StoreId): readonly StoreFacts[] {
  for (const child of children) {
    if (isSameId(child.store_id, store_id)) return [child];
    if (child.inside === 0) continue;
    const found = findStore(child, store_id);
    if (found.length > 0) return [child, ...found];
  }
  return [];
}

function isSame(a: LineSubject, b: LineSubject): boolean {
  switch (a.kind) {
    case "connection":
      return b.kind === "connection" && a.connection === b.connection;
    case "channel":
      return b.kind === "channel" && a.connection === b.connection && a.topic === b.topic;
    case "store":
      return b.kind === "store" && isSameRoot(a.root, b.root) && isSameId(a.store_id, b.store_id);
  }
}

function isSameRoot(a: RootKey, b: RootKey): boolean {
  return a.connection === b.connection && a.topic === b.topic && a.root_id === b.root_id;
}

/** Of the stores of a list mostly the last name differs. */
function isSameId(a: StoreId, b: StoreId): boolean {
  if (a.length !== b.length) return false;
  for (let at = a.length - 1; at >= 0; at--) if (a[at] !== b[at]) return false;
  return true;
}
