import type { JsonObject } from "../../../wire/json";

/** What a client gets to read of each error (wire.md 9.3). Nothing of the machine stands in them. */
const MESSAGES = {
  too_large: "file exceeds the maximum size",
  too_many_files: "too many files selected",
  not_accepted: "file type is not accepted",
  chunk_timeout: "upload timed out between chunks",
  chunk_too_large: "chunk size exceeded the configured limit",
  external_failed: "external upload failed",
  preflight_rejected: "upload was rejected",
  internal: "internal upload error",
} as const;

export type UploadErrorCode = keyof typeof MESSAGES;

/** Why a file is refused, or why its upload failed; as it is on the wire. */
export type UploadError = { readonly code: UploadErrorCode; readonly message: string };

/** The error of this code, with its own words or, where `message` is empty, Musubi's. */
export function uploadError(code: UploadErrorCode, message = ""): UploadError {
  return { code, message: message || MESSAGES[code] };
}

export function errorToWire({ code, message }: UploadError): JsonObject {
  return { code, message };
}
