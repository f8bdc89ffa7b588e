import type { RootKey } from "../live";
import type { ConnectionRecord } from "./connection";
import type { RootRecord } from "./root";

/** The root of this id on a topic, as long as it is one. */
export function rootOf(connection: ConnectionRecord, topic: string, root_id: string): RootRecord | undefined {
  const { recent_root: recent } = connection;
  if (recent !== null && recent.root_id === root_id && recent.topic === topic) return recent;
  const root = connection.rootsByTopic.get(topic)?.get(root_id);
  connection.recent_root = root ?? null;
  return root;
}

/** What tells a root on this connection from every other. */
export function rootKeyOf(connection: ConnectionRecord, topic: string, root_id: string): RootKey {
  return rootOf(connection, topic, root_id)?.key ?? { connection: connection.id, topic, root_id };
}

/** Takes a root out that turned out to be none. */
export function removeRoot(connection: ConnectionRecord, root: RootRecord): void {
  connection.rootsByTopic.get(root.topic)?.delete(root.root_id);
  connection.recent_root = null;
  const at = connection.roots.indexOf(root);
  if (at !== -1) connection.roots.splice(at, 1);
  const stay = connection.stays.find((one) => one.root === root);
  if (stay !== undefined) stay.removed_seq = connection.clock.seq;
}

/** Adds a root that is not there yet, behind the others. */
export function addRoot(connection: ConnectionRecord, root: RootRecord): void {
  const roots = connection.rootsByTopic.get(root.topic) ?? new Map();
  connection.rootsByTopic.set(root.topic, roots.set(root.root_id, root));
  connection.roots.push(root);
  connection.stays.push({ root, removed_seq: null });
}
