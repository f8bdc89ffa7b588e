import type { Json } from "../../wire/json";
import { countEntries } from "./json-entries";
import { isJsonArray, type Marker, readMarker } from "./json-marker";
import { previewJson } from "./json-preview";
import type { Digits } from "./json-text";
import { cutText } from "./safe-text";
import type { Slot, Slots } from "./slots";

/** What a line of a JSON tree shows beside its name. */
export type LineContent =
  /** A number, a boolean, null. `digits` where the server wrote more of them than `text` has; null: it may have. */
  | { readonly kind: "scalar"; readonly text: string; readonly digits?: string | null }
  /** `text` is cut where `length`, the whole string's, is larger. */
  | { readonly kind: "string"; readonly text: string; readonly length: number }
  | { readonly kind: "container"; readonly array: boolean; readonly size: number; readonly preview: string }
  | { readonly kind: "marker"; readonly marker: Marker }
  /** A slot of the shown store; `size` is what can be unfolded of it. */
  | { readonly kind: "slot"; readonly slot: Exclude<Slot, { kind: "list" }>; readonly size: number }
  /** A piece of a long string that is shown whole. */
  | { readonly kind: "piece"; readonly text: string }
  /** So many entries of a container are not listed yet. */
  | { readonly kind: "more"; readonly count: number }
  /** So many entries were not sent to the panel. */
  | { readonly kind: "unsent"; readonly count: number }
  /** So many items of a stream stand before, or after, those that are shown: to be shown from the item `from` on. */
  | {
      readonly kind: "earlier" | "later";
      readonly name: string;
      readonly count: number;
      readonly from: number;
    }
  /** A pinned value that is not there now. */
  | { readonly kind: "gone" };

/** Characters of a string on one line. */
export const MAX_STRING_CHARS = 160;
/** Pieces of a string that is shown whole; what is longer can be copied. */
const MAX_PIECES = 2_000;
/** Containers up to this deep and this large unfold by themselves. */
const OPEN_LEVELS = 2;
const OPEN_ENTRIES = 20;

/** What stands on a value's line. A nested store comes cut down to its id: it is a link; the value shown never is. */
export function describe(value: Json, path: string, slots: Slots, digits: Digits): LineContent {
  if (typeof value === "string") {
    return { kind: "string", text: cutText(value, MAX_STRING_CHARS), length: value.length };
  }
  if (typeof value !== "object" || value === null) {
    const written = digits.get(path);
    return { kind: "scalar", text: String(value), ...(written !== undefined && { digits: written }) };
  }
  const slot = slots.get(value);
  if (slot !== undefined && slot.kind !== "list") {
    return { kind: "slot", slot, size: countEntries(value, slots) };
  }
  const marker = readMarker(value);
  if (marker !== null && (path !== "" || marker.kind !== "store")) return { kind: "marker", marker };
  const size = countEntries(value);
  return { kind: "container", array: isJsonArray(value), size, preview: previewJson(value) };
}

export function isExpandable(content: LineContent): boolean {
  switch (content.kind) {
    case "string":
      return content.length > content.text.length;
    case "container":
    case "slot":
      return content.size > 0;
    case "marker":
      return content.marker.kind === "async";
    default:
      return false;
  }
}

/** Whether a line is unfolded while nobody says otherwise. @param depth 1 for the outermost */
export function opensByItself(content: LineContent, depth: number): boolean {
  switch (content.kind) {
    case "container":
      return depth < OPEN_LEVELS && content.size <= OPEN_ENTRIES;
    case "slot":
      // What went wrong with a file is inside it.
      return content.slot.kind === "file" ? content.slot.status === "error" : content.size <= OPEN_ENTRIES;
    default:
      return content.kind === "marker";
  }
}

/** The pieces that a text is shown in: cut at line ends, and where a line is long; every character stands in one piece. */
export function splitText(text: string, most = MAX_PIECES): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length && pieces.length < most) {
    const newline = text.indexOf("\n", at);
    const line = newline === -1 ? text.slice(at, at + MAX_STRING_CHARS) : text.slice(at, newline + 1);
    const piece = cutText(line, MAX_STRING_CHARS);
    pieces.push(piece);
    at += piece.length;
  }
  return pieces;
}
