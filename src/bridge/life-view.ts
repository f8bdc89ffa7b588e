import type { Json } from "../wire/json";
import type { Row } from "./event-view";
import { isCount, isObject } from "./guard";
import { isWindow, type Window } from "./window";

/** Names one channel of a session, over all of its joins. */
export type ChannelKey = { readonly connection: number; readonly topic: string };

/** All channels of the page, Musubi's or not; of those, whose topic has `text`, in whatever case. */
export type ChannelsQuery = {
  readonly kind: "channels";
  readonly text: string;
  /** Tell the row of this channel. */
  readonly locate: ChannelKey | null;
} & Window;

export type ChannelsView = {
  readonly kind: "channels";
  readonly from: number;
  readonly total: number;
  readonly rows: readonly ChannelLine[];
  /** Null: it is not among the rows. */
  readonly located: number | null;
  /** Events that memory had let go before they could be counted. */
  readonly uncounted: number;
  /** Events that are still to be counted: many are worked off in slices. */
  readonly left: number;
};

/** A topic on a connection, over all of its joins. */
export type ChannelLine = ChannelKey & {
  readonly state: "joining" | "joined" | "refused" | "errored" | "leaving" | "closed";
  readonly kind: "connection" | "root" | "upload" | "plain";
  readonly join_ref: string | null;
  /** How often it was joined: more than once is a rejoin. */
  readonly joins: number;
  readonly received: number;
  readonly sent: number;
  /** Frame bytes, both ways. */
  readonly bytes: number;
  readonly last: { readonly seq: number; readonly t: number; readonly event: string } | null;
  /** Who is present, counted; null where nothing is told of presence. */
  readonly present: number | null;
  /** The root whose own channel it is. */
  readonly root_id: string | null;
};

export type ChannelQuery = ChannelKey & {
  readonly kind: "channel";
  /** How many of its newest frames are wanted. */
  readonly last: number;
};

export type ChannelDetailView = ChannelKey & {
  readonly kind: "channel";
  /** Null: there is no such channel, or it was not there yet. */
  readonly line: ChannelLine | null;
  /** Newest first; at most `MAX_JOINS`. */
  readonly joins: readonly Join[];
  /** Newest first. */
  readonly recent: readonly Row[];
};

export type Join = {
  readonly seq: number;
  readonly t: number;
  readonly nth: number;
  readonly answer: "joined" | "refused" | "none";
  /** The reply, and how long it took. */
  readonly reply: { readonly seq: number; readonly ms: number } | null;
  /** Why it was refused, in the server's word, and what that means where it is known. */
  readonly reason: string | null;
  readonly meaning: string | null;
};

/** Who is present on a channel; of those, whose key or metas have `text`, in whatever case. */
export type PresenceQuery = ChannelKey & {
  readonly kind: "presence";
  readonly text: string;
  /** Whose metas are wanted. */
  readonly person: string | null;
} & Window;

export type PresenceView = ChannelKey & {
  readonly kind: "presence";
  /** `none`: nothing is told of presence; `truncated`: that much history is not kept any more. */
  readonly told: "told" | "none" | "truncated";
  readonly from: number;
  readonly total: number;
  readonly people: readonly { readonly key: string; readonly metas: number; readonly preview: string }[];
  readonly person: { readonly key: string; readonly metas: Json } | null;
};

/** The life of a connection. */
export type ConnectionQuery = { readonly kind: "connection"; readonly connection: number };

export type ConnectionLifeView = {
  readonly kind: "connection";
  readonly id: number;
  readonly from_t: number;
  readonly to_t: number;
  /** Which status it had from when to when, oldest first; the newest `MAX_SPANS`. */
  readonly spans: readonly Span[];
  /** Oldest first; the newest `MAX_TRANSPORTS` each, and how many there were. */
  readonly closes: readonly Close[];
  readonly closes_total: number;
  readonly attempts: readonly AttemptLine[];
  readonly attempts_total: number;
  /** Heartbeats, oldest first; the newest `MAX_BEATS`, and how many there were. */
  readonly beats: readonly Beat[];
  readonly beats_total: number;
};

export type ConnectionStatus = "connecting" | "connected" | "reconnecting" | "closed";

/** `seq` is the event that brought the status. */
export type Span = {
  readonly status: ConnectionStatus;
  readonly from_t: number;
  readonly to_t: number;
  readonly seq: number;
};

/** `reason` and `clean` are null where the event is not in memory any more. */
export type Close = {
  readonly seq: number;
  readonly t: number;
  readonly socket: number;
  readonly code: number;
  readonly reason: string | null;
  readonly clean: boolean | null;
};

/** A try to connect, by its number since the connection was last open. */
export type AttemptLine = {
  readonly seq: number;
  readonly t: number;
  readonly socket: number;
  readonly nth: number;
  /** How long after the end of the transport before it came; null for the first. */
  readonly delay_ms: number | null;
  /** How long it took to open; null: it did not, or not yet. */
  readonly open_ms: number | null;
};

/** `rtt_ms` is null without an answer. */
export type Beat = { readonly seq: number; readonly t: number; readonly rtt_ms: number | null };

export const MAX_SPANS = 1_000;
export const MAX_TRANSPORTS = 1_000;
export const MAX_BEATS = 1_000;
export const MAX_JOINS = 100;
const MAX_RECENT = 200;

export function isChannelsQuery(value: { readonly [key: string]: unknown }): boolean {
  const { text, locate } = value;
  return typeof text === "string" && (locate === null || isChannelKey(locate)) && isWindow(value);
}

export function isChannelQuery(value: { readonly [key: string]: unknown }): boolean {
  return isChannelKey(value) && isCount(value.last) && value.last <= MAX_RECENT;
}

export function isPresenceQuery(value: { readonly [key: string]: unknown }): boolean {
  const { text, person } = value;
  return (
    isChannelKey(value) &&
    typeof text === "string" &&
    (person === null || typeof person === "string") &&
    isWindow(value)
  );
}

export function isConnectionQuery(value: { readonly [key: string]: unknown }): boolean {
  return isCount(value.connection);
}

function isChannelKey(value: unknown): boolean {
  return isObject(value) && isCount(value.connection) && typeof value.topic === "string";
}
