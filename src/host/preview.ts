import { MAX_PREVIEW_FIELDS } from "../bridge/view";
import { isJsonArray, type Json, type JsonObject } from "../wire/json";

/** A value on one line, cut where it gets long. */
export const MAX_PREVIEW_CHARS = 120;

export function preview(value: Json): string {
  // Only as much of a large value is written out as can be shown.
  return cut(write(value, MAX_PREVIEW_CHARS));
}

/** Up to `MAX_PREVIEW_FIELDS` plain fields of a store, in their order. */
export function previewFields(
  store: JsonObject,
): readonly { readonly key: string; readonly value: string }[] {
  const fields: { readonly key: string; readonly value: string }[] = [];
  for (const key of Object.keys(store)) {
    const value = store[key] ?? null;
    if (typeof value === "object" && value !== null) continue;
    fields.push({ key, value: preview(value) });
    if (fields.length === MAX_PREVIEW_FIELDS) break;
  }
  return fields;
}

export function cut(text: string): string {
  return text.length <= MAX_PREVIEW_CHARS ? text : `${text.slice(0, MAX_PREVIEW_CHARS - 1)}…`;
}

function write(value: Json, room: number): string {
  if (room <= 0) return "…";
  if (typeof value === "string") return JSON.stringify(value.slice(0, room + 1));
  if (typeof value !== "object" || value === null) return String(value);
  return isJsonArray(value) ? writeItems(value, room) : writeFields(value, room);
}

function writeItems(items: readonly Json[], room: number): string {
  let text = "[";
  for (const item of items) {
    if (text.length > room) break;
    text += `${text === "[" ? "" : ", "}${write(item, room - text.length)}`;
  }
  return `${text}]`;
}

function writeFields(fields: JsonObject, room: number): string {
  let text = "{";
  for (const key in fields) {
    if (text.length > room) break;
    const name = `${text === "{" ? "" : ", "}${JSON.stringify(key)}: `;
    text += name + write(fields[key] ?? null, room - text.length);
  }
  return `${text}}`;
}
