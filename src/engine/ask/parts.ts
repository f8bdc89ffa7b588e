import { fieldIn, isJsonObject, type Json, type JsonObject } from "../../wire/json";
import type { Content } from "../content/draft";
import { takeSnapshot } from "../content/snapshot";
import { storeKey } from "../content/store-tree";
import { type StreamEntry, streamEntries } from "../content/stream";
import { type UploadSlot, uploadSlot } from "../content/upload";
import type { StoreId } from "../inspection";
import type { LiveRoot } from "../live";
import { contentAt } from "./place";
import { cutInside, findStoreNode } from "./store-node";

/** A store and all that hangs on it, as it was after an event. Nothing in it ever changes. */
export type StorePart = {
  readonly store_id: StoreId;
  /** Its own value: the stores inside cut down to their ids. */
  readonly own: Json;
  /** Its node in the wire tree, with the stores inside it. */
  readonly state: Json;
  /** The same as an app sees it (session-format.md, State). */
  readonly snapshot: Json;
  /** By name, in the order in which they came up. */
  readonly streams: readonly StreamPart[];
  readonly uploads: readonly UploadPart[];
  readonly assigns: AssignsPart | null;
};

export type StreamPart = { readonly name: string; readonly entries: readonly StreamEntry[] };
export type UploadPart = UploadSlot & { readonly name: string };

/** What the server showed of a store's assigns (lens.md); `module` is null where it did not name one. */
type AssignsPart = { readonly module: string | null; readonly assigns: JsonObject };

type Root = Pick<LiveRoot, "history">;

/** A store after event `seq`; null where no node carried its id then. */
export function storeAt(root: Root, seq: number, store_id: StoreId): StorePart | null | "truncated" {
  const content = contentAt(root, seq);
  if (content === "truncated") return content;
  const key = storeKey(store_id);
  const found = findStoreNode(content.state, key);
  if (found === undefined) return null;
  const { node } = found;
  return {
    store_id,
    own: cutInside(node),
    state: node,
    snapshot: takeSnapshot({ ...content, state: node }),
    streams: namesIn(content.streams, key).flatMap((name) => streamIn(content, key, name) ?? []),
    uploads: namesIn(content.uploads, key).flatMap((name) => uploadIn(content, key, name) ?? []),
    assigns: assignsIn(content, key),
  };
}

/** One stream after event `seq`; null where there was none. */
export function streamAt(
  root: Root,
  seq: number,
  store_id: StoreId,
  name: string,
): StreamPart | null | "truncated" {
  const content = contentAt(root, seq);
  return content === "truncated" ? content : streamIn(content, storeKey(store_id), name);
}

/** One upload after event `seq`; null where there was none. */
export function uploadAt(
  root: Root,
  seq: number,
  store_id: StoreId,
  name: string,
): UploadPart | null | "truncated" {
  const content = contentAt(root, seq);
  return content === "truncated" ? content : uploadIn(content, storeKey(store_id), name);
}

/** What the server had shown of a store's assigns up to event `seq`; null where it had shown nothing. */
export function assignsAt(root: Root, seq: number, store_id: StoreId): AssignsPart | null | "truncated" {
  const content = contentAt(root, seq);
  return content === "truncated" ? content : assignsIn(content, storeKey(store_id));
}

function streamIn({ streams }: Content, key: string, name: string): StreamPart | null {
  if (fieldIn(fieldIn(streams, key), name) === undefined) return null;
  const entries = streamEntries(streams, key, name).flatMap(({ item_key, item }) =>
    typeof item_key === "string" && item !== undefined ? [{ item_key, item }] : [],
  );
  return { name, entries };
}

function uploadIn({ uploads }: Content, key: string, name: string): UploadPart | null {
  const slot = uploadSlot(uploads, key, name);
  return slot === undefined ? null : { name, ...slot };
}

function assignsIn(content: Content, key: string): AssignsPart | null {
  const held = fieldIn(content.assigns, key);
  const assigns = fieldIn(held, "assigns");
  if (!isJsonObject(assigns)) return null;
  const module = fieldIn(held, "module");
  return { module: typeof module === "string" ? module : null, assigns };
}

function namesIn(table: Json, key: string): readonly string[] {
  const byName = fieldIn(table, key);
  return isJsonObject(byName) ? Object.keys(byName) : [];
}
