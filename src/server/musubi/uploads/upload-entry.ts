import type { Json, JsonObject } from "../../../wire/json";
import { errorToWire, type UploadError } from "./upload-error";
import type { UploadedFile } from "./upload-storage";

/** `cancelled` is no status: an entry that is cancelled is gone (wire.md 9.3). */
export type UploadStatus = "pending" | "uploading" | "success" | "error";

/** One file that a client was let upload. */
export type UploadEntry = {
  /** `u_` and 11 base64url characters; unguessable. */
  readonly ref: string;
  /** Name, size in bytes and MIME type as the client said: not to be trusted. */
  readonly clientName: string;
  readonly clientSize: number;
  readonly clientType: string;
  /** In percent. */
  readonly progress: number;
  readonly status: UploadStatus;
  readonly errors: readonly UploadError[];
  readonly source: UploadSource;
};

/** An entry before it is said where its bytes go. */
export type AskedEntry = Omit<UploadEntry, "source">;

/** Where the bytes go. */
export type UploadSource =
  /** Through the entry's own channel; `file` is there once the last byte is. */
  | { readonly kind: "channel"; readonly file: UploadedFile | null }
  /** The client brings them elsewhere, as `meta` tells it. */
  | { readonly kind: "external"; readonly uploader: string; readonly meta: Json };

/** What the client sees of an entry: the `entry` of an `add` op (wire.md 9.3). */
export function entryToWire(entry: UploadEntry): JsonObject {
  return {
    ref: entry.ref,
    client_name: entry.clientName,
    client_size: entry.clientSize,
    client_type: entry.clientType,
    progress: entry.progress,
    status: entry.status,
    errors: entry.errors.map(errorToWire),
  };
}
