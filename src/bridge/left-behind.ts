import { isArrayBuffer, isObject } from "./guard";
import { isPageRequest, type PageRequest } from "./page-message";

/**
 * What a page that goes leaves in `storage.session` beside the message that says the same: in Chromium a message dies
 * with its page while the background that it should wake is not yet awake, or is being ended.
 */
export type Last = PageRequest & { readonly kind: "last" };

/** The keys of what was left behind begin so. */
export const LEFT_BEHIND = "last:";

/** The key of the `part`th that a document leaves: in the order of the keys the parts follow each other. */
export function leftBehindKey(document: string, part: number): string {
  return `${LEFT_BEHIND}${document}:${String(part).padStart(6, "0")}`;
}

/** A text: a storage area keeps no buffers. */
export function writeLeftBehind(last: Last): string {
  return JSON.stringify(last, (_, value: unknown) =>
    isArrayBuffer(value) ? { bytes: Array.from(new Uint8Array(value), toCharacter).join("") } : value,
  );
}

/** Null for what no `writeLeftBehind` has written. */
export function readLeftBehind(value: unknown): Last | null {
  if (typeof value !== "string") return null;
  try {
    const request: unknown = JSON.parse(value, (key, field: unknown) =>
      key === "data" && isObject(field) && typeof field.bytes === "string" ? toBuffer(field.bytes) : field,
    );
    return isPageRequest(request) && request.kind === "last" ? request : null;
  } catch {
    return null;
  }
}

/** A byte as the character of that number. */
function toCharacter(byte: number): string {
  return String.fromCharCode(byte);
}

function toBuffer(characters: string): ArrayBuffer {
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes.buffer;
}
