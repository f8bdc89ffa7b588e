import type { Engine } from "../engine";
import type { CommandRecord, Confidence } from "../fold/command";
import type { EntryOf, TimelineEntry, TimelineKind } from "../fold/timeline-entry";
import { summarizeEntry } from "./timeline-summary";

/**
 * What led to what: a command, its reply, the envelopes that are attributed to it, and their push events, which come
 * with them. It is the same from whichever of these events it is asked for. What has been let go is left out.
 */
export type CauseLinks = {
  readonly command: Linked | null;
  readonly reply: Linked | null;
  readonly envelopes: readonly Linked[];
  readonly events: readonly Linked[];
  /** How sure it is that the command caused the envelopes (session-format.md, Commands); null where none did. */
  readonly confidence: Confidence | null;
};

/** One of them: an event of the session, when it came in milliseconds, and the entry in one line. */
export type Linked = { readonly seq: number; readonly t: number; readonly summary: string };

type Source = Pick<Engine, "timeline" | "timeOf">;
type Chain = { readonly command: CommandRecord | null; readonly envelopes: readonly number[] };

/** The chain of cause on which event `seq` is, at most `most` of each kind; all empty where it is on none. */
export function linksOf(engine: Source, seq: number, most: number): CauseLinks {
  const chain = chainOf(engine, seq);
  if (chain === null) return NO_LINKS;
  const { command } = chain;
  const links = {
    command: command === null ? null : linkTo(engine, command.seq, "command"),
    reply: command === null ? null : linkToReply(engine, command),
    envelopes: chain.envelopes.slice(0, most).flatMap((at) => linksTo(engine, at, "envelope", most)),
    events: chain.envelopes.flatMap((at) => linksTo(engine, at, "event", most)).slice(0, most),
    confidence: command?.confidence ?? null,
  };
  // A reply that came after its command was lost, and is not remembered as its end, is on no chain.
  return isOn(links, seq) ? links : NO_LINKS;
}

const NO_LINKS: CauseLinks = { command: null, reply: null, envelopes: [], events: [], confidence: null };

function isOn({ command, reply, envelopes }: CauseLinks, seq: number): boolean {
  return command?.seq === seq || reply?.seq === seq || envelopes.some((envelope) => envelope.seq === seq);
}

function chainOf(engine: Source, seq: number): Chain | null {
  for (const entry of entriesOf(engine, seq)) {
    if (entry.kind !== "command" && entry.kind !== "reply" && entry.kind !== "envelope") continue;
    const { kind, command } = entry;
    if (command !== null) return { command, envelopes: command.patch_seqs };
    return kind === "envelope" ? { command, envelopes: [seq] } : null;
  }
  return null;
}

/** The entry of the command knows of a reply that came even after its channel had ended. */
function linkToReply(engine: Source, command: CommandRecord): Linked | null {
  const [sent] = entriesOfKind(engine, command.seq, "command", 1);
  const { status, ended_seq } = command;
  const answered = status === "pending" || status === "lost" ? null : ended_seq;
  const seq = sent === undefined ? answered : (sent.exchange?.reply_seq ?? null);
  return seq === null ? null : linkTo(engine, seq, "reply");
}

function linkTo(engine: Source, seq: number, kind: TimelineKind): Linked | null {
  return linksTo(engine, seq, kind, 1)[0] ?? null;
}

function linksTo(engine: Source, seq: number, kind: TimelineKind, most: number): readonly Linked[] {
  const t = engine.timeOf(seq);
  return entriesOfKind(engine, seq, kind, most).map((entry) => ({ seq, t, summary: summarizeEntry(entry) }));
}

function entriesOfKind<Kind extends TimelineKind>(
  engine: Source,
  seq: number,
  kind: Kind,
  most: number,
): readonly EntryOf<Kind>[] {
  const found: EntryOf<Kind>[] = [];
  for (const entry of entriesOf(engine, seq)) {
    if (found.length >= most) break;
    if (isOf(entry, kind)) found.push(entry);
  }
  return found;
}

function isOf<Kind extends TimelineKind>(entry: TimelineEntry, kind: Kind): entry is EntryOf<Kind> {
  return entry.kind === kind;
}

/** All entries of one event that are kept, in order. */
function* entriesOf({ timeline }: Source, seq: number): Iterable<TimelineEntry> {
  for (let place = timeline.placeOf(seq); timeline.seqAt(place) === seq; place++) {
    const entry = timeline.at(place);
    if (entry !== undefined) yield entry;
  }
}
