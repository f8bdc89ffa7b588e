import type { CappedList, StreamView, UploadView } from "../../bridge/attachment-view";
import type { StoreView } from "../../bridge/view";
import type { Json } from "../../wire/json";
import { isJsonArray, isJsonObject, readMarker } from "./json-marker";

/**
 * What stands in the place of objects of a store's value, by the object itself: what only looks like a slot, inside
 * the items of a stream or in a frame, holds nothing. So nothing can hold itself.
 */
export type Slots = ReadonlyMap<Json, Slot>;

export type Slot =
  | {
      readonly kind: "stream";
      readonly name: string;
      readonly total: number;
      /** Which of them is the first of `items`, counted from 0. */
      readonly from: number;
      readonly items: StreamView["items"];
    }
  | { readonly kind: "upload"; readonly name: string; readonly files: number; readonly shown: Json }
  /** A list of an upload or of one of its files, of which `unsent` more values were not sent. */
  | { readonly kind: "list"; readonly unsent: number }
  /** One file of an upload. */
  | ({ readonly kind: "file" } & UploadFile);

export type UploadFile = { readonly name: string; readonly status: string; readonly progress: number };

export const NO_SLOTS: Slots = new Map();

/** Finds the slots in a store's value and gives each what the store holds under its name. */
export function slotsOf({
  value,
  streams,
  uploads,
}: Pick<StoreView, "value" | "streams" | "uploads">): Slots {
  const slots = new Map<Json, Slot>();
  const find = (at: Json): void => {
    if (isJsonArray(at)) at.forEach(find);
    if (!isJsonObject(at)) return;
    const marker = readMarker(at);
    if (marker?.kind === "stream") slots.set(at, streamSlot(marker.name, streams));
    else if (marker?.kind === "upload") addUpload(slots, at, marker.name, uploads);
    else Object.values(at).forEach(find);
  };
  find(value);
  return slots;
}

/** How many entries of a value were not sent to the panel. */
export function unsentOf(value: Json, slots: Slots): number {
  const slot = slots.get(value);
  if (slot?.kind === "stream") return slot.total - slot.items.length;
  return slot?.kind === "list" ? slot.unsent : 0;
}

const NO_STREAM: Omit<StreamView, "name"> = { total: 0, items: [] };

/** A slot whose stream has had no operation yet holds nothing. */
function streamSlot(name: string, streams: readonly StreamView[]): Slot {
  const { total, from = 0, items } = streams.find((stream) => stream.name === name) ?? NO_STREAM;
  return { kind: "stream", name, total, from, items };
}

function addUpload(slots: Map<Json, Slot>, at: Json, name: string, uploads: readonly UploadView[]): void {
  const upload = uploads.find((one) => one.name === name);
  if (upload === undefined) {
    slots.set(at, { kind: "upload", name, files: 0, shown: { config: null, entries: [], errors: [] } });
    return;
  }
  const { config, entries, errors } = upload;
  const shown = { config, entries: entries.items, errors: errors.items };
  slots.set(at, { kind: "upload", name, files: entries.total, shown });
  for (const list of [entries, errors]) slots.set(list.items, { kind: "list", unsent: unsentIn(list) });
  for (const entry of entries.items) {
    const file = readFile(entry);
    if (file !== null) slots.set(entry, { kind: "file", ...file });
    if (isJsonObject(entry) && isJsonArray(entry.errors ?? null)) {
      slots.set(entry.errors ?? null, { kind: "list", unsent: 0 });
    }
  }
}

function unsentIn({ total, items }: CappedList): number {
  return total - items.length;
}

/** The name, status and progress of an entry (wire.md 9.3); null where it lacks one, and shows as the object it is. */
function readFile(entry: Json): UploadFile | null {
  if (!isJsonObject(entry)) return null;
  const { client_name: name, status, progress } = entry;
  return typeof name === "string" && typeof status === "string" && typeof progress === "number"
    ? { name, status, progress }
    : null;
}
