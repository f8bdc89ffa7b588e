import { MAX_PREVIEW_FIELDS } from "../bridge/view";
import type { Json, JsonObject } from "../wire/json";

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
  const isArray = Array.isArray(value);
  let text = isArray ? "[" : "{";
  let isFirst = true;
  for (const [key, item] of Object.entries(value)) {
    if (text.length > room) break;
    const name = isArray ? "" : `${JSON.stringify(key)}: `;
    text += `${isFirst ? "" : ", "}${name}${write(item, room - text.length)}`;
    isFirst = false;
  }
  return text + (isArray ? "]" : "}");
}
