import type { Engine } from "../engine";
import type { LiveConnection, LiveRoot } from "../live";
import type { RootName } from "./question";

/** A root, and the connection on which it is. */
export type NamedRoot = { readonly root: LiveRoot; readonly connection: LiveConnection };

/** The roots of a name, in order; all of them where there is none. */
export function* rootsOf(
  { connections }: Pick<Engine, "connections">,
  name: RootName | undefined,
): Iterable<NamedRoot> {
  for (const connection of connections) {
    for (const root of connection.roots) if (isNamed(root, connection, name)) yield { root, connection };
  }
}

/** The first root of a name. */
export function findRoot(engine: Pick<Engine, "connections">, name: RootName): NamedRoot | undefined {
  for (const found of rootsOf(engine, name)) return found;
  return undefined;
}

function isNamed(root: LiveRoot, { id }: LiveConnection, name: RootName | undefined): boolean {
  if (name === undefined) return true;
  const { root_id, connection = id, topic = root.topic } = name;
  return root.root_id === root_id && root.topic === topic && connection === id;
}
