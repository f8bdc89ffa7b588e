import type { Json } from "../wire/json";
import type { StreamEntry } from "./content/stream";
import type { UploadSlot } from "./content/upload";
import type { ChannelDocument, ConnectionStatus, RootStatus, Wire } from "./inspection";

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
  readonly channels: readonly ChannelDocument[];
  readonly roots: readonly LiveRoot[];
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
  /** The wire tree; changed in place by later envelopes. Null before the first one. */
  readonly state: Json;
  /** The last envelope that was applied, and the `seq` of the command that it is attributed to. */
  readonly last_envelope: { readonly seq: number; readonly command: number | null } | null;
  /** Operations that were received but could not be made part of the rebuilt state, counted. */
  readonly kept: { readonly stream_ops: number; readonly upload_ops: number };
  /** What `heldStreams` and `heldUploads` read. */
  readonly attachments: LiveAttachments;
};

/** The streams and uploads of a root, by store key and by name; changed in place by later envelopes. */
export type LiveAttachments = {
  readonly streams: LiveTable<{ readonly entries: readonly StreamEntry[] }>;
  readonly uploads: LiveTable<Readonly<UploadSlot>>;
};

type LiveTable<Thing> = ReadonlyMap<string, ReadonlyMap<string, Thing>>;
