import type { Json, JsonObject } from "../wire/json";
import type { Problem } from "./problem";

/** The inspection document, version 1: the state of everything at one event (session-format.md). */
export type Inspection = {
  readonly format: "musubi-devtools-inspection";
  readonly version: 1;
  readonly at: { readonly seq: number; readonly t: number };
  readonly connections: readonly ConnectionDocument[];
  readonly commands: readonly CommandDocument[];
  readonly events: readonly PushEventDocument[];
  readonly problems: readonly Omit<Problem, "store_id">[];
};

export type ConnectionStatus = "connecting" | "connected" | "reconnecting" | "closed";

export type ConnectionDocument = {
  readonly id: number;
  readonly endpoint: string;
  readonly transport: "websocket" | "longpoll";
  readonly serializer: string;
  readonly status: ConnectionStatus;
  readonly sockets: readonly number[];
  readonly channels: readonly ChannelDocument[];
  readonly roots: readonly RootDocument[];
};

export type ChannelState = "joining" | "joined" | "refused" | "errored" | "leaving" | "closed";
export type ChannelKind = "connection" | "root" | "upload" | "plain";

export type ChannelDocument = {
  readonly topic: string;
  readonly join_ref: string | null;
  readonly state: ChannelState;
  readonly kind: ChannelKind;
  readonly presence: JsonObject | null;
};

export type Wire = "multiplexed" | "per_root" | "adapter";
export type RootStatus = "mounting" | "mounted" | "refused" | "unmounted" | "lost";
export type StoreId = readonly string[];

export type RootDocument = {
  readonly topic: string;
  readonly root_id: string;
  readonly module: string;
  readonly caller_id: string;
  readonly params: Json;
  readonly wire: Wire;
  readonly status: RootStatus;
  readonly epoch: number;
  readonly version: number;
  readonly store_ids: readonly StoreId[];
  readonly state: Json;
  readonly snapshot: Json;
};

export type CommandDocument = {
  readonly seq: number;
  readonly socket: number;
  readonly topic: string;
  readonly ref: string | null;
  readonly root_id: Json;
  readonly store_id: Json;
  readonly name: Json;
  readonly payload: Json;
  readonly by: "page" | "devtools";
  /** `pending`, `ok`, `error`, `lost`, or any other reply status verbatim. */
  readonly status: string;
  readonly reply: Json;
  readonly rtt_ms: number | null;
  readonly patch_seqs: readonly number[];
};

export type PushEventDocument = {
  readonly seq: number;
  readonly topic: string;
  readonly root_id: string;
  readonly store_id: StoreId;
  readonly name: string;
  readonly payload: Json;
};
