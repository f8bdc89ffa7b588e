import { isJsonArray, type Json, type JsonObject, ownField } from "../../wire/json";
import { MARKER } from "../../wire/protocol";
import type { Content } from "./draft";
import { storeIdOf, storeKey } from "./store-tree";
import { streamEntries } from "./stream";
import { setField, type TreeObject, toTree } from "./tree";
import { type UploadSlot, uploadSlot } from "./upload";

const ASYNC_STATUSES: readonly (Json | undefined)[] = ["loading", "ok", "failed"];

/**
 * A state as an app sees it (session-format.md, State): streams as arrays of their items, async values as
 * `{status, data, error}`, upload slots as `{config, entries, errors}`.
 */
export function takeSnapshot(content: Content): Json {
  return materialise(content.state, null, content);
}

/** @param owner the key of the nearest store around, which slots belong to */
function materialise(value: Json, owner: string | null, content: Content): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isJsonArray(value)) return value.map((item) => materialise(item, owner, content));
  const id = storeIdOf(value);
  if (id !== undefined) return materialiseFields(value, storeKey(id), content);
  const stream = slotName(value, MARKER.stream);
  if (stream !== null) {
    return streamEntries(content.streams, owner ?? "", stream).map(({ item }) => item ?? null);
  }
  const upload = slotName(value, MARKER.upload);
  if (upload !== null) return showUpload(uploadSlot(content.uploads, owner ?? "", upload));
  return isAsync(value) ? showAsync(value, owner, content) : materialiseFields(value, owner, content);
}

function materialiseFields(object: JsonObject, owner: string | null, content: Content): JsonObject {
  const copy: TreeObject = {};
  for (const key of Object.keys(object))
    setField(copy, key, toTree(materialise(object[key] ?? null, owner, content)));
  return copy;
}

/** The name in a slot: an object with the marker as its only key (wire.md 6). */
function slotName(object: JsonObject, marker: string): string | null {
  const name = ownField(object, marker);
  return typeof name === "string" && Object.keys(object).length === 1 ? name : null;
}

function isAsync(object: JsonObject): boolean {
  return (
    ownField(object, MARKER.async) === true &&
    ASYNC_STATUSES.includes(ownField(object, "status")) &&
    Object.hasOwn(object, "result") &&
    Object.hasOwn(object, "reason")
  );
}

function showAsync({ status, result, reason }: JsonObject, owner: string | null, content: Content): Json {
  return {
    status: status ?? null,
    data: materialise(result ?? null, owner, content),
    error: status === "failed" ? (reason ?? null) : null,
  };
}

function showUpload(slot: UploadSlot | undefined): Json {
  if (slot === undefined) return { config: null, entries: [], errors: [] };
  const { config, entries, errors } = slot;
  return { config, entries, errors };
}
