import type { Json } from "../wire/json";
import type { ErrorReply } from "../wire/refusal";
import type { Content } from "./content/draft";
import type { History } from "./content/history";
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
  /** The how-manieth try it is since the connection was last open, from 1 on. */
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
  /** The how-manieth join of its topic on this connection it is: more than 1 is a rejoin. */
  readonly nth: number;
  /** Why the join was refused. */
  readonly refusal: ErrorReply | null;
  /** What went over an upload's own channel (wire.md 9.4). Its bytes are counted, not kept. */
  readonly upload: { readonly chunks: number; readonly bytes: number; readonly progress: number } | null;
};

/** A root as it stands after the last folded event. Never to be written to. */
export type LiveRoot = {
  readonly topic: string;
  readonly root_id: string;
  readonly module: string;
  readonly caller_id: string;
  readonly params: Json;
  readonly wire: Wire;
  readonly status: RootStatus;
  readonly epoch: number;
  readonly version: number;
  /** Why its newest mount was refused; null where it was not. */
  readonly refusal: ErrorReply | null;
  /** What it holds now; it stays as it is when later envelopes come. */
  readonly content: () => Content;
  /** All that it has held. */
  readonly history: History;
  /** The last envelope that was applied, and the `seq` of the command that it is attributed to. */
  readonly last_envelope: { readonly seq: number; readonly command: number | null } | null;
  /** Operations that were received but could not be made part of the rebuilt state, counted. */
  readonly kept: { readonly stream_ops: number; readonly upload_ops: number };
};
