import type { RootKey } from "../../bridge/root-key";
import type { ChannelView, ConnectionView, RootView } from "../../bridge/view";
import { rootKeyOf } from "./store-key";

/** The connections of an overview, and what is on them, by name; null where there is no such thing. */
export type Faces = {
  readonly connection: (id: number) => ConnectionView | null;
  readonly root: (key: RootKey) => RootView | null;
  readonly channel: (connection: number, topic: string) => ChannelView | null;
};

/** What is never asked for is never looked through: there may be many channels, and most overviews come and go unseen. */
export function createFaces(connections: readonly ConnectionView[]): Faces {
  const byId = once(() => new Map(connections.map((connection) => [connection.id, connection])));
  const roots = once(() => {
    return new Map(
      connections.flatMap((connection) => connection.roots).map((root) => [rootKeyOf(root.key), root]),
    );
  });
  const channels = once(() => {
    return new Map(
      connections.map(({ id, channels }) => [
        id,
        new Map(channels.map((channel) => [channel.topic, channel])),
      ]),
    );
  });
  return {
    connection: (id) => byId().get(id) ?? null,
    root: (key) => roots().get(rootKeyOf(key)) ?? null,
    channel: (connection, topic) => channels().get(connection)?.get(topic) ?? null,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
