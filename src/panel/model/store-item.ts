import type { StoreLine } from "../../bridge/stores-view";
import type { ChannelView, ConnectionView, RootView } from "../../bridge/view";
import type { Faces } from "./faces";
import type { Selection } from "./store-key";
import type { TreeItem } from "./tree-item";

/**
 * One line of the tree of stores: connection > root > nested stores, and the connection's other channels. What the
 * overview tells of it is null where its newest one does not know it.
 */
export type StoreItem = TreeItem & {
  readonly line: StoreLine;
  readonly selection: Selection;
  readonly shows:
    | { readonly kind: "connection"; readonly connection: ConnectionView | null }
    | { readonly kind: "root"; readonly root: RootView | null }
    | { readonly kind: "store" }
    | { readonly kind: "channel"; readonly channel: ChannelView | null };
};

/** A line that the host told, with what the overview tells of it. */
export function storeItem(line: StoreLine, faces: Faces): StoreItem {
  return { ...line, line, selection: selectionOf(line), ...shown(line, faces) };
}

/** What a line stands for. */
export function selectionOf({ shows }: StoreLine): Selection {
  return shows.kind === "root" ? { kind: "store", root: shows.root, store_id: [] } : shows;
}

function shown({ shows }: StoreLine, faces: Faces): Pick<StoreItem, "label" | "shows"> {
  switch (shows.kind) {
    case "connection": {
      const connection = faces.connection(shows.connection);
      return { label: connection?.endpoint ?? "", shows: { kind: "connection", connection } };
    }
    case "root": {
      const root = faces.root(shows.root);
      return { label: root?.module ?? shows.root.root_id, shows: { kind: "root", root } };
    }
    case "store":
      return { label: shows.store_id.at(-1) ?? "", shows: { kind: "store" } };
    case "channel": {
      const channel = faces.channel(shows.connection, shows.topic);
      return { label: shows.topic, shows: { kind: "channel", channel } };
    }
  }
}
