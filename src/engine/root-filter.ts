import type { ConnectionDocument, Inspection } from "./inspection";

/**
 * The document with one root, by its root_id, and what belongs to it: its connections and channels, its commands and
 * its push events. Problems stay: they may be the reason why the root is as it is.
 */
export function keepRoot(document: Inspection, root_id: string): Inspection {
  const connections = document.connections.map((connection) => keepIn(connection, root_id));
  const kept = connections.filter(({ roots }) => roots.length > 0);
  const topics = new Set(kept.flatMap(({ roots }) => roots.map(({ topic }) => topic)));
  // On a channel of its own a root's commands need not name it.
  const ownTopics = new Set(
    kept.flatMap(({ roots }) => roots.filter(({ wire }) => wire !== "multiplexed").map(({ topic }) => topic)),
  );
  return {
    ...document,
    connections: kept,
    commands: document.commands.filter(
      ({ topic, root_id: named }) => ownTopics.has(topic) || (topics.has(topic) && named === root_id),
    ),
    events: document.events.filter((event) => event.root_id === root_id),
  };
}

function keepIn(connection: ConnectionDocument, root_id: string): ConnectionDocument {
  const roots = connection.roots.filter((root) => root.root_id === root_id);
  const topics = new Set(roots.map(({ topic }) => topic));
  return { ...connection, roots, channels: connection.channels.filter(({ topic }) => topics.has(topic)) };
}
