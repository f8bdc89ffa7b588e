import { type ComparisonLine, placeOf } from "../../model/comparison-lines";
import { comparisonTree, type DifferenceItem } from "../../model/comparison-tree";
import { say } from "../../text/say";
import { VirtualTree } from "../VirtualTree";
import { DifferenceLine } from "./DifferenceLine";

type DifferencesProps = {
  readonly lines: readonly ComparisonLine[];
  /** The key of the line that has the keyboard; null: none yet. */
  readonly active: string | null;
  readonly onMove: (key: string) => void;
  readonly onFold: (key: string, open: boolean) => void;
  readonly onStore: (store_id: readonly string[]) => void;
};

/** What differs, as a tree of stores, their places and the values there. */
export function Differences({ lines, active, onMove, onFold, onStore }: DifferencesProps) {
  // Before the tree takes the letter for the beginning of a name.
  function onKey(event: KeyboardEvent): void {
    const line = lines.find(({ key }) => key === active);
    const store = line?.kind === "store" || line?.kind === "place" ? line.store_id : null;
    const isOurs = event.key.toLowerCase() === "o" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isOurs || store === null) return;
    event.preventDefault();
    event.stopPropagation();
    onStore(store);
  }

  return (
    <section class="compare-lines" aria-label={say("compare_list")} onKeyDownCapture={onKey}>
      <VirtualTree
        class="differences"
        label={say("compare_list")}
        items={comparisonTree(lines)}
        active={active}
        onMove={({ key }) => onMove(key)}
        onActivate={({ key, expandable, expanded }) => expandable && onFold(key, !expanded)}
        onToggle={({ key }, open) => onFold(key, open)}
        data={dataOf}
        render={({ line }) => (
          <DifferenceLine line={line} onMore={() => onFold(line.key, true)} onStore={onStore} />
        )}
      />
    </section>
  );
}

function dataOf({ line }: DifferenceItem) {
  return {
    "data-difference": line.kind,
    "data-store-id": line.kind === "store" ? JSON.stringify(line.store_id) : undefined,
    "data-path": line.kind === "place" ? placeOf(line.difference) : undefined,
    "data-op": line.kind === "place" ? line.difference.op : undefined,
  } as const;
}
