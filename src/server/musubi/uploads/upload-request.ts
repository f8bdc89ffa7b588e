import { isJsonArray, type Json, type JsonObject, ownField } from "../../../wire/json";
import { failure, type Result, success } from "../../../wire/result";
import type { StoreId } from "../socket";

/** Which upload, of which store, a push of a client is about (wire.md 9). */
export type UploadTarget = { readonly storeId: StoreId; readonly name: string };

/** Which entry of it. */
type EntryTarget = UploadTarget & { readonly ref: string };

type MissingField = "missing required field";

/** A `store_id` that is no list is the root's, and its elements become strings (wire.md 9). */
export function readUploadTarget(message: JsonObject): Result<UploadTarget, MissingField> {
  const name = ownField(message, "name");
  const storeId = ownField(message, "store_id");
  if (typeof name !== "string" || name === "") return failure("missing required field");
  return success({ storeId: isJsonArray(storeId) ? storeId.map(toPart) : [], name });
}

export function readEntryTarget(message: JsonObject): Result<EntryTarget, MissingField> {
  const target = readUploadTarget(message);
  const ref = ownField(message, "ref");
  if (!target.ok) return target;
  if (typeof ref !== "string" || ref === "") return failure("missing required field");
  return success({ ...target.value, ref });
}

/** The files that an `allow_upload` asks about. What is no list is one file, and nothing is none. */
export function readFiles(message: JsonObject): readonly Json[] {
  const entries = ownField(message, "entries") ?? [];
  return isJsonArray(entries) ? entries : [entries];
}

/** Non-negative whole numbers, of which none is above 100; anything else counts as 0 (wire.md 9.2). */
export function readProgress(message: JsonObject): number {
  const progress = ownField(message, "progress");
  return typeof progress === "number" && Number.isInteger(progress) && progress >= 0
    ? Math.min(progress, 100)
    : 0;
}

/** What the client says of a failure; empty where it says nothing. */
export function readErrorMessage(message: JsonObject): string {
  const text = ownField(message, "message");
  return typeof text === "string" ? text : "";
}

function toPart(part: Json): string {
  return typeof part === "string" ? part : JSON.stringify(part);
}
