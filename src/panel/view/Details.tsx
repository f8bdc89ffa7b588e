import type { ConnectionView } from "../../bridge/view";
import type { Panel } from "../model/panel";
import { say } from "../text/say";
import { ChannelDetail } from "./ChannelDetail";
import { ConnectionDetail } from "./ConnectionDetail";
import { Sentence } from "./Notice";
import { StoreDetail } from "./StoreDetail";

/** What is chosen in the tree: a store, a connection or a channel. */
export function Details({ panel }: { readonly panel: Panel }) {
  const selection = panel.stores.selection.value;
  if (selection === null) return <Sentence text={say("stores_pick")} />;
  if (selection.kind === "store") return <StoreDetail panel={panel} selection={selection} />;
  const connection = findConnection(panel, selection.connection);
  if (connection === undefined) return <Sentence text={say("stores_pick")} />;
  if (selection.kind === "connection") return <ConnectionDetail panel={panel} connection={connection} />;
  const channel = connection.channels.find(({ topic }) => topic === selection.topic);
  return channel === undefined ? (
    <Sentence text={say("stores_pick")} />
  ) : (
    <ChannelDetail panel={panel} channel={channel} />
  );
}

function findConnection(panel: Panel, id: number): ConnectionView | undefined {
  return panel.overview.value?.connections.find((connection) => connection.id === id);
}
