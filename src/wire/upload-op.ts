import { isJsonObject, isStrings, type Json, type JsonObject } from "./json";

/** An operation on an upload (wire.md 9.3). */
export type UploadOp = UploadTarget &
  (
    | { readonly op: "config"; readonly config: Json }
    | { readonly op: "add"; readonly ref: string; readonly entry: JsonObject }
    | { readonly op: "progress"; readonly ref: string; readonly progress: number }
    | { readonly op: "complete" | "cancel"; readonly ref: string }
    /** Without `ref` it is an error of the upload as a whole. */
    | { readonly op: "error"; readonly ref: string | null; readonly error: Json }
    | { readonly op: "reset" }
  );

type UploadTarget = { readonly store_id: readonly string[]; readonly upload: string };

/** The operation that stands in an envelope's `upload_ops`; null where it is malformed. */
export function readUploadOp(value: Json): UploadOp | null {
  if (!isJsonObject(value)) return null;
  const { op, store_id, upload, ref } = value;
  if (!isStrings(store_id) || typeof upload !== "string") return null;
  const target = { store_id, upload };
  switch (op) {
    case "reset":
      return { op, ...target };
    case "config":
      return value.config === undefined ? null : { op, ...target, config: value.config };
    case "error":
      if (value.error === undefined || (ref !== undefined && ref !== null && typeof ref !== "string"))
        return null;
      return { op, ...target, ref: ref ?? null, error: value.error };
    default:
      return typeof ref === "string" ? readEntryOp(value, target, ref) : null;
  }
}

function readEntryOp(
  { op, entry, progress }: JsonObject,
  target: UploadTarget,
  ref: string,
): UploadOp | null {
  if (op === "add" && isJsonObject(entry)) return { op, ...target, ref, entry };
  if (op === "progress" && typeof progress === "number") return { op, ...target, ref, progress };
  if (op === "complete" || op === "cancel") return { op, ...target, ref };
  return null;
}
