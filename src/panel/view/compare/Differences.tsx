import type { TargetedKeyboardEvent } from "preact";
import { useId } from "preact/hooks";
import type { ComparisonLine } from "../../model/comparison-lines";
import { gridTarget } from "../../model/grid-keys";
import { say } from "../../text/say";
import { VirtualList } from "../VirtualList";
import { DifferenceLine } from "./DifferenceLine";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

type DifferencesProps = {
  readonly lines: readonly ComparisonLine[];
  /** The key of the line that has the keyboard; null: none yet. */
  readonly active: string | null;
  readonly onMove: (key: string) => void;
  readonly onFold: (key: string, open: boolean) => void;
  readonly onStore: (store_id: readonly string[]) => void;
};

/** What differs, as a WAI-ARIA tree of stores, their places and the values there. */
export function Differences({ lines, active, onMove, onFold, onStore }: DifferencesProps) {
  const id = useId();
  const index = active === null ? -1 : lines.findIndex(({ key }) => key === active);

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines[index];
    const target = gridTarget(event.key, index === -1 ? null : index, lines.length);
    const next = target === null ? undefined : lines[target];
    if (next !== undefined) onMove(next.key);
    else if (line === undefined || !onLineKey(event.key, line)) return;
    event.preventDefault();
  }

  /** Whether the key meant something on this line. */
  function onLineKey(key: string, line: ComparisonLine): boolean {
    const isOpen = isOpenLine(line);
    const store = storeOf(line);
    if (key.toLowerCase() === "o" && store !== null) onStore(store);
    else if (isOpen !== null && (key === "Enter" || key === " ")) onFold(line.key, !isOpen);
    else if (isOpen === false && key === "ArrowRight") onFold(line.key, true);
    else if (isOpen === true && key === "ArrowLeft") onFold(line.key, false);
    else return false;
    return true;
  }

  return (
    <VirtualList
      total={lines.length}
      rowHeight={ROW_HEIGHT}
      reveal={index === -1 ? null : index}
      attributes={{
        class: "differences",
        role: "tree",
        tabIndex: 0,
        onKeyDown,
        "aria-label": say("compare_list"),
        "aria-activedescendant": index === -1 ? undefined : `${id}-${index}`,
      }}
      render={({ first, count }) =>
        lines
          .slice(first, first + count)
          .map((line, offset) => (
            <DifferenceLine
              key={line.key}
              id={`${id}-${first + offset}`}
              line={line}
              isActive={line.key === active}
              isOpen={isOpenLine(line)}
              onMove={() => onMove(line.key)}
              onFold={(open) => onFold(line.key, open)}
              onStore={onStore}
            />
          ))
      }
    />
  );
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

function storeOf(line: ComparisonLine): readonly string[] | null {
  return line.kind === "store" || line.kind === "place" ? line.store_id : null;
}
