import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { gridTarget } from "../model/grid-keys";
import type { RowRange } from "../model/row-window";
import { say } from "../text/say";
import { FlowList } from "./FlowList";
import type { Data } from "./Grid";
import { VirtualList, type VirtualListProps } from "./VirtualList";

type ListBoxProps<Line> = Omit<VirtualListProps, "render" | "attributes" | "reveal"> & {
  readonly class?: string;
  readonly label: string;
  /** Every line is as high as it needs to be: for a list that is short. */
  readonly isFlow?: boolean;
  /** Undefined: it has not come yet. */
  readonly lineAt: (row: number) => Line | undefined;
  /** The row that has the keyboard; null: none. */
  readonly row: number | null;
  readonly onMove: (row: number) => void;
  /** A line was clicked, or Enter was pressed on it; without it a click moves there. */
  readonly onPick?: (line: Line) => void;
  readonly optionClass: string;
  readonly optionData: (line: Line) => Data;
  readonly render: (line: Line) => ComponentChildren;
};

/** Lines as a WAI-ARIA listbox, of which only those in view are in the document. */
export function ListBox<Line>(props: ListBoxProps<Line>) {
  const { total, row, lineAt, onMove, onPick } = props;
  const id = useId();

  function onKeyDown(event: KeyboardEvent): void {
    const line = event.key === "Enter" && row !== null ? lineAt(row) : undefined;
    const target = gridTarget(event, row, total);
    if (target !== null) onMove(target);
    else if (line === undefined || onPick === undefined) return;
    else onPick(line);
    // Enter would also press the button that gets the keyboard back.
    event.preventDefault();
  }

  function drawOption(at: number): ComponentChildren {
    const line = lineAt(at);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and takes the keys
      // biome-ignore lint/a11y/useFocusableInteractive: the same
      <div
        key={at}
        id={`${id}-${at}`}
        role="option"
        class={props.optionClass}
        aria-posinset={at + 1}
        aria-setsize={total}
        aria-selected={at === row}
        onClick={() => (onPick === undefined ? onMove(at) : line !== undefined && onPick(line))}
        {...(line !== undefined && props.optionData(line))}
      >
        {line === undefined ? <span class="blank-line" title={say("loading")} /> : props.render(line)}
      </div>
    );
  }

  const list = {
    ...{ total, reveal: row, onSee: props.onSee },
    attributes: {
      ...({ class: props.class, role: "listbox", tabIndex: 0, onKeyDown } as const),
      "aria-label": props.label,
      "aria-activedescendant": row === null ? undefined : `${id}-${row}`,
    },
    render: ({ first, count }: RowRange) =>
      Array.from({ length: count }, (_, offset) => drawOption(first + offset)),
  };
  return props.isFlow ? (
    <FlowList {...list} />
  ) : (
    <VirtualList {...list} rowHeight={props.rowHeight} follow={props.follow} onFollow={props.onFollow} />
  );
}
