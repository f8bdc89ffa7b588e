import { isCount, isObject, isStrings } from "./guard";
import { isRootKey, type RootKey } from "./root-key";

/** What a line of the tree of stores stands for; a root is the store `[]`. */
export type LineSubject =
  | { readonly kind: "connection"; readonly connection: number }
  | { readonly kind: "channel"; readonly connection: number; readonly topic: string }
  | { readonly kind: "store"; readonly root: RootKey; readonly store_id: readonly string[] };

/** One string for one thing, for maps and comparisons; `readLineKey` is its reverse. */
export function lineKey(subject: LineSubject): string {
  switch (subject.kind) {
    case "connection":
      return JSON.stringify([subject.connection]);
    case "channel":
      return JSON.stringify([subject.connection, subject.topic]);
    case "store": {
      const { connection, topic, root_id } = subject.root;
      return JSON.stringify([connection, topic, root_id, ...subject.store_id]);
    }
  }
}

/** What a key stands for; null for a text that is none. */
export function readLineKey(key: string): LineSubject | null {
  const parts = parse(key);
  if (!Array.isArray(parts)) return null;
  const [connection, ...names]: readonly unknown[] = parts;
  if (!isCount(connection) || !isStrings(names)) return null;
  const [topic, root_id, ...store_id] = names;
  if (topic === undefined) return { kind: "connection", connection };
  if (root_id === undefined) return { kind: "channel", connection, topic };
  return { kind: "store", root: { connection, topic, root_id }, store_id };
}

export function isLineSubject(value: unknown): value is LineSubject {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "connection":
      return isCount(value.connection);
    case "channel":
      return isCount(value.connection) && typeof value.topic === "string";
    case "store":
      return isRootKey(value.root) && isStrings(value.store_id);
    default:
      return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
