import type { Panel } from "../model/panel";
import type { StoreItem } from "../model/store-item";
import type { Selection } from "../model/store-key";
import { say } from "../text/say";
import { StoreTreeItem } from "./StoreTreeItem";
import { WindowTree } from "./WindowTree";

/** Connections, their roots and channels, and the roots' stores. */
export function StoreTree({ panel }: { readonly panel: Panel }) {
  const { tree } = panel.stores;
  const onProblems = (of: Selection): void => panel.goTo({ kind: "problems", of });
  return (
    <WindowTree
      class="store-tree"
      label={say("stores_tree")}
      lines={tree.lines.value}
      active={tree.active.value}
      scrollTo={tree.scrollTo.value}
      onSee={tree.see}
      onMove={tree.moveTo}
      onType={tree.find}
      onActivate={(item) => item.expandable && tree.toggle(item.key, !item.expanded)}
      onToggle={(item, open) => tree.toggle(item.key, open)}
      data={dataOf}
      render={(item) => <StoreTreeItem item={item} onProblems={onProblems} />}
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
      return shows.connection?.status;
    case "root":
      return shows.root?.status;
    case "channel":
      return shows.channel?.state;
    case "store":
      return undefined;
  }
}
