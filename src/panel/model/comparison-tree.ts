import { type ComparisonLine, placeOf } from "./comparison-lines";
import type { TreeItem } from "./tree-item";

/** A line of what differs, and its place in the tree of stores, their places and the values there. */
export type DifferenceItem = TreeItem & { readonly line: ComparisonLine };

const LEVELS: { readonly [Kind in ComparisonLine["kind"]]: number } = {
  store: 1,
  place: 2,
  value: 3,
  more: 3,
  cut: 3,
};

/** The lines as those of a tree, in their order. */
export function comparisonTree(lines: readonly ComparisonLine[]): readonly DifferenceItem[] {
  /** How many lines each group of siblings has. */
  const sizes: number[] = [];
  /** The group that is still added to, of each level. */
  const open: number[] = [];
  const placed = lines.map((line) => {
    const level = LEVELS[line.kind];
    open.length = Math.min(open.length, level);
    open[level - 1] ??= sizes.push(0) - 1;
    const group = open[level - 1] ?? 0;
    const position = (sizes[group] ?? 0) + 1;
    sizes[group] = position;
    return { line, level, group, position };
  });
  return placed.map(({ line, level, group, position }) => {
    const isOpen = isOpenLine(line);
    return {
      ...{ key: line.key, line, level, position, size: sizes[group] ?? position },
      ...{ label: labelOf(line), expandable: isOpen !== null, expanded: isOpen === true },
    };
  });
}

/** Null: there is nothing to unfold. */
function isOpenLine(line: ComparisonLine): boolean | null {
  switch (line.kind) {
    case "store":
      return line.expanded;
    case "place":
      return line.isShort ? null : line.expanded;
    case "more":
      return false;
    case "value":
    case "cut":
      return null;
  }
}

/** A store's own part of its id, and a path without its first stroke, which is the key of the filter. */
function labelOf(line: ComparisonLine): string {
  switch (line.kind) {
    case "store":
      return line.store_id?.at(-1) ?? "";
    case "place":
      return placeOf(line.difference).slice(1);
    case "value":
    case "more":
    case "cut":
      return "";
  }
}
