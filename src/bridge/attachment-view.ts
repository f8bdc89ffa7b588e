import type { Json } from "../wire/json";

/** A stream: up to `MAX_STREAM_ITEMS` of its `total` items, in order, from the item `from` on; absent: from the first. */
export type StreamView = {
  readonly name: string;
  readonly total: number;
  readonly from?: number;
  readonly items: readonly { readonly item_key: string; readonly item: Json }[];
};

/** From which of its items on, counted from 0, a stream is to be shown. */
export type StreamStart = { readonly name: string; readonly from: number };

/** An upload: its files in the order in which they were added, and the errors of the upload as a whole. */
export type UploadView = {
  readonly name: string;
  readonly config: Json;
  readonly entries: CappedList;
  readonly errors: CappedList;
};

/** The first `MAX_UPLOAD_ITEMS` of `total` values. */
export type CappedList = { readonly total: number; readonly items: readonly Json[] };

/** Items of one stream, and files or errors of one upload, that a view of its store holds. */
export const MAX_STREAM_ITEMS = 500;
export const MAX_UPLOAD_ITEMS = 100;

/** Streams of one store that may be shown from elsewhere than their first item. */
export const MAX_STREAM_STARTS = 50;
