import type { Json } from "../../wire/json";
import { countEntries, entriesOf, type JsonEntry } from "./json-entries";
import { isJsonArray, type Marker, readMarker } from "./json-marker";
import { previewJson } from "./json-preview";
import { cutText } from "./safe-text";
import { NO_SLOTS, type Slot, type Slots, unsentOf } from "./slots";
import type { TreeItem } from "./tree-item";

/** One visible line of a JSON value that is shown as a tree. `key` is its path, or the path after a word where it has
 * several lines: a pointer is empty or starts with a slash, so the two cannot meet. */
export type JsonLine = TreeItem & {
  /** JSON Pointer from the shown value. */
  readonly path: string;
  /** Key or index in its container; null: the line is the shown value itself. */
  readonly name: string | null;
  readonly value: Json;
  readonly content: LineContent;
};

export type LineContent =
  /** A number, a boolean, null. */
  | { readonly kind: "scalar"; readonly text: string }
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
  | { readonly kind: "unsent"; readonly count: number };

/** What a person has unfolded: paths that differ from what is unfolded by itself, and raised limits. */
export type Unfolding = {
  readonly open: ReadonlyMap<string, boolean>;
  readonly limits: ReadonlyMap<string, number>;
};

export const NOTHING_UNFOLDED: Unfolding = { open: new Map(), limits: new Map() };

/** Characters of a string on one line. */
export const MAX_STRING_CHARS = 160;
/** Entries of one container that are listed at once. */
export const MAX_ENTRIES = 500;
/** Pieces of a string that is shown whole; what is longer can be copied. */
const MAX_PIECES = 2_000;
/** Containers up to this deep and this large unfold by themselves. */
const OPEN_LEVELS = 2;
const OPEN_ENTRIES = 20;

type Context = { readonly unfolding: Unfolding; readonly slots: Slots };

/** The visible lines of a value. Arrays and objects are unfolded at their top, without a line of their own. */
export function linesOf(value: Json, unfolding: Unfolding, slots: Slots = NO_SLOTS): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  const context = { unfolding, slots };
  if (isUnfoldedAtTop(value) && countEntries(value) > 0) pushEntries(lines, value, "", 1, context);
  else pushLine(lines, { name: "", path: "", value }, { level: 1, position: 1, size: 1 }, context);
  return lines;
}

function isUnfoldedAtTop(value: Json): boolean {
  const marker = readMarker(value);
  return marker === null || marker.kind === "store";
}

function pushEntries(
  lines: JsonLine[],
  container: Json,
  path: string,
  level: number,
  context: Context,
): void {
  const { unfolding, slots } = context;
  const limit = unfolding.limits.get(path) ?? MAX_ENTRIES;
  const count = countEntries(container, slots);
  const rests = restsOf({ unlisted: Math.max(0, count - limit), unsent: unsentOf(container, slots) });
  const size = Math.min(count, limit) + rests.length;
  for (const [index, entry] of entriesOf(container, path, slots, limit).entries()) {
    pushLine(lines, entry, { level, position: index + 1, size }, context);
  }
  for (const [index, content] of rests.entries()) {
    const position = size - rests.length + index + 1;
    lines.push({
      ...plainItem(`${content.kind}:${path}`, level, position, size),
      ...{ path, name: null, value: null, content },
    });
  }
}

/** The lines in the place of entries that are not listed. */
function restsOf({ unlisted, unsent }: { readonly unlisted: number; readonly unsent: number }) {
  const rests: (LineContent & { readonly kind: "more" | "unsent" })[] = [];
  if (unlisted > 0) rests.push({ kind: "more", count: unlisted });
  if (unsent > 0) rests.push({ kind: "unsent", count: unsent });
  return rests;
}

function pushLine(
  lines: JsonLine[],
  { name, path, value }: JsonEntry,
  place: { readonly level: number; readonly position: number; readonly size: number },
  context: Context,
): void {
  const { level } = place;
  const content = describe(value, path !== "", context.slots);
  // The lists of an upload open as if they stood outermost: its files, and what went wrong.
  const depth = context.slots.get(value)?.kind === "list" ? 1 : level;
  const expandable = isExpandable(content);
  const expanded = expandable && (context.unfolding.open.get(path) ?? opensByItself(content, depth));
  lines.push({
    ...{ key: path, label: name, expandable, expanded, ...place },
    ...{ path, name: path === "" ? null : name, value, content },
  });
  if (!expanded) return;
  if (typeof value === "string") pushPieces(lines, value, path, level + 1);
  else pushEntries(lines, value, path, level + 1, context);
}

/** A nested store comes cut down to its id: it is a link. The value shown itself is never one. */
function describe(value: Json, isNested: boolean, slots: Slots): LineContent {
  if (typeof value === "string") {
    return { kind: "string", text: cutText(value, MAX_STRING_CHARS), length: value.length };
  }
  if (typeof value !== "object" || value === null) return { kind: "scalar", text: String(value) };
  const slot = slots.get(value);
  if (slot !== undefined && slot.kind !== "list") {
    return { kind: "slot", slot, size: countEntries(value, slots) };
  }
  const marker = readMarker(value);
  if (marker !== null && (isNested || marker.kind !== "store")) return { kind: "marker", marker };
  const size = countEntries(value);
  return { kind: "container", array: isJsonArray(value), size, preview: previewJson(value) };
}

function isExpandable(content: LineContent): boolean {
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

function opensByItself(content: LineContent, depth: number): boolean {
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

function pushPieces(lines: JsonLine[], text: string, path: string, level: number): void {
  const pieces = splitString(text);
  const size = pieces.length;
  for (const [index, piece] of pieces.entries()) {
    lines.push({
      ...plainItem(`${index}:${path}`, level, index + 1, size),
      ...{ path, name: null, value: text, content: { kind: "piece", text: piece } },
    });
  }
}

/** At line ends, and where a line is long; every character stands in one piece. */
function splitString(text: string): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length && pieces.length < MAX_PIECES) {
    const newline = text.indexOf("\n", at);
    const line = newline === -1 ? text.slice(at, at + MAX_STRING_CHARS) : text.slice(at, newline + 1);
    const piece = cutText(line, MAX_STRING_CHARS);
    pieces.push(piece);
    at += piece.length;
  }
  return pieces;
}

function plainItem(key: string, level: number, position: number, size: number): TreeItem {
  return { key, level, label: "", expandable: false, expanded: false, position, size };
}
