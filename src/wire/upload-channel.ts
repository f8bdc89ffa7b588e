import { isJsonArray, isJsonObject, isStrings, type Json, type JsonObject, ownField } from "./json";
import { ACCEPT_ANY, REPLY_STATUS, TOPIC } from "./protocol";
import { classifyError } from "./refusal";
import { readReply } from "./reply";

/** What an `allow_upload` push asks for (wire.md 9.1). */
type AllowUploadRequest = {
  /** Of generation A only. */
  readonly root_id: string | null;
  readonly store_id: readonly string[];
  /** The upload's. */
  readonly name: string;
  readonly entries: readonly AskedFile[];
};

/** A file that the page wants to upload. What is absent or of a wrong type is null; the server refuses it then. */
type AskedFile = {
  readonly client_ref: string | null;
  readonly name: string | null;
  /** In bytes. */
  readonly size: number | null;
  readonly type: string | null;
};

/** What an `allow_upload` was answered with (wire.md 9.1): which files may come, and how. */
type AllowUploadReply = {
  /** The upload's name. */
  readonly ref: string;
  readonly config: UploadLimits | null;
  readonly entries: readonly AllowedFile[];
  readonly errors: readonly RefusedFile[];
  /** Elements of `entries` and `errors` that could not be read. */
  readonly malformed: number;
};

/** Sizes in bytes; null where absent. */
type UploadLimits = {
  readonly accept: typeof ACCEPT_ANY | readonly string[] | null;
  readonly max_entries: number | null;
  readonly max_file_size: number | null;
  readonly chunk_size: number | null;
};

/** A channel's token is a bearer secret. */
type AllowedFile = { readonly client_ref: string; readonly entry_ref: string } & (
  | { readonly type: "channel"; readonly token: string }
  | { readonly type: "external"; readonly uploader: string; readonly meta: Json }
);

type RefusedFile = {
  readonly client_ref: string;
  readonly code: string;
  readonly message: string | null;
};

/** What a chunk was answered with (wire.md 9.4). */
type ChunkReply =
  /** In percent, as sent; the file is whole at 100. */
  | { readonly kind: "progress"; readonly progress: number }
  /** The reason verbatim; its meaning where the word is Musubi's. */
  | { readonly kind: "refused"; readonly reason: string | null; readonly meaning: string | null };

/** Why Musubi ends an upload on its own channel (wire.md 9.4). */
const MEANINGS: ReadonlyMap<string | null, string> = new Map([
  ["chunk too large", "The chunk is larger than the upload's chunk_size."],
  ["upload too large", "More bytes came than the upload's max_file_size."],
  ["write failed", "The server could not store the file."],
  ["unauthorized", "The token is wrong, too old or that of another upload, or the page is gone."],
]);

/** The uploader of an external upload that names none. */
const DEFAULT_UPLOADER = "external";

/** The upload entry whose own channel a topic is: `musubi_upload:<entry ref>`. Null for any other topic. */
export function entryRefOf(topic: string): string | null {
  if (!topic.startsWith(TOPIC.uploadPrefix)) return null;
  return topic.slice(TOPIC.uploadPrefix.length) || null;
}

/**
 * The request in the payload of an `allow_upload` push; null where it names no upload or has no list of entries. A
 * `store_id` that is no list is the root's, and its elements become strings, as the server takes them.
 */
export function readAllowUploadRequest(payload: Json): AllowUploadRequest | null {
  if (!isJsonObject(payload)) return null;
  const name = ownField(payload, "name");
  const entries = ownField(payload, "entries");
  if (typeof name !== "string" || !isJsonArray(entries)) return null;
  const store_id = ownField(payload, "store_id");
  return {
    root_id: textIn(payload, "root_id"),
    store_id: isJsonArray(store_id) ? store_id.map(toStoreIdPart) : [],
    name,
    entries: entries.map(readAskedFile),
  };
}

/** The answer in the payload of a reply to `allow_upload`; null where it is refused as a whole, or no such answer. */
export function readAllowUploadReply(payload: Json): AllowUploadReply | null {
  const reply = readReply(payload);
  if (reply?.status !== REPLY_STATUS.ok || !isJsonObject(reply.response)) return null;
  const ref = ownField(reply.response, "ref");
  const asked = ownField(reply.response, "entries");
  if (typeof ref !== "string" || !isJsonObject(asked)) return null;
  const refused = ownField(reply.response, "errors") ?? [];
  if (!isJsonArray(refused)) return null;
  const entries = Object.entries(asked).map(([client_ref, entry]) => readAllowedFile(client_ref, entry));
  const errors = refused.map(readRefusedFile);
  const malformed = [...entries, ...errors].filter((read) => read === null).length;
  return {
    ref,
    config: readLimits(ownField(reply.response, "config")),
    entries: entries.filter((entry) => entry !== null),
    errors: errors.filter((error) => error !== null),
    malformed,
  };
}

/**
 * The answer to a `chunk`, or to the join of an upload's channel where that is refused, in the payload of a reply.
 * Null for a join that was let in, and for anything else.
 */
export function readChunkReply(payload: Json): ChunkReply | null {
  const error = classifyError(payload);
  if (error !== null) {
    const { reason, meaning } = error;
    return { kind: "refused", reason, meaning: MEANINGS.get(reason) ?? meaning };
  }
  const response = readReply(payload)?.response;
  const progress = isJsonObject(response) ? numberIn(response, "progress") : null;
  return progress === null ? null : { kind: "progress", progress };
}

function readAskedFile(entry: Json): AskedFile {
  const file = isJsonObject(entry) ? entry : {};
  return {
    client_ref: textIn(file, "client_ref"),
    name: textIn(file, "name"),
    size: numberIn(file, "size"),
    type: textIn(file, "type"),
  };
}

function readAllowedFile(client_ref: string, entry: Json): AllowedFile | null {
  if (!isJsonObject(entry)) return null;
  const type = ownField(entry, "type");
  const [entry_ref, token] = [textIn(entry, "entry_ref"), textIn(entry, "token")];
  if (entry_ref === null) return null;
  if (type === "channel") return token === null ? null : { type, client_ref, entry_ref, token };
  if (type !== "external") return null;
  const uploader = textIn(entry, "uploader") ?? DEFAULT_UPLOADER;
  return { type, client_ref, entry_ref, uploader, meta: ownField(entry, "meta") ?? null };
}

function readRefusedFile(value: Json): RefusedFile | null {
  if (!isJsonObject(value)) return null;
  const error = ownField(value, "error");
  const client_ref = textIn(value, "client_ref");
  if (client_ref === null || !isJsonObject(error)) return null;
  const code = textIn(error, "code");
  return code === null ? null : { client_ref, code, message: textIn(error, "message") };
}

function readLimits(config: Json | undefined): UploadLimits | null {
  if (!isJsonObject(config)) return null;
  const accept = ownField(config, "accept");
  return {
    accept: accept === ACCEPT_ANY || isStrings(accept) ? accept : null,
    max_entries: numberIn(config, "max_entries"),
    max_file_size: numberIn(config, "max_file_size"),
    chunk_size: numberIn(config, "chunk_size"),
  };
}

function toStoreIdPart(part: Json): string {
  return typeof part === "string" ? part : JSON.stringify(part);
}

function textIn(object: JsonObject, key: string): string | null {
  const value = ownField(object, key);
  return typeof value === "string" ? value : null;
}

function numberIn(object: JsonObject, key: string): number | null {
  const value = ownField(object, key);
  return typeof value === "number" ? value : null;
}
