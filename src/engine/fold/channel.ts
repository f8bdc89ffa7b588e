import type { History } from "../content/history";
import type { ChannelKind, ChannelState } from "../inspection";
import type { LiveChannel, UploadOwner } from "../live";
import { type CommandRecord, loseCommand } from "./command";
import type { Presence } from "./presence";
import { loseRoot, type RootRecord, unmountRoot } from "./root";
import { type Clock, createTimed } from "./timed";

/** One instance of a channel: a topic joined once, with its own join_ref, on one transport (wire.md 2.2). */
export type ChannelRecord = LiveChannel &
  Presence & {
    state: ChannelState;
    kind: ChannelKind;
    refusal: LiveChannel["refusal"];
    readonly upload: UploadRecord | null;
    readonly clock: Clock;
    /** State and kind as they stood after event `seq`. */
    readonly stateAt: (seq: number) => ChannelState | undefined;
    readonly kindAt: (seq: number) => ChannelKind | undefined;
    /** Roots that were mounted on this instance. One may have been mounted on a newer instance since. */
    readonly roots: Set<RootRecord>;
    /** Commands that wait for their reply. */
    readonly commands: Set<CommandRecord>;
    /** Whether the server was seen to compose root ids of module and caller id. */
    composes_ids: boolean;
    /** Its join looked like the adapter's, which only an envelope can prove (wire.md 3). */
    is_tentative: boolean;
    is_superseded: boolean;
    /** Its number among the instances of its topic on this connection, from 1 on. */
    nth: number;
  };

/** What went over an upload's own channel, as it is counted. */
type UploadRecord = { chunks: number; bytes: number; progress: number; of: UploadOwner | null };

/** An instance that nothing has happened on yet. @param createHistory makes the history of who is present on it */
export function createChannel(
  clock: Clock,
  first: Pick<LiveChannel, "socket" | "topic" | "join_ref" | "state" | "kind">,
  createHistory: () => History,
): ChannelRecord {
  const state = createTimed(clock, first.state);
  const kind = createTimed(clock, first.kind);
  const { socket, topic, join_ref } = first;
  const upload = first.kind === "upload" ? { chunks: 0, bytes: 0, progress: 0, of: null } : null;
  const rest: Omit<ChannelRecord, "state" | "kind"> = {
    ...{ socket, topic, join_ref, clock, upload },
    stateAt: state.at,
    kindAt: kind.at,
    presences: null,
    createHistory,
    queued_diffs: [],
    roots: new Set(),
    commands: new Set(),
    composes_ids: false,
    is_tentative: false,
    is_superseded: false,
    nth: 1,
    refusal: null,
  };
  // The accessors come last: an object that begins with some is a dictionary to V8, and slow.
  return {
    ...rest,
    get state() {
      return state.now();
    },
    set state(next) {
      state.set(next);
    },
    get kind() {
      return kind.now();
    },
    set kind(next) {
      kind.set(next);
    },
  };
}

/** The server said `phx_close`, or answered the leave. */
export function closeChannel(channel: ChannelRecord): void {
  endChannel(channel, "closed");
}

/** The server said `phx_error`: for a channel that was being left, that is the end of it too. */
export function failChannel(channel: ChannelRecord): void {
  if (channel.state === "closed") return;
  endChannel(channel, channel.state === "leaving" ? "closed" : "errored");
}

/** The channel's transport closed. */
export function disconnectChannel(channel: ChannelRecord): void {
  const { state } = channel;
  if (state === "joining" || state === "joined") endChannel(channel, "errored");
  else endChannel(channel, state === "leaving" ? "closed" : state);
}

/** The page sent `phx_leave`. Leaving a root's own channel unmounts the root (session-format.md, Roots). */
export function leaveChannel(channel: ChannelRecord): void {
  channel.state = "leaving";
  if (channel.kind === "root") for (const root of ownRoots(channel)) unmountRoot(root);
}

/** Whether nothing more can come of this instance. */
export function isEnded({ state }: ChannelRecord): boolean {
  return state === "closed" || state === "errored";
}

/** The roots that this instance, and no newer one, carries. */
function* ownRoots(channel: ChannelRecord): Iterable<RootRecord> {
  for (const root of channel.roots) if (root.channel === channel) yield root;
}

function endChannel(channel: ChannelRecord, state: ChannelState): void {
  channel.state = state;
  for (const command of channel.commands) loseCommand(command, channel.clock.seq);
  channel.commands.clear();
  for (const root of ownRoots(channel)) loseRoot(root);
}
