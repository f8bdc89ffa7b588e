import { allLines, findByLabel, type TreeItem } from "../model/tree-item";
import { type TreeActions, WindowTree } from "./WindowTree";

type VirtualTreeProps<Item extends TreeItem> = TreeActions<Item> & {
  readonly label: string;
  readonly class: string;
  readonly items: readonly Item[];
  /** The key of the line that has the keyboard; null: none yet. */
  readonly active: string | null;
  /** A line was chosen by key or click. */
  readonly onMove: (item: Item) => void;
};

/** A tree of which all lines are at hand, and those in view are in the document. */
export function VirtualTree<Item extends TreeItem>(props: VirtualTreeProps<Item>) {
  const { items, active, onMove, ...rest } = props;
  const line = active === null ? -1 : items.findIndex((item) => item.key === active);

  function moveTo(next: number): void {
    const item = items[next];
    if (item !== undefined) onMove(item);
  }

  return (
    <WindowTree
      {...rest}
      lines={allLines(items)}
      active={line === -1 ? null : line}
      scrollTo={line === -1 ? null : line}
      scrollKey={active ?? undefined}
      onMove={moveTo}
      onType={(typed) => moveTo(findByLabel(items, line, typed))}
    />
  );
}
