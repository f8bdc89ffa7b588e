import type { StoreLine, StoresQuery, StoresView } from "../../src/bridge/stores-view";
import type { ConnectionView, RootView } from "../../src/bridge/view";
import { createTellStores, linesOf, type StoreFacts } from "../../src/host/node-facts";
import { NO_BADGES } from "../../src/host/store-badges";
import { type TreeLine, type TreeRoot, treeLines } from "../../src/host/tree-lines";
import { isJsonObject } from "../../src/wire/json";
import type { StoreFixture, StoreNode } from "./fake-stores";

/** The tree of a made-up session. @param storesOf what a root holds; null where it holds nothing */
export function fakeStores(
  query: StoresQuery,
  connections: readonly ConnectionView[],
  storesOf: (root: RootView) => StoreFixture | null,
): StoresView {
  const { lines, ...window } = treeLines(
    connections.map((connection) => ({
      ...connection,
      roots: connection.roots.map((root) => toRoot(root, storesOf(root))),
    })),
    query,
  );
  return { kind: "stores", ...window, rows: lines.map(toLine) };
}

type FakeRoot = TreeRoot & { readonly view: RootView; readonly fixture: StoreFixture | null };

function toRoot(view: RootView, fixture: StoreFixture | null): FakeRoot {
  const { key, module } = view;
  return { key, module, view, fixture, store: () => (fixture === null ? null : factsOf(fixture)) };
}

function toLine({ root, store, ...line }: TreeLine<FakeRoot>): StoreLine {
  const isRoot = line.shows.kind === "root";
  const badges = store === null || root === null ? NO_BADGES : badgesOf(root, store, isRoot);
  const changed_seq = root?.view.last_envelope?.seq ?? 0;
  return { ...line, preview: store === null ? [] : previewOf(store), badges, changed_seq };
}

function badgesOf({ fixture, view }: FakeRoot, { loading, failed }: StoreFacts, isRoot: boolean) {
  const own = { ...NO_BADGES, loading, failed };
  if (!isRoot) return own;
  const streams = (fixture?.streams ?? []).slice(0, 3).map(({ name, total }) => ({ name, total }));
  const entries = (fixture?.uploads ?? []).flatMap((upload) => upload.entries.items);
  const uploading = entries.filter((entry) => isJsonObject(entry) && entry.status === "uploading").length;
  return { ...own, streams, uploading, problems: view.problems };
}

function previewOf({ node }: StoreFacts): StoreLine["preview"] {
  return Object.entries(node)
    .filter(([, value]) => typeof value !== "object" || value === null)
    .slice(0, 3)
    .map(([key, value]) => ({ key, value: JSON.stringify(value).slice(0, 120) }));
}

const known = new WeakMap<StoreNode, StoreFacts>();

function factsOf({ tree, values }: Pick<StoreFixture, "tree" | "values">): StoreFacts {
  const before = known.get(tree);
  if (before !== undefined) return before;
  const value = values.get(tree.store_id.join("/")) ?? null;
  const own = createTellStores()(value);
  const children = tree.children.map((child) => factsOf({ tree: child, values }));
  const facts: StoreFacts = {
    ...{ store_id: tree.store_id, node: isJsonObject(value) ? value : {}, children },
    inside: children.reduce((sum, child) => sum + 1 + child.inside, 0),
    below: children.reduce((sum, child) => sum + linesOf(child), 0),
    ...{ loading: own?.loading ?? 0, failed: own?.failed ?? 0 },
  };
  known.set(tree, facts);
  return facts;
}
