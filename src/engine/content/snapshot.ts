import { isJsonArray, type Json, type JsonObject, ownField } from "../../wire/json";
import { MARKER } from "../../wire/protocol";
import type { Attachments } from "./attachments";
import { storeIdOf, storeKey } from "./store-tree";
import { copyTree, setField, type Tree, type TreeObject } from "./tree";
import type { UploadSlot } from "./upload";

const ASYNC_STATUSES: readonly (Json | undefined)[] = ["loading", "ok", "failed"];

/**
 * A state as an app sees it (session-format.md, State): streams as arrays of their items, async values as
 * `{status, data, error}`, upload slots as `{config, entries, errors}`. Shares nothing with what it was made of.
 */
export function takeSnapshot(state: Json, attachments: Attachments): Tree {
  return materialise(state, null, attachments);
}

/** @param owner the key of the nearest store around, which slots belong to */
function materialise(value: Json, owner: string | null, attachments: Attachments): Tree {
  if (typeof value !== "object" || value === null) return value;
  if (isJsonArray(value)) return value.map((item) => materialise(item, owner, attachments));
  const id = storeIdOf(value);
  if (id !== undefined) return materialiseFields(value, storeKey(id), attachments);
  const stream = slotName(value, MARKER.stream);
  if (stream !== null) {
    const list = attachments.streams.get(owner ?? "")?.get(stream);
    return list?.entries.map(({ item }) => copyTree(item)) ?? [];
  }
  const upload = slotName(value, MARKER.upload);
  if (upload !== null) return showUpload(attachments.uploads.get(owner ?? "")?.get(upload));
  return isAsync(value) ? showAsync(value, owner, attachments) : materialiseFields(value, owner, attachments);
}

function materialiseFields(object: JsonObject, owner: string | null, attachments: Attachments): TreeObject {
  const copy: TreeObject = {};
  for (const key of Object.keys(object))
    setField(copy, key, materialise(object[key] ?? null, owner, attachments));
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

function showAsync(
  { status, result, reason }: JsonObject,
  owner: string | null,
  attachments: Attachments,
): Tree {
  return {
    status: copyTree(status ?? null),
    data: materialise(result ?? null, owner, attachments),
    error: status === "failed" ? copyTree(reason ?? null) : null,
  };
}

function showUpload(slot: UploadSlot | undefined): Tree {
  if (slot === undefined) return { config: null, entries: [], errors: [] };
  return {
    config: copyTree(slot.config),
    entries: [...slot.entries.values()].map(copyTree),
    errors: slot.errors.map(copyTree),
  };
}
