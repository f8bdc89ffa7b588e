import type { Json } from "../../wire/json";
import { readStreamOp } from "../../wire/stream-op";
import { readUploadOp } from "../../wire/upload-op";
import type { StoreIndex } from "./store-index";
import { storeKey } from "./store-tree";
import { applyStreamOp, createStreamList, type StreamList } from "./stream";
import { applyUploadOp, createUploadSlot, type UploadSlot } from "./upload";

/** What hangs on the stores of a root beside their state: streams and uploads, by store key and by name. */
export type Attachments = {
  readonly streams: Map<string, Map<string, StreamList>>;
  readonly uploads: Map<string, Map<string, UploadSlot>>;
};

export function createAttachments(): Attachments {
  return { streams: new Map(), uploads: new Map() };
}

/** Drops everything: a 0->1 envelope starts anew. */
export function clearAttachments({ streams, uploads }: Attachments): void {
  streams.clear();
  uploads.clear();
}

/**
 * Applies an envelope's operations on streams and uploads after those on the state, then drops what belongs to
 * stores that are not in the tree (wire.md 7, 8). A malformed operation is skipped alone.
 *
 * @returns the places of those that were skipped
 */
export function applyAttachmentOps(
  { streams, uploads }: Attachments,
  streamOps: readonly Json[],
  uploadOps: readonly Json[],
  index: StoreIndex,
): { readonly streams: readonly number[]; readonly uploads: readonly number[] } {
  const skipped: { readonly streams: number[]; readonly uploads: number[] } = { streams: [], uploads: [] };
  const touched = new Set(index.takeVanished());
  for (const [place, value] of streamOps.entries()) {
    const op = readStreamOp(value);
    if (op === null) skipped.streams.push(place);
    else applyStreamOp(under(streams, storeKey(op.store_id), op.stream, touched, createStreamList), op);
  }
  for (const [place, value] of uploadOps.entries()) {
    const op = readUploadOp(value);
    if (op === null) skipped.uploads.push(place);
    else applyUploadOp(under(uploads, storeKey(op.store_id), op.upload, touched, createUploadSlot), op);
  }
  for (const key of touched) {
    if (index.has(key)) continue;
    streams.delete(key);
    uploads.delete(key);
  }
  return skipped;
}

/** What stands under a store and a name, made where there is none yet. */
export function under<Thing>(
  table: Map<string, Map<string, Thing>>,
  key: string,
  name: string,
  touched: Set<string>,
  create: () => Thing,
): Thing {
  touched.add(key);
  const byName = table.get(key) ?? new Map<string, Thing>();
  table.set(key, byName);
  const thing = byName.get(name) ?? create();
  byName.set(name, thing);
  return thing;
}
