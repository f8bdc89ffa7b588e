import type { ConnectionView, OverviewView, RootKey, RootView } from "../bridge/view";
import type { LiveConnection, LiveRoot } from "../engine/engine";
import type { CommandDocument } from "../engine/inspection";
import type { Journal } from "./journal";
import type { Scene } from "./scene";

/** Everything that the panel shows of a session at one glance, without any state. */
export function viewOverview({ recording, isLive, title, past, capture }: Scene): OverviewView {
  const { journal } = recording;
  const summary = recording.summary();
  return {
    kind: "overview",
    capture,
    session: {
      id: recording.id(),
      isLive,
      problems: journal.problems.length,
      ...summary,
      // Its own events were told before it had one.
      title: title ?? summary.title,
    },
    past: past === null ? null : { id: past.id(), ...past.summary() },
    connections: journal.engine.connections.map((connection) => viewConnection(journal, connection)),
  };
}

function viewConnection(journal: Journal, connection: LiveConnection): ConnectionView {
  const { id, frame, endpoint, transport, serializer, status, channels, roots } = connection;
  return {
    id,
    frame,
    endpoint,
    transport,
    serializer,
    status,
    channels: channels.map(({ topic, state, kind }) => ({ topic, state, kind })),
    roots: roots.map((root) => viewRoot(journal, id, root)),
  };
}

function viewRoot(journal: Journal, connection: number, root: LiveRoot): RootView {
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
    problems: journal.problemsOf(root),
  };
}

function viewLastEnvelope(journal: Journal, { last_envelope: last }: LiveRoot): RootView["last_envelope"] {
  if (last === null) return null;
  const command = last.command === null ? undefined : commandAt(journal.engine.commands, last.command);
  return {
    seq: last.seq,
    t: journal.entry(last.seq)?.event.t ?? 0,
    command: command === undefined ? null : { seq: command.seq, name: String(command.name) },
  };
}

/** Commands stand in the order of their `seq`: found by halving. */
function commandAt(commands: readonly CommandDocument[], seq: number): CommandDocument | undefined {
  let low = 0;
  let high = commands.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const command = commands[middle];
    if (command === undefined || command.seq === seq) return command;
    if (command.seq < seq) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
