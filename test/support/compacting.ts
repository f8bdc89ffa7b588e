import { createCompactor } from "../../src/engine/compact/compactor";
import { createEngine, type Engine } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import { readSession } from "../../src/session/reader";
import { writeSession } from "../../src/session/writer";
import { canonical } from "./canonical";

/** The events as they come back from a session file. */
export function written(events: readonly SessionEvent[]): readonly SessionEvent[] {
  const session = readSession(writeSession({ format: "musubi-devtools-session", version: 1 }, events));
  if (!session.ok) throw new Error("The session cannot be read again.");
  return session.value.events;
}

/** The events folded, with room for only a few of those that are of no use to any state. */
export function compactTightly(events: readonly SessionEvent[]): readonly SessionEvent[] {
  const engine = createEngine(0);
  const compactor = createCompactor(engine, 1_000);
  for (const event of events) compactor.note(event, engine.fold(event));
  return compactor.compacted();
}

/** An engine that keeps no history and has folded these events. */
export function foldedOnly(events: readonly SessionEvent[]): Engine {
  const engine = createEngine(0);
  for (const event of events) engine.fold(event);
  return engine;
}

/**
 * All that a fold has to carry, as text: the connections of the inspection document (their ids, endpoints, transports,
 * serializers, statuses and sockets; channels with state, kind and presence; roots with status, epoch, version, state,
 * snapshot and store ids), and what roots hold that no slot of their state shows: streams and uploads.
 *
 * Left out, because a base has no room for them (session-format.md): `commands`, `events` and `problems`, which are
 * history; and `at`, whose seq counts events that are not there any more.
 */
export function standing(engine: Engine): string {
  const held = engine.connections.map(({ roots }) =>
    roots.map((root) => {
      const { streams, uploads } = root.content();
      return { root_id: root.root_id, streams, uploads };
    }),
  );
  return canonical([engine.inspect().connections, held]);
}
