import type { Json } from "../../wire/json";
import { entriesOf } from "./json-entries";
import { isJsonArray, readMarker } from "./json-marker";
import { cutText } from "./safe-text";
import { NO_SLOTS } from "./slots";

const MAX_PREVIEW_CHARS = 80;
const MAX_PREVIEW_STRING = 24;
/** More entries than ever fit. */
const MAX_PREVIEW_ENTRIES = 60;

/** A container on one line: `{id: "1", done: false, tags: […]}`, cut where it gets long. */
export function previewJson(value: Json): string {
  if (typeof value !== "object" || value === null) return previewMember(value);
  const isArray = isJsonArray(value);
  let text = "";
  for (const { name, value: member } of entriesOf(value, "", NO_SLOTS, MAX_PREVIEW_ENTRIES)) {
    if (text.length > MAX_PREVIEW_CHARS) {
      text += ", …";
      break;
    }
    text += `${text === "" ? "" : ", "}${isArray ? "" : `${name}: `}${previewMember(member)}`;
  }
  return isArray ? `[${text}]` : `{${text}}`;
}

/** What is inside a container inside a container does not show. */
function previewMember(value: Json): string {
  if (typeof value === "string") {
    return JSON.stringify(
      value.length > MAX_PREVIEW_STRING ? `${value.slice(0, MAX_PREVIEW_STRING - 1)}…` : value,
    );
  }
  if (typeof value !== "object" || value === null) return String(value);
  const marker = readMarker(value);
  if (marker?.kind === "term") return cutText(marker.text, MAX_PREVIEW_STRING);
  if (marker !== null) return marker.kind;
  if (isJsonArray(value)) return value.length === 0 ? "[]" : "[…]";
  return Object.keys(value).length === 0 ? "{}" : "{…}";
}
