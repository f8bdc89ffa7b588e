import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useId, useRef } from "preact/hooks";
import type { RowRange } from "../model/row-window";
import { stepForKey, type TreeItem, type TreeLines } from "../model/tree-item";
import { VirtualList } from "./VirtualList";

/** Letters typed within this time belong together. */
const TYPE_AHEAD_MS = 600;

const TREE_ROW_HEIGHT = 20;

/** What a tree is to its view, whether all of its lines are at hand or those of a window. */
export type TreeActions<Item extends TreeItem> = {
  readonly onActivate: (item: Item) => void;
  /** @param all with everything inside it, too */
  readonly onToggle: (item: Item, open: boolean, all?: boolean) => void;
  /** The inside of a line, and the data attributes that name it to tests and scripts. */
  readonly render: (item: Item) => ComponentChildren;
  readonly data: (item: Item) => { readonly [name: `data-${string}`]: string | undefined };
  readonly onCopy?: (event: ClipboardEvent) => void;
};

type WindowTreeProps<Item extends TreeItem> = TreeActions<Item> & {
  readonly label: string;
  readonly class: string;
  readonly lines: TreeLines<Item>;
  /** The line that has the keyboard; null: none yet. */
  readonly active: number | null;
  /** The line that is to be in view; null: whichever are. */
  readonly scrollTo: number | null;
  /** What stands in that line, where lines may come above it. */
  readonly scrollKey?: string | undefined;
  readonly onSee?: (seen: RowRange) => void;
  /** A line was chosen by key or click. It may not be at hand. */
  readonly onMove: (line: number) => void;
  /** Letters were typed, one after the other: all of them. */
  readonly onType: (typed: string) => void;
};

/**
 * A WAI-ARIA tree of any size: one focus on the tree, the active line told by `aria-activedescendant`. Where a line is
 * not at hand yet, its place is held.
 */
export function WindowTree<Item extends TreeItem>(props: WindowTreeProps<Item>) {
  const { lines, active } = props;
  const id = useId();
  const typed = useRef({ text: "", at: 0 });
  const line = active ?? -1;
  const isAtHand = lines.itemAt(line) !== undefined;

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.key.length === 1 && (event.key !== " " || typed.current.text !== "");
    if (isTyping && typeAhead(event)) return;
    const step = stepForKey(lines, line, event.key);
    if (step === null) return;
    event.preventDefault();
    const item = lines.itemAt(step.line);
    if (step.kind === "move") props.onMove(step.line);
    else if (item === undefined) return;
    else if (step.kind === "toggle") props.onToggle(item, step.open);
    else props.onActivate(item);
  }

  function typeAhead(event: TargetedKeyboardEvent<HTMLDivElement>): boolean {
    const isNew = event.timeStamp - typed.current.at > TYPE_AHEAD_MS;
    if (isNew && event.key === " ") return false;
    const text = isNew ? event.key : typed.current.text + event.key;
    typed.current = { text, at: event.timeStamp };
    props.onType(text);
    event.preventDefault();
    return true;
  }

  function draw({ first, count }: RowRange): ComponentChildren {
    const seen = new Set<string>();
    return Array.from({ length: count }, (_, offset) => {
      const at = first + offset;
      const item = lines.itemAt(at);
      if (item === undefined) return <Blank key={`line ${at}`} />;
      // A hostile tree may name two lines alike; elements need keys of their own.
      const key = seen.has(item.key) ? `${at} ${item.key}` : item.key;
      seen.add(key);
      return <Line key={key} id={`${id}-${at}`} item={item} isActive={at === line} at={at} tree={props} />;
    });
  }

  return (
    <VirtualList
      total={lines.total}
      rowHeight={TREE_ROW_HEIGHT}
      reveal={props.scrollTo}
      revealKey={props.scrollKey}
      {...(props.onSee && { onSee: props.onSee })}
      attributes={{
        class: `tree ${props.class}`,
        role: "tree",
        tabIndex: 0,
        onKeyDown,
        "aria-label": props.label,
        "aria-activedescendant": isAtHand ? `${id}-${line}` : undefined,
        ...(props.onCopy && { onCopy: props.onCopy }),
      }}
      render={draw}
    />
  );
}

type LineProps<Item extends TreeItem> = {
  readonly id: string;
  readonly item: Item;
  readonly at: number;
  readonly isActive: boolean;
  readonly tree: WindowTreeProps<Item>;
};

function Line<Item extends TreeItem>({ id, item, at, isActive, tree }: LineProps<Item>) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={id}
      role="treeitem"
      class="tree-item"
      aria-level={item.level}
      aria-posinset={item.position}
      aria-setsize={item.size}
      aria-expanded={item.expandable ? item.expanded : undefined}
      aria-selected={isActive}
      style={{ "--level": item.level - 1 }}
      onClick={() => tree.onMove(at)}
      onDblClick={() => item.expandable && tree.onToggle(item, !item.expanded)}
      {...tree.data(item)}
    >
      <Twisty item={item} onToggle={tree.onToggle} />
      {tree.render(item)}
    </div>
  );
}

function Blank() {
  return (
    <div class="tree-item" data-blank="true" aria-hidden="true">
      <span class="blank-line" />
    </div>
  );
}

function Twisty<Item extends TreeItem>(props: Pick<TreeActions<Item>, "onToggle"> & { item: Item }) {
  const { item, onToggle } = props;
  if (!item.expandable) return <span class="twisty" />;
  return (
    <span
      class="twisty"
      aria-hidden="true"
      data-open={item.expanded}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(item, !item.expanded, event.altKey || event.shiftKey);
      }}
    />
  );
}
