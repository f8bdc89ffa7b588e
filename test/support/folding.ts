import { createEngine, type Engine } from "../../src/engine/engine";
import type {
  ChannelDocument,
  ConnectionDocument,
  Inspection,
  RootDocument,
} from "../../src/engine/inspection";
import type { SessionEvent } from "../../src/session/event";

/** An engine that has folded these events. */
export function folded(events: readonly SessionEvent[]): Engine {
  const engine = createEngine();
  for (const event of events) engine.fold(event);
  return engine;
}

export function inspected(events: readonly SessionEvent[]): Inspection {
  return folded(events).inspect();
}

/** The only connection, or the one with this id. */
export function connectionOf(document: Inspection, id = 1): ConnectionDocument {
  return found(
    document.connections.find((connection) => connection.id === id),
    `connection ${id}`,
  );
}

/** The root with this id; the first one without it. */
export function rootOf(document: Inspection, root_id?: string): RootDocument {
  const roots = document.connections.flatMap((connection) => connection.roots);
  return found(
    roots.find((root) => root_id === undefined || root.root_id === root_id),
    `root ${root_id ?? ""}`,
  );
}

/** The channel of this topic; the first one without it. */
export function channelOf(document: Inspection, topic?: string): ChannelDocument {
  const channels = document.connections.flatMap((connection) => connection.channels);
  return found(
    channels.find((channel) => topic === undefined || channel.topic === topic),
    `channel ${topic ?? ""}`,
  );
}

/** The codes of all problems, in order. */
export function codes(document: Inspection): readonly string[] {
  return document.problems.map((problem) => problem.code);
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`There is no ${name} in the document.`);
  return thing;
}
