import type { ConnectionView, OverviewView, RootKey, RootView } from "../bridge/view";
import { findCommand } from "../engine/ask/command-at";
import type { ConnectionAt, RootAt } from "../engine/fold/faces";
import type { Journal } from "./journal";
import type { Scene } from "./scene";

/** Everything that the panel shows of a session at one glance, without any state. */
export function viewOverview(scene: Scene): OverviewView {
  const { recording, isLive, title, past, capture, at } = scene;
  const { journal } = recording;
  const summary = recording.summary();
  const seq = at ?? journal.length();
  return {
    kind: "overview",
    capture,
    session: {
      id: recording.id(),
      isLive,
      problems: journal.problems.all.length,
      ...summary,
      // Its own events were told before it had one.
      title: title ?? summary.title,
    },
    past: past === null ? null : { id: past.id(), ...past.summary() },
    connections: scene.faces().map((connection) => {
      const view = viewConnection(journal, connection, seq);
      // Its page was left, and nobody was there to say that its sockets closed.
      return isLive || at !== null ? view : { ...view, status: "closed" };
    }),
  };
}

function viewConnection(journal: Journal, connection: ConnectionAt, seq: number): ConnectionView {
  const { id, frame, endpoint, transport, serializer, status, channels, roots } = connection;
  return {
    id,
    frame,
    endpoint,
    transport,
    serializer,
    status,
    channels: channels.map(({ topic, state, kind }) => ({ topic, state, kind })),
    roots: roots.map((root) => viewRoot(journal, id, root, seq)),
  };
}

function viewRoot(journal: Journal, connection: number, root: RootAt, seq: number): RootView {
  const { topic, root_id, module, caller_id, params, wire, status, epoch, version, kept } = root;
  const key: RootKey = { connection, topic, root_id };
  return {
    key,
    module,
    caller_id,
    params,
    wire,
    status,
    epoch,
    version,
    last_envelope: viewLastEnvelope(journal, root),
    kept,
    problems: journal.problems.countOf({ kind: "store", root: key, store_id: [] }, seq),
  };
}

function viewLastEnvelope(journal: Journal, { last_envelope: last }: RootAt): RootView["last_envelope"] {
  if (last === null) return null;
  const command = last.command === null ? undefined : findCommand(journal.engine.commands, last.command);
  return {
    seq: last.seq,
    t: journal.entry(last.seq)?.event.t ?? 0,
    command: command === undefined ? null : { seq: command.seq, name: String(command.name) },
  };
}
