import { isJsonArray, isJsonObject, isStrings, type Json, type JsonObject } from "../../wire/json";
import { type Attachments, clearAttachments, under } from "./attachments";
import { storeKey } from "./store-tree";
import { createStreamList } from "./stream";
import { copyTree, isTreeObject } from "./tree";
import { createUploadSlot } from "./upload";

/**
 * Takes over the streams and uploads of a base event (session-format.md): `[{store_id, stream, entries: [{item_key,
 * item}]}]` and `[{store_id, upload, config, entries, errors}]`. What is malformed is passed over.
 */
export function restoreAttachments(attachments: Attachments, streams: Json, uploads: Json): void {
  clearAttachments(attachments);
  const touched = new Set<string>();
  for (const base of objectsIn(streams)) {
    const { store_id, stream } = base;
    if (!isStrings(store_id) || typeof stream !== "string") continue;
    under(attachments.streams, storeKey(store_id), stream, touched, () => restoreStream(base));
  }
  for (const base of objectsIn(uploads)) {
    const { store_id, upload } = base;
    if (!isStrings(store_id) || typeof upload !== "string") continue;
    under(attachments.uploads, storeKey(store_id), upload, touched, () => restoreUpload(base));
  }
}

function restoreStream({ entries }: JsonObject) {
  const byKey = new Map<string, Json>();
  for (const { item_key, item } of objectsIn(entries)) {
    if (typeof item_key === "string" && item !== undefined) byKey.set(item_key, item);
  }
  return createStreamList([...byKey].map(([item_key, item]) => ({ item_key, item })));
}

function restoreUpload({ config, entries, errors }: JsonObject) {
  const slot = createUploadSlot();
  slot.config = copyTree(config ?? null);
  for (const entry of objectsIn(entries)) {
    const copy = copyTree(entry);
    if (typeof entry.ref === "string" && isTreeObject(copy)) slot.entries.set(entry.ref, copy);
  }
  if (isJsonArray(errors)) slot.errors.push(...errors.map(copyTree));
  return slot;
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}
