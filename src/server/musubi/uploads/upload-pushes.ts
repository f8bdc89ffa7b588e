import { isJsonObject, type Json, type JsonObject } from "../../../wire/json";
import { REPLY_STATUS } from "../../../wire/protocol";
import { failure, type Result, success } from "../../../wire/result";
import { UPLOADS, type UploadAnswer, type UploadHost } from "../page/upload-hub";
import { getPrivate } from "../socket-context";
import {
  type AllowedFile,
  type AskedFile,
  checkFile,
  createEntry,
  preflightResponse,
  type RefusedFile,
} from "./preflight";
import { StoreUploads } from "./store-uploads";
import type { AskedEntry, UploadEntry, UploadSource } from "./upload-entry";
import { uploadError } from "./upload-error";
import type { Upload } from "./upload-index";
import {
  readEntryTarget,
  readErrorMessage,
  readFiles,
  readProgress,
  readUploadTarget,
  type UploadTarget,
} from "./upload-request";

/** What the pushes of clients need of the uploads of their page. */
export type PushContext = {
  readonly host: Pick<UploadHost, "socketOf" | "commit">;
  readonly createRef: () => string;
  /** The token with which the entry's channel is joined. */
  readonly sign: (uploads: StoreUploads, name: string, entry: UploadEntry) => string;
};

type Found = { readonly uploads: StoreUploads; readonly upload: Upload };

/** Says which of the files may come and how, and makes an entry of each that may (wire.md 9.1). */
export async function allowUpload(message: Json, context: PushContext): Promise<UploadAnswer> {
  const request = requireMessage(message);
  const target = readUploadTarget(request);
  if (!target.ok) return refusal(target.failure);
  const found = findUpload(target.value, context);
  if (!found.ok) return refusal(found.failure);
  const { uploads, upload } = found.value;
  const allowed: AllowedFile[] = [];
  const refused: RefusedFile[] = [];
  for (const file of readFiles(request)) {
    // The entries of the files before it count.
    const checked = checkFile(uploads.find(upload.config.name) ?? upload, file);
    if (checked.ok) allowed.push(await allowFile(checked.value, found.value, context));
    else refused.push(checked.failure);
  }
  return { kind: "reply", status: REPLY_STATUS.ok, response: preflightResponse(upload, allowed, refused) };
}

/** An entry that is not there is cancelled already. */
export function cancelUpload(message: Json, context: PushContext): UploadAnswer {
  const target = readEntryTarget(requireMessage(message));
  if (!target.ok) return refusal(target.failure);
  const found = findUpload(target.value, context);
  if (!found.ok) return refusal(found.failure);
  found.value.uploads.cancel(target.value.name, target.value.ref);
  return OK;
}

/** What a client says of its own uploading: of external entries only. */
export async function uploadProgress(message: Json, context: PushContext): Promise<UploadAnswer> {
  const request = requireMessage(message);
  const external = findExternal(request, context);
  if (!external.ok) return external.failure;
  const { uploads, name, ref } = external.value;
  uploads.progress(name, ref, { progress: readProgress(request) });
  await tellProgress(uploads, name, ref, context.host);
  return OK;
}

/** Whatever code the client says, it failed to upload elsewhere (wire.md 9.2). */
export function uploadFailure(message: Json, context: PushContext): UploadAnswer {
  const request = requireMessage(message);
  const external = findExternal(request, context);
  if (!external.ok) return external.failure;
  const { uploads, name, ref } = external.value;
  uploads.fail(name, ref, uploadError("external_failed", readErrorMessage(request)));
  return OK;
}

/** Has the store hear of an entry's progress, where it wants to and both are still there. */
export async function tellProgress(
  uploads: StoreUploads,
  name: string,
  ref: string,
  host: PushContext["host"],
): Promise<void> {
  const handle = uploads.find(name)?.config.handleProgress ?? null;
  const entry = uploads.findEntry(name, ref);
  const socket = host.socketOf(uploads.storeId);
  if (handle === null || entry === null || socket === null) return;
  host.commit(uploads.storeId, await handle(entry, socket));
}

async function allowFile(file: AskedFile, found: Found, context: PushContext): Promise<AllowedFile> {
  const { uploads, upload } = found;
  const { name } = upload.config;
  const asked = createEntry(context.createRef(), file);
  const source = await sourceOf(asked, found, context);
  const entry = { ...asked, source };
  uploads.add(name, entry);
  const answer: JsonObject =
    source.kind === "channel"
      ? { type: "channel", entry_ref: entry.ref, token: context.sign(uploads, name, entry) }
      : { type: "external", entry_ref: entry.ref, uploader: source.uploader, meta: source.meta };
  return { clientRef: file.clientRef, answer };
}

async function sourceOf(entry: AskedEntry, found: Found, { host }: PushContext): Promise<UploadSource> {
  const { storeId } = found.uploads;
  const { external } = found.upload.config;
  const socket = host.socketOf(storeId);
  if (external === null || socket === null) return { kind: "channel", file: null };
  const target = await external(entry, socket);
  if (target.socket !== undefined) host.commit(storeId, target.socket);
  return { kind: "external", uploader: target.uploader ?? DEFAULT_UPLOADER, meta: target.meta };
}

function findExternal(
  request: JsonObject,
  context: PushContext,
): Result<{ readonly uploads: StoreUploads; readonly name: string; readonly ref: string }, UploadAnswer> {
  const target = readEntryTarget(request);
  if (!target.ok) return failure(refusal(target.failure));
  const { name, ref } = target.value;
  const found = findUpload(target.value, context);
  if (!found.ok) return failure(refusal(found.failure));
  const { uploads } = found.value;
  const entry = uploads.findEntry(name, ref);
  if (entry === null)
    return failure({ kind: "unmapped", reason: `The upload "${name}" has no entry "${ref}".` });
  if (entry.source.kind === "external") return success({ uploads, name, ref });
  const reason = `The bytes of "${ref}" come through its own channel: nobody else can say how far they are.`;
  return failure({ kind: "unmapped", reason });
}

function findUpload({ storeId, name }: UploadTarget, { host }: PushContext): Result<Found, string> {
  const socket = host.socketOf(storeId);
  if (socket === null) return failure("unknown store");
  const uploads = getPrivate(socket, UPLOADS);
  const upload = uploads instanceof StoreUploads ? uploads.find(name) : null;
  return uploads instanceof StoreUploads && upload !== null
    ? success({ uploads, upload })
    : failure("unknown upload");
}

/** As the real server's channel, which takes nothing but objects, it crashes for anything else (wire.md 11). */
function requireMessage(message: Json): JsonObject {
  if (isJsonObject(message)) return message;
  throw new Error("The message about an upload must be an object.");
}

const DEFAULT_UPLOADER = "external";

const OK: UploadAnswer = { kind: "reply", status: REPLY_STATUS.ok, response: {} };

function refusal(reason: string): UploadAnswer {
  return { kind: "reply", status: REPLY_STATUS.error, response: { reason } };
}
