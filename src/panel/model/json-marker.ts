import type { Json, JsonObject } from "../../wire/json";

/** What an object stands for, of the wire tree (wire.md 6) or of a store's assigns (lens.md); null: for itself. */
export type Marker =
  | { readonly kind: "store"; readonly store_id: readonly string[] }
  | { readonly kind: "stream"; readonly name: string }
  | { readonly kind: "upload"; readonly name: string }
  | { readonly kind: "async"; readonly status: AsyncStatus; readonly result: Json; readonly reason: Json }
  /** A term that JSON cannot hold, as the server writes it out. */
  | { readonly kind: "term"; readonly text: string }
  /** What was too large to be sent: how it begins. */
  | { readonly kind: "cut"; readonly bytes: number; readonly head: string };

export type AsyncStatus = "loading" | "ok" | "failed";

export const STORE_ID_KEY = "__musubi_store_id__";
const STREAM_KEY = "__musubi_stream__";
const UPLOAD_KEY = "__musubi_upload__";
const ASYNC_KEY = "__musubi_async__";
const TERM_KEY = "__inspect__";
const CUT_KEY = "__truncated__";

export function readMarker(value: Json): Marker | null {
  if (!isJsonObject(value)) return null;
  const storeId = own(value, STORE_ID_KEY);
  if (isStrings(storeId)) return { kind: "store", store_id: storeId };
  if (own(value, ASYNC_KEY) === true) return readAsync(value);
  const keys = Object.keys(value);
  const stream = own(value, STREAM_KEY);
  if (keys.length === 1 && typeof stream === "string") return { kind: "stream", name: stream };
  const upload = own(value, UPLOAD_KEY);
  if (keys.length === 1 && typeof upload === "string") return { kind: "upload", name: upload };
  const text = own(value, TERM_KEY);
  if (keys.length === 1 && typeof text === "string") return { kind: "term", text };
  const bytes = own(value, CUT_KEY);
  const head = own(value, "head");
  return typeof bytes === "number" && typeof head === "string" ? { kind: "cut", bytes, head } : null;
}

export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function readAsync(value: JsonObject): Marker | null {
  const status = own(value, "status");
  const result = own(value, "result");
  const reason = own(value, "reason");
  if (result === undefined || reason === undefined) return null;
  return status === "loading" || status === "ok" || status === "failed"
    ? { kind: "async", status, result, reason }
    : null;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isStrings(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
