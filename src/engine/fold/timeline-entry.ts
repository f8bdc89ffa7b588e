import type { PagePhase } from "../../session/event";
import type { Direction } from "../../wire/frame";
import type { ErrorReply } from "../../wire/refusal";
import type { PushEventDocument } from "../inspection";
import type { Attempt, LensNote, LiveChannel, LiveConnection, LiveRoot, RootKey } from "../live";
import type { Problem } from "../problem";
import type { CommandRecord } from "./command";

/**
 * What one event of a session was, in the words of the wire. It refers to the records that the engine keeps and copies
 * none of their data. One event may have several: an envelope, then its push events, then its problems.
 */
export type TimelineEntry =
  | TransportEntry
  | ChannelEntry
  | MountEntry
  | EnvelopeEntry
  | CommandEntry
  | ReplyEntry
  | EventEntry
  | UploadEntry
  | PresenceEntry
  | ProblemEntry
  | PushEntry
  | HeartbeatEntry
  | PageEntry
  | GapEntry
  | BaseEntry
  | MarkEntry
  | AssignsEntry
  | UnknownEntry;

export type TimelineKind = TimelineEntry["kind"];

/** The entries of one kind, or of several. */
export type EntryOf<Kind extends TimelineKind> = Extract<TimelineEntry, { readonly kind: Kind }>;

type Entry<Kind extends string, Fields> = { readonly seq: number; readonly kind: Kind } & Readonly<Fields>;

/** A push and its reply. Both of their entries refer to it, so that each leads to the other. */
export type Exchange = { readonly push_seq: number; reply_seq: number | null };

/** `connection` and `attempt` are null where the transport is not followed; `code` is that of a close event. */
type TransportEntry = Entry<
  "transport",
  {
    what: "socket" | "open" | "error" | "close";
    socket: number;
    connection: LiveConnection | null;
    attempt: Attempt | null;
    code: number | null;
  }
>;

/** `close` and `error` are the server's words; `joined`, `refused` and `left` are replies. */
export type ChannelEntry = Entry<
  "channel",
  {
    what: "join" | "leave" | "joined" | "refused" | "left" | "close" | "error";
    topic: string;
    /** More than 1 is a rejoin. */
    nth: number;
    channel: LiveChannel | null;
    root_key: RootKey | null;
    exchange: Exchange | null;
    refusal: ErrorReply | null;
  }
>;

/** A join or leave of a root's own channel counts too. `kept` is an unmount that the server refused. */
export type MountEntry = Entry<
  "mount",
  {
    what: "mount" | "unmount" | "mounted" | "refused" | "unmounted" | "kept";
    topic: string;
    /** As far as it is known by then which root that is: a server may compose the id that the page gave. */
    root_key: RootKey | null;
    exchange: Exchange | null;
    refusal: ErrorReply | null;
  }
>;

/** What became of an envelope. `ignored`: its root was unmounted. */
export type EnvelopeOutcome = "applied" | "gap" | "failed" | "ignored" | "malformed" | "unknown_root";

/** The command is the one that it is attributed to, and has the confidence. */
export type EnvelopeEntry = Entry<
  "envelope",
  {
    outcome: EnvelopeOutcome;
    root: LiveRoot | null;
    channel: LiveChannel | null;
    base_version: number;
    version: number;
    command: CommandRecord | null;
  }
>;

type CommandEntry = Entry<
  "command",
  { command: CommandRecord; root: LiveRoot | null; exchange: Exchange | null }
>;

/** The reply to a command or to any push that is of no other kind; `exchange` is null where nothing awaited it. */
type ReplyEntry = Entry<
  "reply",
  {
    topic: string;
    status: string;
    command: CommandRecord | null;
    root: LiveRoot | null;
    exchange: Exchange | null;
    /** What it says went wrong. */
    error: ErrorReply | null;
  }
>;

type EventEntry = Entry<"event", { event: PushEventDocument; root: LiveRoot }>;

/** `answer` is the reply to any of the others. */
export type UploadEntry = Entry<
  "upload",
  {
    what: "allow" | "cancel" | "progress" | "error" | "chunk" | "answer";
    topic: string;
    root_key: RootKey | null;
    store_key: string | null;
    /** The upload's name; null on its own channel. */
    name: string | null;
    /** Bytes of a chunk; null of anything else. */
    bytes: number | null;
    /** In percent; null where nothing is said of it. */
    progress: number | null;
    exchange: Exchange | null;
    refusal: ErrorReply | null;
  }
>;

type PresenceEntry = Entry<"presence", { what: "state" | "diff"; channel: LiveChannel }>;

type ProblemEntry = Entry<"problem", { problem: Problem; root: LiveRoot | null }>;

/** Any other message on a channel. */
type PushEntry = Entry<"push", { way: Direction; topic: string; event: string; exchange: Exchange | null }>;

type HeartbeatEntry = Entry<"heartbeat", { way: Direction; socket: number; exchange: Exchange | null }>;

type PageEntry = Entry<"page", { phase: PagePhase }>;

type GapEntry = Entry<"gap", { events: number; bytes: number }>;

type BaseEntry = Entry<"base", { topic: string; root: LiveRoot | null }>;

type MarkEntry = Entry<"mark", { text: string }>;

/** A message of the assigns lens; `note` is null where it could not be read, or its root is not known. */
type AssignsEntry = Entry<
  "assigns",
  { root: LiveRoot | null; note: LensNote | null; store_key: string | null }
>;

/** An event of a type that is not known, a frame that does not decode, or something that is no event. */
type UnknownEntry = Entry<"unknown", { what: "event" | "frame" | "line" }>;
