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

/** What a key does in a tree. */
export type TreeStep =
  | { readonly kind: "move"; readonly index: number }
  | { readonly kind: "toggle"; readonly index: number; readonly open: boolean }
  | { readonly kind: "activate"; readonly index: number };

/** Lines that PageUp and PageDown move by. */
const PAGE = 10;

/** The step for a key pressed on line `index`; null if the key means nothing there. `index` may be -1: no line yet. */
export function stepForKey(items: readonly TreeItem[], index: number, key: string): TreeStep | null {
  const item = items[index];
  const move = (to: number): TreeStep | null => {
    const target = Math.max(0, Math.min(items.length - 1, to));
    return items.length === 0 || target === index ? null : { kind: "move", index: target };
  };
  switch (key) {
    case "ArrowDown":
      return move(index + 1);
    case "ArrowUp":
      return move(index - 1);
    case "PageDown":
      return move(index + PAGE);
    case "PageUp":
      return move(index - PAGE);
    case "Home":
      return move(0);
    case "End":
      return move(items.length - 1);
    case "ArrowRight":
      if (item === undefined || !item.expandable) return null;
      return item.expanded ? move(index + 1) : { kind: "toggle", index, open: true };
    case "ArrowLeft":
      if (item === undefined) return null;
      return item.expandable && item.expanded
        ? { kind: "toggle", index, open: false }
        : move(parentIndex(items, index));
    case "Enter":
    case " ":
      return item === undefined ? null : { kind: "activate", index };
    default:
      return null;
  }
}

/** The line that the one at `index` stands under; `index` itself for an outermost one. */
export function parentIndex(items: readonly TreeItem[], index: number): number {
  const level = items[index]?.level ?? 1;
  for (let at = index - 1; at >= 0; at--) {
    if ((items[at]?.level ?? 1) < level) return at;
  }
  return index;
}

/**
 * Type-ahead: the next line, from `index` on and around the end, whose label starts with `typed`; -1 if there is none.
 * One letter, or one typed again and again, moves on from the present line; a longer text may stay on it.
 */
export function findByLabel(items: readonly TreeItem[], index: number, typed: string): number {
  const isOneLetter = [...typed].every((letter) => letter === typed[0]);
  const wanted = (isOneLetter ? typed.slice(0, 1) : typed).toLowerCase();
  const first = Math.max(0, index) + (isOneLetter && index >= 0 ? 1 : 0);
  for (let step = 0; step < items.length; step++) {
    const at = (first + step) % items.length;
    if (items[at]?.label.toLowerCase().startsWith(wanted)) return at;
  }
  return -1;
}
