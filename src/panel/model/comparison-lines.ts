import type { ComparedValue, ShownValue, StoreComparison } from "../../engine/ask/comparison";
import type { StoreId } from "../../engine/inspection";
import { escapeToken } from "./pointer-token";

/** One line of what differs; all lines are of one height. */
export type ComparisonLine =
  | {
      readonly kind: "store";
      readonly key: string;
      readonly store_id: StoreId | null;
      readonly count: number;
      readonly expanded: boolean;
    }
  | {
      readonly kind: "place";
      readonly key: string;
      readonly store_id: StoreId | null;
      readonly difference: ComparedValue;
      /** Both values fit on the line; else they stand under it, folded or not. */
      readonly isShort: boolean;
      readonly expanded: boolean;
    }
  /** A line of a value before, of one after, or of both beside each other. */
  | {
      readonly kind: "value";
      readonly key: string;
      readonly before: string | null;
      readonly after: string | null;
    }
  /** So many more lines of the values are folded away. */
  | { readonly kind: "more"; readonly key: string; readonly hidden: number }
  /** A value was cut when it was sent. */
  | { readonly kind: "cut"; readonly key: string; readonly shown: number; readonly length: number };

/** What a person has unfolded or folded, by the keys of the lines. */
export type Folds = ReadonlyMap<string, boolean>;

export type Layout = "unified" | "beside";

/** Values up to so many characters stand on the line of their place. */
const SHORT_CHARS = 60;
/** A line of a value; what is longer goes on in the next one. */
const LINE_CHARS = 160;
/** Lines of values under one place before the rest is folded away. */
const OPEN_LINES = 12;

/** The lines of a comparison, store by store. */
export function comparisonLines(
  stores: readonly StoreComparison[],
  layout: Layout,
  folds: Folds,
): readonly ComparisonLine[] {
  const lines: ComparisonLine[] = [];
  for (const { store_id, differences } of stores) {
    const key = JSON.stringify(store_id);
    const expanded = folds.get(key) ?? true;
    lines.push({ kind: "store", key, store_id, count: differences.length, expanded });
    if (!expanded) continue;
    for (const [at, difference] of differences.entries()) {
      pushDifference(lines, { key: `${key} ${at}`, store_id, difference }, layout, folds);
    }
  }
  return lines;
}

type Place = {
  readonly key: string;
  readonly store_id: StoreId | null;
  readonly difference: ComparedValue;
};

function pushDifference(lines: ComparisonLine[], place: Place, layout: Layout, folds: Folds): void {
  const { key, difference } = place;
  const { before, after } = difference;
  const isShort = isShortValue(before) && isShortValue(after);
  const expanded = !isShort && (folds.get(key) ?? true);
  lines.push({ kind: "place", ...place, isShort, expanded });
  if (!expanded) return;
  const pairs = layout === "beside" ? pairsBeside(before, after) : pairsUnder(before, after);
  const more = `${key} more`;
  const shown = folds.get(more) === true ? pairs : pairs.slice(0, OPEN_LINES);
  for (const [nth, pair] of shown.entries()) lines.push({ kind: "value", key: `${key}/${nth}`, ...pair });
  if (shown.length < pairs.length)
    lines.push({ kind: "more", key: more, hidden: pairs.length - shown.length });
  for (const [side, value] of [before, after].entries()) {
    if (value === null || value.text.length === value.length) continue;
    lines.push({ kind: "cut", key: `${key} cut ${side}`, shown: value.text.length, length: value.length });
  }
}

type Pair = { readonly before: string | null; readonly after: string | null };

function pairsUnder(before: ShownValue | null, after: ShownValue | null): readonly Pair[] {
  return [
    ...textLines(before).map((text) => ({ before: text, after: null })),
    ...textLines(after).map((text) => ({ before: null, after: text })),
  ];
}

function pairsBeside(before: ShownValue | null, after: ShownValue | null): readonly Pair[] {
  const [left, right] = [textLines(before), textLines(after)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    return { before: left[at] ?? null, after: right[at] ?? null };
  });
}

function textLines(value: ShownValue | null): readonly string[] {
  return value === null ? [] : value.text.split("\n").flatMap(pieces);
}

function pieces(line: string): readonly string[] {
  if (line.length <= LINE_CHARS) return [line];
  return Array.from({ length: Math.ceil(line.length / LINE_CHARS) }, (_, at) =>
    line.slice(at * LINE_CHARS, (at + 1) * LINE_CHARS),
  );
}

function isShortValue(value: ShownValue | null): boolean {
  return value === null || (value.length <= SHORT_CHARS && !value.text.includes("\n"));
}

/** Where a difference is, as a pointer into what its store holds; empty: the store itself. */
export function placeOf({ name, item_key, path }: ComparedValue): string {
  const slots = [name, item_key ?? ""].filter((token) => token !== "");
  return slots.map((token) => `/${escapeToken(token)}`).join("") + path;
}
