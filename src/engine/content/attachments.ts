import { fieldIn, isJsonObject, type Json } from "../../wire/json";
import { formatPointer } from "../../wire/json-pointer";
import { readStreamOp } from "../../wire/stream-op";
import { readUploadOp } from "../../wire/upload-op";
import type { ChangeLog } from "./change-log";
import type { Draft } from "./draft";
import { makeChange } from "./edit";
import type { StoreIndex } from "./store-index";
import { storeKey } from "./store-tree";
import { applyStreamOp, type StreamPlace, streamEntries } from "./stream";
import { applyUploadOp, EMPTY_SLOT, type UploadPlace, uploadRefs } from "./upload";

/** Where the streams and uploads of a root stand in its draft, by store key and by name, as far as they were looked up. */
export type Attachments = {
  readonly streams: Map<string, Map<string, StreamPlace>>;
  readonly uploads: Map<string, Map<string, UploadPlace>>;
};

export function createAttachments(): Attachments {
  return { streams: new Map(), uploads: new Map() };
}

/** Forgets where they stood: the draft goes on from another content. */
export function forgetAttachments({ streams, uploads }: Attachments): void {
  streams.clear();
  uploads.clear();
}

/** Drops everything that hangs on the stores: a 0->1 envelope starts anew. */
export function clearAttachments(attachments: Attachments, draft: Draft, log: ChangeLog): void {
  forgetAttachments(attachments);
  for (const area of ["streams", "uploads"] as const) {
    const left = draft.areas[area];
    if (isJsonObject(left) && Object.keys(left).length > 0) {
      makeChange(draft, { area, op: "replace", path: "", left, entered: {} }, log);
    }
  }
}

/**
 * Applies an envelope's operations on streams and uploads after those on the state, then drops what belongs to
 * stores that are not in the tree (wire.md 7, 8). A malformed operation is skipped alone.
 *
 * @returns the places of those that were skipped
 */
export function applyAttachmentOps(
  attachments: Attachments,
  draft: Draft,
  streamOps: readonly Json[],
  uploadOps: readonly Json[],
  index: StoreIndex,
  log: ChangeLog,
): Skipped {
  const vanished = index.takeVanished();
  if (streamOps.length === 0 && uploadOps.length === 0 && vanished.length === 0) return NONE_SKIPPED;
  const skipped: { readonly streams: number[]; readonly uploads: number[] } = { streams: [], uploads: [] };
  const touched = new Set(vanished);
  for (const [place, value] of streamOps.entries()) {
    const op = readStreamOp(value);
    if (op === null) skipped.streams.push(place);
    else {
      const store = storeKey(op.store_id);
      touched.add(store);
      applyStreamOp(draft, streamAt(attachments, draft, store, op.stream, log), op, log);
    }
  }
  for (const [place, value] of uploadOps.entries()) {
    const op = readUploadOp(value);
    if (op === null) skipped.uploads.push(place);
    else {
      const store = storeKey(op.store_id);
      touched.add(store);
      applyUploadOp(draft, uploadAt(attachments, draft, store, op.upload, log), op, log);
    }
  }
  for (const store of touched) if (!index.has(store)) dropStore(attachments, draft, store, log);
  return skipped;
}

/** Places in `stream_ops` and `upload_ops` of operations that could not be read. */
export type Skipped = { readonly streams: readonly number[]; readonly uploads: readonly number[] };

const NONE_SKIPPED: Skipped = { streams: [], uploads: [] };

/** The stream under a store and a name, made where there is none yet. */
function streamAt(
  { streams }: Attachments,
  draft: Draft,
  store: string,
  name: string,
  log: ChangeLog,
): StreamPlace {
  const known = streams.get(store)?.get(name);
  if (known !== undefined) return known;
  const path = makeRoom(draft, "streams", store, name, [], log);
  const keys = new Set<string>();
  for (const { item_key } of streamEntries(draft.areas.streams, store, name)) {
    if (typeof item_key === "string") keys.add(item_key);
  }
  return remember(streams, store, name, { store, name, path, keys });
}

/** The upload under a store and a name, made where there is none yet. */
function uploadAt(
  { uploads }: Attachments,
  draft: Draft,
  store: string,
  name: string,
  log: ChangeLog,
): UploadPlace {
  const known = uploads.get(store)?.get(name);
  if (known !== undefined) return known;
  const path = makeRoom(draft, "uploads", store, name, EMPTY_SLOT, log);
  const refs = uploadRefs(draft.areas.uploads, store, name);
  return remember(uploads, store, name, { store, name, path, refs });
}

/** Puts `value` under a store and a name, where nothing stands there yet. Returns the pointer to it. */
function makeRoom(
  draft: Draft,
  area: "streams" | "uploads",
  store: string,
  name: string,
  value: Json,
  log: ChangeLog,
): string {
  const [storePath, path] = [formatPointer([store]), formatPointer([store, name])];
  const add = (at: string, entered: Json): void =>
    makeChange(draft, { area, op: "add", path: at, left: undefined, entered }, log);
  const byName = fieldIn(draft.areas[area], store);
  if (byName === undefined) add(storePath, {});
  if (fieldIn(byName, name) === undefined) add(path, value);
  return path;
}

function remember<Place>(
  table: Map<string, Map<string, Place>>,
  store: string,
  name: string,
  place: Place,
): Place {
  const byName = table.get(store) ?? new Map<string, Place>();
  table.set(store, byName.set(name, place));
  return place;
}

/** What hung on a store that is gone; what the server showed of its assigns went with it. */
function dropStore(attachments: Attachments, draft: Draft, store: string, log: ChangeLog): void {
  attachments.streams.delete(store);
  attachments.uploads.delete(store);
  for (const area of ["streams", "uploads", "assigns"] as const) {
    const left = fieldIn(draft.areas[area], store);
    if (left === undefined) continue;
    makeChange(draft, { area, op: "remove", path: formatPointer([store]), left, entered: undefined }, log);
  }
}
