import { assertNever } from "../../wire/assert-never";
import type { Frame } from "../../wire/frame";
import { fieldIn, isJsonArray, isStrings, type Json } from "../../wire/json";
import { EVENT, TOPIC } from "../../wire/protocol";
import { classifyError } from "../../wire/refusal";
import type { Reply } from "../../wire/reply";
import { readAllowUploadReply, readAllowUploadRequest, readChunkReply } from "../../wire/upload-channel";
import { storeKey } from "../content/store-tree";
import type { RootKey, UploadOwner } from "../live";
import type { ChannelRecord } from "./channel";
import type { ConnectionRecord } from "./connection";
import { channelOf } from "./connection-channels";
import { rootKeyOf } from "./connection-roots";
import type { FoldState } from "./fold-state";
import { keepError, keepName, MAX_NAME_CHARS } from "./kept-name";
import { onlyRoot } from "./mounting";
import type { UploadPush } from "./pending";
import type { Exchange, UploadEntry } from "./timeline-entry";

/** Upload entries of one connection of which it is remembered whose they are; of more, the oldest go. */
const MAX_UPLOAD_OWNERS = 10_000;

const PUSHES: ReadonlyMap<string, UploadPush["what"]> = new Map([
  [EVENT.allowUpload, "allow"],
  [EVENT.cancelUpload, "cancel"],
  [EVENT.uploadProgress, "progress"],
  [EVENT.uploadError, "error"],
]);

/** What a push says about uploads (wire.md 9); null where it is about something else. */
export function readUploadPush(
  connection: ConnectionRecord,
  channel: ChannelRecord,
  { event, payload }: Frame,
): UploadPush | null {
  if (channel.kind === "upload") {
    return event === EVENT.chunk ? { what: "chunk", root_key: null, store_key: null, owner: null } : null;
  }
  const what = channel.kind === "plain" ? undefined : PUSHES.get(event);
  if (what === undefined) return null;
  const root_key = rootKeyIn(connection, channel, payload);
  const store_id = storeIdIn(payload);
  const store_key = storeKey(store_id);
  const request = what === "allow" ? readAllowUploadRequest(payload) : null;
  const owner: UploadOwner | null =
    request === null || root_key === null
      ? null
      : { root_id: root_key.root_id, store_id: request.store_id, name: request.name };
  // A page decides how long a store id is.
  return { what, root_key, store_key: store_key.length > MAX_NAME_CHARS ? null : store_key, owner };
}

/** Counts a chunk and notes the push. A text counts by the bytes that it has in UTF-8. */
export function foldUploadPush(
  fold: FoldState,
  channel: ChannelRecord,
  push: UploadPush,
  { payload }: Frame,
  exchange: Exchange | null,
): void {
  const name = fieldIn(payload, "name");
  const isChunk = push.what === "chunk";
  const bytes = isChunk ? bytesOf(fold, payload) : null;
  if (channel.upload !== null && bytes !== null) {
    channel.upload.chunks++;
    channel.upload.bytes += bytes;
  }
  const progress = push.what === "progress" ? fieldIn(payload, "progress") : undefined;
  noteUpload(fold, channel, push, {
    what: push.what,
    name: typeof name === "string" ? keepName(fold.names, name) : null,
    bytes,
    progress: typeof progress === "number" ? progress : null,
    exchange,
    refusal: null,
  });
}

/** The reply to a push about uploads: who owns which upload channel, and how far a file is. */
export function answerUpload(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  push: UploadPush,
  reply: Reply,
  exchange: Exchange,
): void {
  const progress = push.what === "chunk" ? progressIn(reply) : null;
  if (channel.upload !== null && progress !== null) channel.upload.progress = progress;
  if (push.owner !== null) {
    const { name } = push.owner;
    for (const { entry_ref } of readAllowUploadReply(reply)?.entries ?? []) {
      ownUpload(connection, entry_ref, push.owner);
    }
    const kept = keepName(fold.names, name);
    noteUpload(fold, channel, push, { ...answerNote(reply), name: kept, progress, exchange });
    return;
  }
  noteUpload(fold, channel, push, { ...answerNote(reply), name: null, progress, exchange });
}

/** Whose the channel of an upload is, as far as it is known when it is joined. */
export function ownerOf(connection: ConnectionRecord, topic: string): UploadOwner | null {
  return connection.upload_owners.get(topic.slice(TOPIC.uploadPrefix.length)) ?? null;
}

function ownUpload(connection: ConnectionRecord, entry_ref: string, owner: UploadOwner): void {
  const { upload_owners } = connection;
  if (entry_ref.length > MAX_NAME_CHARS) return;
  upload_owners.delete(entry_ref);
  const [oldest] = upload_owners.size >= MAX_UPLOAD_OWNERS ? upload_owners.keys() : [];
  if (oldest !== undefined) upload_owners.delete(oldest);
  upload_owners.set(entry_ref, owner);
  const joined = channelOf(connection, TOPIC.uploadPrefix + entry_ref)?.upload ?? null;
  if (joined !== null) joined.of = owner;
}

function answerNote(reply: Reply): Pick<UploadEntry, "what" | "bytes" | "refusal"> {
  return { what: "answer", bytes: null, refusal: keepError(classifyError(reply)) };
}

function noteUpload(
  fold: FoldState,
  { topic }: ChannelRecord,
  { root_key, store_key }: UploadPush,
  rest: Pick<UploadEntry, "what" | "name" | "bytes" | "progress" | "exchange" | "refusal">,
): void {
  const { seq, names } = fold;
  fold.timeline.add({ seq, kind: "upload", topic: keepName(names, topic), root_key, store_key, ...rest });
}

function rootKeyIn(connection: ConnectionRecord, channel: ChannelRecord, payload: Json): RootKey | null {
  if (channel.kind === "root") return onlyRoot(channel)?.key ?? null;
  const root_id = fieldIn(payload, "root_id");
  if (typeof root_id !== "string" || root_id.length > MAX_NAME_CHARS) return null;
  return rootKeyOf(connection, channel.topic, root_id);
}

function storeIdIn(payload: Json): readonly string[] {
  const store_id = fieldIn(payload, "store_id");
  return isJsonArray(store_id) && isStrings(store_id) ? store_id : [];
}

function bytesOf({ data_bytes }: FoldState, payload: Json): number {
  if (typeof payload !== "string") return data_bytes;
  return new TextEncoder().encode(payload).length;
}

function progressIn(reply: Reply): number | null {
  const answer = readChunkReply(reply);
  if (answer === null) return null;
  switch (answer.kind) {
    case "progress":
      return answer.progress;
    case "refused":
      return null;
    default:
      return assertNever(answer);
  }
}
