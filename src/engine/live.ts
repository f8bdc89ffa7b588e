import type { Json } from "../wire/json";
import type { LensMessage } from "../wire/lens";
import type { ErrorReply } from "../wire/refusal";
import type { Content } from "./content/draft";
import type { History } from "./content/history";
import type { CommandRecord } from "./fold/command";
import type { Divergence } from "./fold/divergence";
import type { ChannelKind, ChannelState, ConnectionStatus, RootStatus, Wire } from "./inspection";

/** A connection as it stands after the last folded event. Never to be written to. */
export type LiveConnection = {
  readonly id: number;
  /** URL of the iframe; null for the top frame. */
  readonly frame: string | null;
  readonly endpoint: string;
  readonly transport: "websocket" | "longpoll";
  readonly serializer: string;
  readonly status: ConnectionStatus;
  readonly sockets: readonly number[];
  /** How the newest transports came about, oldest first; at most `MAX_ATTEMPTS`. */
  readonly attempts: readonly Attempt[];
  /** How often it was open. */
  readonly opened: number;
  /** The newest end of one of its transports; `code` is that of the close event. Null before the first. */
  readonly last_close: { readonly seq: number; readonly socket: number; readonly code: number } | null;
  /** Whether its newest transport carried an auth token in its subprotocols (wire.md 1.5). */
  readonly has_auth_token: boolean;
  readonly channels: readonly LiveChannel[];
  readonly roots: readonly LiveRoot[];
};

/** One try to connect. */
export type Attempt = {
  readonly socket: number;
  readonly seq: number;
  readonly t: number;
  /** The number of the try since the connection was last open, from 1 on. */
  readonly nth: number;
  /** How long after the end of the transport before it came, in milliseconds; null for the first. */
  readonly delay_ms: number | null;
};

/** The newest instance of a topic. */
export type LiveChannel = {
  readonly socket: number;
  readonly topic: string;
  readonly join_ref: string | null;
  readonly state: ChannelState;
  readonly kind: ChannelKind;
  /** Its number among the joins of its topic on this connection: more than 1 is a rejoin. */
  readonly nth: number;
  /** Why the join was refused. */
  readonly refusal: ErrorReply | null;
  /** What went over an upload's own channel (wire.md 9.4). Its bytes are counted, not kept. */
  readonly upload: LiveUpload | null;
  /** A newer instance of its topic has taken its place. */
  readonly is_superseded: boolean;
  /** Who was present and who is, in the area `presence`. Null before the `presence_state`. */
  readonly presences: History | null;
  /** Presence diffs that came before the state, and wait for it. */
  readonly queued_diffs: readonly unknown[];
};

/** What went over one upload's own channel. */
type LiveUpload = {
  readonly chunks: number;
  /** Of the chunks, as far as they were sent. */
  readonly bytes: number;
  /** In percent, as the server said it last. */
  readonly progress: number;
  /** Whose upload it is, as the reply to its `allow_upload` said; null where that was not seen. */
  readonly of: UploadOwner | null;
};

/** The upload of a store. */
export type UploadOwner = {
  readonly root_id: string;
  readonly store_id: readonly string[];
  readonly name: string;
};

/** What tells a root from every other: one topic carries a root_id once. */
export type RootKey = { readonly connection: number; readonly topic: string; readonly root_id: string };

/** What one message of the assigns lens told beside the assigns themselves (lens.md). */
export type LensNote = Pick<
  LensMessage,
  "store_id" | "module" | "version" | "cause" | "changed" | "removed" | "us"
> & { readonly seq: number; readonly epoch: number };

/** A root as it stands after the last folded event. Never to be written to. */
export type LiveRoot = {
  readonly key: RootKey;
  readonly topic: string;
  readonly root_id: string;
  readonly module: string;
  readonly caller_id: string;
  readonly params: Json;
  readonly wire: Wire;
  readonly status: RootStatus;
  readonly epoch: number;
  readonly version: number;
  /** The event that brought it. */
  readonly seq: number;
  /** The channel instance that mounted it; null before the first accepted mount. */
  readonly channel: LiveChannel | null;
  /** Why its newest mount was refused; null where it was not. */
  readonly refusal: ErrorReply | null;
  /** What it holds now; it stays as it is when later envelopes come. */
  readonly content: () => Content;
  /** All that it has held. */
  readonly history: History;
  /** The last envelope that was applied, and the `seq` of the command that it is attributed to. */
  readonly last_envelope: { readonly seq: number; readonly command: number | null } | null;
  /** The commands that its applied envelopes are attributed to, by the events of the envelopes. */
  readonly causes: ReadonlyMap<number, CommandRecord>;
  /** Operations that were received but could not be made part of the rebuilt state, counted. */
  readonly kept: { readonly stream_ops: number; readonly upload_ops: number };
  /** The newest messages of the assigns lens, oldest first; at most `MAX_LENS_NOTES`. */
  readonly lens: readonly LensNote[];
  /** Where the page's own client is known to hold something else; at most `MAX_DIVERGENCES`. */
  readonly divergences: readonly Divergence[];
};
