import type { Json, JsonObject } from "../../../wire/json";
import type { Result } from "../../../wire/result";
import type { Awaitable } from "../../awaitable";
import type { Assigns } from "../../phoenix/assigns";
import type { EndpointHandle } from "../../phoenix/endpoint-handle";
import type { Payload } from "../../phoenix/payload";
import type { Timers } from "../../timers";
import type { MusubiSocket, StoreId } from "../socket";
import type { UploadConfig } from "../uploads/upload-options";

// The uploads of one page: what the page and they know of each other. `createUploadHub` in uploads/upload-hub.ts makes
// the hub; the page makes the host.

/** Where a store's socket keeps what `registerStore` gave: `getPrivate(socket, UPLOADS)`. Absent without uploads. */
export const UPLOADS = "uploads";

/** The page, as its uploads see it. */
export type UploadHost = {
  /**
   * Runs `job` in the page's queue, then renders and sends what has changed, the upload ops with it. What the job throws
   * crashes the page, and rejects. Once the page has ended nothing runs any more: then it rejects at once.
   */
  readonly enqueue: <Value>(job: () => Awaitable<Value>) => Promise<Value>;
  /** There are ops to send: asks for an envelope, soon. The same as an empty job. */
  readonly changed: () => void;
  /** The present socket of a live store; null where there is none. To be asked for in a job. */
  readonly socketOf: (storeId: readonly Json[]) => MusubiSocket<Assigns> | null;
  /**
   * Takes over what a callback, or the hub itself, made of a store's socket. To be done in a job or in `takeOps`; nothing
   * happens where the store is gone.
   */
  readonly commit: (storeId: StoreId, socket: MusubiSocket<Assigns>) => void;
  readonly endpoint: EndpointHandle | null;
  readonly timers: Timers;
};

/**
 * What a client gets to hear. `unmapped`: the wires have no word for it (wire.md 9.2): per root it is `internal error`,
 * multiplexed it crashes the connection channel.
 */
export type UploadAnswer =
  | { readonly kind: "reply"; readonly status: "ok" | "error"; readonly response: JsonObject }
  | { readonly kind: "unmapped"; readonly reason: string };

/** The entry's own channel, as its upload sees it (wire.md 9.4). */
export type UploadChannelControl = {
  /** Ends the channel with `phx_close`: a chunk took too long. */
  readonly close: () => void;
  /** Ends it with `phx_error`: the upload was cancelled on the root's channel. */
  readonly kill: () => void;
};

export type ChunkAnswer = {
  readonly status: "ok" | "error";
  readonly response: JsonObject;
  /** Whether `phx_close` follows the reply. */
  readonly isLast: boolean;
};

/** Takes the bytes of one entry. */
export type UploadSink = {
  /** A chunk that is no bytes throws, and so crashes the entry's channel. */
  readonly chunk: (payload: Payload) => Promise<ChunkAnswer>;
  /** The entry's channel has ended, for whatever reason. Nothing happens where the upload had ended before. */
  readonly closed: () => void;
};

/**
 * The uploads of one page. `messages` are the payloads of the client's pushes (wire.md 9.1, 9.2), read by the hub: it
 * answers `missing required field`, `unknown store` and `unknown upload` itself. The page calls all of these in its queue.
 */
export type UploadHub = {
  /**
   * A store with uploads was started: queues its `config` ops, and gives what its socket keeps under `UPLOADS`. At that
   * time the store before it of the same id, where there is one, may not have been discarded yet.
   */
  readonly registerStore: (storeId: StoreId, uploads: ReadonlyMap<string, UploadConfig>) => unknown;
  /** That store is gone; `socket` was its last. Its entries are dropped, its channels ended. */
  readonly discardStore: (storeId: StoreId, socket: MusubiSocket<Assigns>) => void;
  readonly allow: (message: Json) => Awaitable<UploadAnswer>;
  readonly cancel: (message: Json) => Awaitable<UploadAnswer>;
  readonly progress: (message: Json) => Awaitable<UploadAnswer>;
  readonly error: (message: Json) => Awaitable<UploadAnswer>;
  /** `payload` is that of the entry's channel's join, with its token. Any problem is `unauthorized` (wire.md 9.4). */
  readonly join: (
    entryRef: string,
    payload: Payload,
    control: UploadChannelControl,
  ) => Awaitable<Result<UploadSink, "unauthorized">>;
  /** The `upload_ops` since the last call, in wire order: stores by id length, queue order inside (wire.md 9.3). */
  readonly takeOps: () => readonly JsonObject[];
  /** The page has ended. */
  readonly stop: () => void;
};
