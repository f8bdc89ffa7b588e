import { isJsonObject, isStrings, type Json, ownField } from "./json";

/** An operation on a stream (wire.md 8). Its `ref` tells nothing that matters here. */
export type StreamOp = StreamTarget &
  (
    | {
        readonly op: "insert";
        readonly item_key: string;
        readonly at: number;
        readonly limit: number | null;
        readonly item: Json;
      }
    | { readonly op: "delete"; readonly item_key: string }
    | { readonly op: "reset" }
  );

type StreamTarget = { readonly store_id: readonly string[]; readonly stream: string };

/** The operation that stands in an envelope's `stream_ops`; null where it is malformed. */
export function readStreamOp(value: Json): StreamOp | null {
  if (!isJsonObject(value)) return null;
  const { op, store_id, stream, item_key, at } = value;
  if (!isStrings(store_id) || typeof stream !== "string") return null;
  if (op === "reset") return { op, store_id, stream };
  if (typeof item_key !== "string") return null;
  if (op === "delete") return { op, store_id, stream, item_key };
  const limit = ownField(value, "limit") ?? null;
  const item = ownField(value, "item");
  if (op !== "insert" || item === undefined || !isInteger(at)) return null;
  return limit === null || isInteger(limit) ? { op, store_id, stream, item_key, at, limit, item } : null;
}

function isInteger(value: Json | undefined): value is number {
  return Number.isSafeInteger(value);
}
