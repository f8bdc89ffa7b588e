import { isJsonObject, type Json, type JsonObject, ownField } from "../../../wire/json";
import { failure, type Result, success } from "../../../wire/result";
import type { AskedEntry } from "./upload-entry";
import { errorToWire, type UploadErrorCode, uploadError } from "./upload-error";
import type { Upload } from "./upload-index";
import { configToWire, isAccepted } from "./upload-options";

/** A file that a client asks to upload, once it is well formed (wire.md 9.1). */
export type AskedFile = {
  readonly clientRef: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly type: string;
};

/** A file that may come, as the reply to `allow_upload` tells the client. */
export type AllowedFile = { readonly clientRef: string; readonly answer: JsonObject };

/** A file that may not. The client's ref is what it sent, of whatever kind. */
export type RefusedFile = { readonly clientRef: Json; readonly code: UploadErrorCode };

/** Whether a file may be uploaded, next to the entries that `upload` has. The order of the checks is wire.md 9.1's. */
export function checkFile(upload: Upload, file: Json): Result<AskedFile, RefusedFile> {
  const asked = readFile(file);
  if (asked === null) return failure({ clientRef: clientRefOf(file), code: "preflight_rejected" });
  const code = findFault(upload, asked);
  return code === null ? success(asked) : failure({ clientRef: asked.clientRef, code });
}

/** The entry of a file that is allowed, before any byte of it came. */
export function createEntry(ref: string, file: AskedFile): AskedEntry {
  return {
    ref,
    clientName: file.name,
    clientSize: file.size,
    clientType: file.type,
    progress: 0,
    status: "pending",
    errors: [],
  };
}

/** The response to `allow_upload`, which is `ok` even when every file is refused (wire.md 9.1). */
export function preflightResponse(
  { config }: Upload,
  allowed: readonly AllowedFile[],
  refused: readonly RefusedFile[],
): JsonObject {
  return {
    ref: config.name,
    config: configToWire(config),
    entries: Object.fromEntries(allowed.map(({ clientRef, answer }) => [clientRef, answer])),
    errors: refused.map(({ clientRef, code }) => ({
      client_ref: clientRef,
      error: errorToWire(uploadError(code)),
    })),
  };
}

function findFault({ config, entries }: Upload, { name, size }: AskedFile): UploadErrorCode | null {
  if (entries.size >= config.maxEntries) return "too_many_files";
  if (size > config.maxFileSize) return "too_large";
  return isAccepted(config, name) ? null : "not_accepted";
}

function readFile(file: Json): AskedFile | null {
  if (!isJsonObject(file)) return null;
  const clientRef = ownField(file, "client_ref");
  const name = ownField(file, "name");
  const size = ownField(file, "size");
  const type = ownField(file, "type");
  if (typeof clientRef !== "string" || clientRef === "" || typeof name !== "string" || name === "")
    return null;
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) return null;
  return { clientRef, name, size, type: typeof type === "string" ? type : "" };
}

function clientRefOf(file: Json): Json {
  return (isJsonObject(file) ? ownField(file, "client_ref") : undefined) ?? "";
}
