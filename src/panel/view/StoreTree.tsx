import type { StoreItem } from "../model/store-item";
import { keyOf } from "../model/store-key";
import type { Stores } from "../model/stores";
import { StoreTreeItem } from "./StoreTreeItem";
import { TEXT } from "./text";
import { VirtualTree } from "./VirtualTree";

/** Connections, their roots and channels, and the roots' stores. */
export function StoreTree({ stores }: { readonly stores: Stores }) {
  const selection = stores.selection.value;
  return (
    <VirtualTree
      class="store-tree"
      label={TEXT.tree}
      items={stores.items.value}
      active={selection === null ? null : keyOf(selection)}
      onMove={(item) => stores.select(item.selection)}
      onActivate={(item) => item.expandable && stores.toggle(item.key, !item.expanded)}
      onToggle={(item, open) => stores.toggle(item.key, open)}
      data={dataOf}
      render={(item) => <StoreTreeItem item={item} />}
    />
  );
}

function dataOf({ selection, shows }: StoreItem) {
  return {
    "data-kind": shows.kind,
    "data-connection": String(selection.kind === "store" ? selection.root.connection : selection.connection),
    "data-topic": selection.kind === "channel" ? selection.topic : undefined,
    "data-root-id": selection.kind === "store" ? selection.root.root_id : undefined,
    "data-store-id": selection.kind === "store" ? JSON.stringify(selection.store_id) : undefined,
    "data-status": statusOf(shows),
  } as const;
}

function statusOf(shows: StoreItem["shows"]): string | undefined {
  switch (shows.kind) {
    case "connection":
      return shows.connection.status;
    case "root":
      return shows.root.status;
    case "channel":
      return shows.channel.state;
    case "store":
      return undefined;
  }
}
