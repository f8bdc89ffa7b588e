import { MAX_STREAM_ITEMS } from "../../bridge/attachment-view";
import type { Json } from "../../wire/json";
import { countEntries, entriesOf, type JsonEntry, valueAt } from "./json-entries";
import { readMarker } from "./json-marker";
import { type Besides, type Digits, NO_DIGITS } from "./json-text";
import { describe, isExpandable, type LineContent, opensByItself, splitText } from "./line-content";
import { NO_SLOTS, type Slots, unsentOf } from "./slots";
import type { TreeItem } from "./tree-item";

/** One visible line of a JSON value that is shown as a tree. `key` is its path, or the path after words without a slash
 * where it has several lines: a pointer is empty or starts with a slash, so `pathOf` finds it in the key. */
export type JsonLine = TreeItem & {
  /** JSON Pointer from the shown value. */
  readonly path: string;
  /** Key or index in its container; null: the line is the shown value itself. */
  readonly name: string | null;
  readonly value: Json;
  readonly content: LineContent;
};

/**
 * What a person has unfolded: paths that differ from what is unfolded by itself, how many levels from a path on, and
 * raised limits.
 */
export type Unfolding = {
  readonly open: ReadonlyMap<string, boolean>;
  readonly levels: ReadonlyMap<string, number>;
  readonly limits: ReadonlyMap<string, number>;
};

export const NOTHING_UNFOLDED: Unfolding = { open: new Map(), levels: new Map(), limits: new Map() };

/** Entries of one container that are listed at once. */
export const MAX_ENTRIES = 500;
/** Lines up to which levels are unfolded at once; what comes after them has to be unfolded one by one. */
export const MAX_LEVEL_LINES = 20_000;

type Context = {
  readonly lines: JsonLine[];
  readonly unfolding: Unfolding;
  readonly slots: Slots;
  readonly digits: Digits;
  /** What the keys begin with. */
  readonly prefix: string;
};

/** Where a line stands; `until` is the level down to which a person has unfolded all, null: nobody has. */
type Place = Pick<TreeItem, "level" | "position" | "size"> & { readonly until: number | null };

/** The visible lines of a value. Arrays and objects are unfolded at their top, without a line of their own. */
export function linesOf(value: Json, unfolding: Unfolding, besides: Besides = {}): readonly JsonLine[] {
  const context = contextOf(unfolding, besides, "");
  const until = unfolding.levels.get("") ?? null;
  if (isUnfoldedAtTop(value) && countEntries(value) > 0) pushEntries(context, value, "", 1, until);
  else pushLine(context, { name: "", path: "", value }, { level: 1, position: 1, size: 1, until });
  return context.lines;
}

/** The lines of the values at some paths, outermost under these paths. One that is not there is `gone`. */
export function pinnedLines(
  value: Json,
  paths: readonly string[],
  unfolding: Unfolding,
  besides: Besides,
): readonly JsonLine[] {
  return paths.flatMap((path, index) => {
    const found = valueAt(value, path, besides.slots);
    const context = contextOf(unfolding, besides, `pin${index}`);
    const place = { level: 1, position: index + 1, size: paths.length, until: null };
    const entry = { name: path, path, value: found ?? null };
    if (found !== undefined) pushLine(context, entry, place);
    else pushPlain(context, path, place, { kind: "gone" }, path);
    return context.lines;
  });
}

/** The path in the key of a line. */
export function pathOf(key: string): string {
  return key.slice(`${key}/`.indexOf("/"));
}

function contextOf(
  unfolding: Unfolding,
  { slots = NO_SLOTS, digits = NO_DIGITS }: Besides,
  prefix: string,
): Context {
  return { lines: [], unfolding, slots, digits, prefix };
}

function isUnfoldedAtTop(value: Json): boolean {
  const marker = readMarker(value);
  return marker === null || marker.kind === "store";
}

function pushEntries(
  context: Context,
  container: Json,
  path: string,
  level: number,
  until: number | null,
): void {
  const { unfolding, slots } = context;
  const limit = unfolding.limits.get(path) ?? MAX_ENTRIES;
  const entries = entriesOf(container, path, slots, limit);
  const unlisted = countEntries(container, slots) - entries.length;
  const [before, after] = restsOf(container, slots);
  if (unlisted > 0) after.unshift({ kind: "more", count: unlisted });
  const size = before.length + entries.length + after.length;
  const rests = (contents: readonly LineContent[], first: number): void => {
    for (const [index, content] of contents.entries()) {
      pushPlain(context, path, { level, position: first + index, size }, content);
    }
  };
  rests(before, 1);
  for (const [index, entry] of entries.entries()) {
    pushLine(context, entry, { level, position: before.length + index + 1, size, until });
  }
  rests(after, size - after.length + 1);
}

/** The lines in the place of entries that were not sent, before and after those that were. */
function restsOf(container: Json, slots: Slots): readonly [LineContent[], LineContent[]] {
  const slot = slots.get(container);
  const count = unsentOf(container, slots);
  if (slot?.kind !== "stream") return [[], count > 0 ? [{ kind: "unsent", count }] : []];
  const { name, from, items } = slot;
  const [end, later] = [from + items.length, count - from];
  return [
    from > 0 ? [{ kind: "earlier", name, count: from, from: Math.max(0, from - MAX_STREAM_ITEMS) }] : [],
    later > 0 ? [{ kind: "later", name, count: later, from: end }] : [],
  ];
}

function pushLine(context: Context, { name, path, value }: JsonEntry, place: Place): void {
  const { lines, unfolding, slots, digits, prefix } = context;
  const { until: around, ...shown } = place;
  const { level } = place;
  const content = describe(value, path, slots, digits);
  // The lists of an upload open as if they stood outermost: its files, and what went wrong.
  const depth = slots.get(value)?.kind === "list" ? 1 : level;
  const own = path === "" ? undefined : unfolding.levels.get(path);
  const until = own === undefined ? around : level + own;
  const byLevel = until === null || content.kind === "string" ? null : level < until;
  const byItself = byLevel ?? opensByItself(content, depth);
  const isRoom = byLevel !== true || lines.length < MAX_LEVEL_LINES;
  const expandable = isExpandable(content);
  const expanded = expandable && (unfolding.open.get(path) ?? (byItself && isRoom));
  lines.push({
    ...{ key: prefix + path, label: name, expandable, expanded, ...shown },
    ...{ path, name: path === "" ? null : name, value, content },
  });
  if (!expanded) return;
  if (typeof value === "string") pushPieces(context, value, path, level + 1);
  else pushEntries(context, value, path, level + 1, until);
}

function pushPieces(context: Context, text: string, path: string, level: number): void {
  const pieces = splitText(text);
  for (const [index, piece] of pieces.entries()) {
    const place = { level, position: index + 1, size: pieces.length };
    pushPlain(context, path, place, { kind: "piece", text: piece }, null, String(index));
  }
}

/** A line that cannot be unfolded. @param word tells it from the other lines of its path */
function pushPlain(
  { lines, prefix }: Context,
  path: string,
  { level, position, size }: Pick<TreeItem, "level" | "position" | "size">,
  content: LineContent,
  name: string | null = null,
  word: string = content.kind,
): void {
  const key = `${prefix}${word}:${path}`;
  lines.push({
    ...{ key, level, label: name ?? "", expandable: false, expanded: false, position, size },
    ...{ path, name, value: null, content },
  });
}
