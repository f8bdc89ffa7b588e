import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useId, useRef } from "preact/hooks";
import { findByLabel, stepForKey, type TreeItem } from "../model/tree-item";
import { VirtualList } from "./VirtualList";

/** Letters typed within this time belong together. */
const TYPE_AHEAD_MS = 600;

export const TREE_ROW_HEIGHT = 20;

type VirtualTreeProps<Item extends TreeItem> = {
  readonly label: string;
  readonly class: string;
  readonly items: readonly Item[];
  /** The key of the line that has the keyboard; null: none yet. */
  readonly active: string | null;
  readonly onActivate: (item: Item) => void;
  /** A line was chosen by key or click. */
  readonly onMove: (item: Item) => void;
  readonly onToggle: (item: Item, open: boolean) => void;
  /** The inside of a line, and the data attributes that name it to tests and scripts. */
  readonly render: (item: Item) => ComponentChildren;
  readonly data: (item: Item) => { readonly [name: `data-${string}`]: string | undefined };
  readonly onCopy?: (event: ClipboardEvent) => void;
};

/** A WAI-ARIA tree of any size: one focus on the tree, the active line told by `aria-activedescendant`. */
export function VirtualTree<Item extends TreeItem>(props: VirtualTreeProps<Item>) {
  const { items, active } = props;
  const id = useId();
  const typed = useRef({ text: "", at: 0 });
  const index = active === null ? -1 : items.findIndex((item) => item.key === active);

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.key.length === 1 && (event.key !== " " || typed.current.text !== "");
    if (isTyping && typeAhead(event)) return;
    const step = stepForKey(items, index, event.key);
    const item = step === null ? undefined : items[step.index];
    if (step === null || item === undefined) return;
    event.preventDefault();
    if (step.kind === "move") props.onMove(item);
    else if (step.kind === "toggle") props.onToggle(item, step.open);
    else props.onActivate(item);
  }

  function typeAhead(event: TargetedKeyboardEvent<HTMLDivElement>): boolean {
    const isNew = event.timeStamp - typed.current.at > TYPE_AHEAD_MS;
    if (isNew && event.key === " ") return false;
    const text = isNew ? event.key : typed.current.text + event.key;
    typed.current = { text, at: event.timeStamp };
    const found = items[findByLabel(items, index, text)];
    if (found !== undefined) props.onMove(found);
    event.preventDefault();
    return true;
  }

  return (
    <VirtualList
      total={items.length}
      rowHeight={TREE_ROW_HEIGHT}
      reveal={index === -1 ? null : index}
      attributes={{
        class: `tree ${props.class}`,
        role: "tree",
        tabIndex: 0,
        onKeyDown,
        "aria-label": props.label,
        "aria-activedescendant": index === -1 ? undefined : `${id}-${index}`,
        ...(props.onCopy && { onCopy: props.onCopy }),
      }}
      render={({ first, count }) =>
        uniqueByKey(items.slice(first, first + count)).map(([key, item], offset) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and takes the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the same
          <div
            key={key}
            id={`${id}-${first + offset}`}
            role="treeitem"
            class="tree-item"
            aria-level={item.level}
            aria-posinset={item.position}
            aria-setsize={item.size}
            aria-expanded={item.expandable ? item.expanded : undefined}
            aria-selected={item.key === active}
            style={{ "--level": item.level - 1 }}
            onClick={() => props.onMove(item)}
            onDblClick={() => item.expandable && props.onToggle(item, !item.expanded)}
            {...props.data(item)}
          >
            <Twisty item={item} onToggle={props.onToggle} />
            {props.render(item)}
          </div>
        ))
      }
    />
  );
}

function Twisty<Item extends TreeItem>(props: Pick<VirtualTreeProps<Item>, "onToggle"> & { item: Item }) {
  const { item, onToggle } = props;
  if (!item.expandable) return <span class="twisty" />;
  return (
    <span
      class="twisty"
      aria-hidden="true"
      data-open={item.expanded}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(item, !item.expanded);
      }}
    />
  );
}

/** A hostile tree may name two lines alike; elements need keys of their own. */
function uniqueByKey<Item extends TreeItem>(items: readonly Item[]): readonly (readonly [string, Item])[] {
  const seen = new Set<string>();
  return items.map((item, index) => {
    const key = seen.has(item.key) ? `${index} ${item.key}` : item.key;
    seen.add(key);
    return [key, item] as const;
  });
}
