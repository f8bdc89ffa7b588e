/** Entries of the timeline; of more, the oldest go. */
const MAX_TIMELINE_ENTRIES = 1_000_000;
/** Transports of a session, and the connections that they make. */
const MAX_TRANSPORTS = 200_000;
const MAX_CONNECTIONS = 100_000;
/** Channel instances of one connection: a client that is refused tries again every ten seconds, for days. */
export const MAX_CHANNELS = 50_000;
const MAX_ROOTS = 10_000;
const MAX_COMMANDS = 500_000;
const MAX_PUSH_EVENTS = 500_000;
/** Characters of the frames whose commands, replies and push events are kept. */
const MAX_KEPT_CHARS = 128 * 1024 * 1024;
/** Pushes of one transport that await a reply; of more, the oldest are no longer waited for. */
const MAX_PENDING_PUSHES = 50_000;
/** Sockets that were never announced. */
const MAX_STRANGERS = 10_000;

/** How much of each thing is followed, so that a page which forges without end does not fill us up. */
export type Limits = {
  readonly timeline_entries: number;
  readonly transports: number;
  readonly connections: number;
  readonly channels: number;
  readonly roots: number;
  readonly commands: number;
  readonly push_events: number;
  readonly kept_chars: number;
  readonly pending_pushes: number;
  readonly strangers: number;
};

export const LIMITS: Limits = {
  timeline_entries: MAX_TIMELINE_ENTRIES,
  transports: MAX_TRANSPORTS,
  connections: MAX_CONNECTIONS,
  channels: MAX_CHANNELS,
  roots: MAX_ROOTS,
  commands: MAX_COMMANDS,
  push_events: MAX_PUSH_EVENTS,
  kept_chars: MAX_KEPT_CHARS,
  pending_pushes: MAX_PENDING_PUSHES,
  strangers: MAX_STRANGERS,
};

export type Limited = Exclude<keyof Limits, "timeline_entries">;
