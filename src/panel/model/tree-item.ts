/** One line of a tree that has been flattened to its visible lines, in order (WAI-ARIA tree pattern). */
export type TreeItem = {
  /** Unique in the tree, and the same for the same thing after an update. */
  readonly key: string;
  /** 1 for the outermost. */
  readonly level: number;
  /** What type-ahead matches. */
  readonly label: string;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** Place among its siblings, from 1, and their number. */
  readonly position: number;
  readonly size: number;
};

/** The lines of a tree, all of them or those of a window. */
export type TreeLines<Item extends TreeItem> = {
  readonly total: number;
  /** Undefined for a line that is not at hand. */
  readonly itemAt: (line: number) => Item | undefined;
  /** The line that this one stands under; itself for an outermost one, and for one that is not at hand. */
  readonly parentOf: (line: number) => number;
};

/** A tree of which all lines are at hand. */
export function allLines<Item extends TreeItem>(items: readonly Item[]): TreeLines<Item> {
  return {
    total: items.length,
    itemAt: (line) => items[line],
    parentOf: (line) => parentLine(items, line),
  };
}

/** What a key does in a tree. */
export type TreeStep =
  | { readonly kind: "move"; readonly line: number }
  | { readonly kind: "toggle"; readonly line: number; readonly open: boolean }
  | { readonly kind: "activate"; readonly line: number };

/** Lines that PageUp and PageDown move by. */
const PAGE = 10;

/** The step for a key pressed on a line; null if the key means nothing there. The line may be -1: none yet. */
export function stepForKey(lines: TreeLines<TreeItem>, line: number, key: string): TreeStep | null {
  const { total, parentOf } = lines;
  const item = lines.itemAt(line);
  const move = (to: number): TreeStep | null => {
    const target = Math.max(0, Math.min(total - 1, to));
    return total === 0 || target === line ? null : { kind: "move", line: target };
  };
  switch (key) {
    case "ArrowDown":
      return move(line + 1);
    case "ArrowUp":
      return move(line - 1);
    case "PageDown":
      return move(line + PAGE);
    case "PageUp":
      return move(line - PAGE);
    case "Home":
      return move(0);
    case "End":
      return move(total - 1);
    case "ArrowRight":
      if (item === undefined || !item.expandable) return null;
      return item.expanded ? move(line + 1) : { kind: "toggle", line, open: true };
    case "ArrowLeft":
      if (item === undefined) return null;
      return item.expandable && item.expanded ? { kind: "toggle", line, open: false } : move(parentOf(line));
    case "Enter":
    case " ":
      return item === undefined ? null : { kind: "activate", line };
    default:
      return null;
  }
}

function parentLine(items: readonly TreeItem[], line: number): number {
  const level = items[line]?.level ?? 1;
  for (let at = line - 1; at >= 0; at--) {
    if ((items[at]?.level ?? 1) < level) return at;
  }
  return line;
}

/**
 * What is searched for by the letters typed so far, from a line on. One letter, or one typed again and again, moves on
 * from that line; a longer text may stay on it.
 */
export function typeAhead(typed: string): { readonly text: string; readonly staysOnLine: boolean } {
  const isOneLetter = [...typed].every((letter) => letter === typed[0]);
  return { text: (isOneLetter ? typed.slice(0, 1) : typed).toLowerCase(), staysOnLine: !isOneLetter };
}

/** The next line, from `line` on and around the end, whose label starts as was typed; -1 if there is none. */
export function findByLabel(items: readonly TreeItem[], line: number, typed: string): number {
  const { text, staysOnLine } = typeAhead(typed);
  const first = Math.max(0, line) + (!staysOnLine && line >= 0 ? 1 : 0);
  for (let step = 0; step < items.length; step++) {
    const at = (first + step) % items.length;
    if (items[at]?.label.toLowerCase().startsWith(text)) return at;
  }
  return -1;
}
