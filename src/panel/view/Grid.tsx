import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { gridTarget } from "../model/grid-keys";
import { safeString } from "../model/safe-text";
import { say } from "../text/say";
import { VirtualList, type VirtualListProps } from "./VirtualList";

/** Attributes that name something to tests and scripts. */
export type Data = { readonly [name: `data-${string}`]: string | number | boolean | undefined };

export type Column<Line, Name extends string> = {
  /** Its cells have the class `cell-NAME`. */
  readonly name: Name;
  readonly render: (line: Line) => ComponentChildren;
  /** What stands in the cell, where there may be no room for it. */
  readonly title?: (line: Line) => string | null;
};

type GridProps<Line, Name extends string> = Omit<
  VirtualListProps,
  "rowHeight" | "render" | "attributes" | "reveal"
> & {
  readonly class: string;
  readonly label: string;
  readonly columns: readonly Column<Line, Name>[];
  readonly heading: (name: Name) => ComponentChildren;
  /** Undefined: it has not come yet. */
  readonly lineAt: (row: number) => Line | undefined;
  readonly isChosen: (line: Line, row: number) => boolean;
  readonly rowData: (line: Line, row: number) => Data & { readonly title?: string | undefined };
  /** The row that has the keyboard; null: none. */
  readonly row: number | null;
  /** The row that is to be in view, where that is another one. */
  readonly reveal?: number | null;
  readonly onMove: (row: number) => void;
  /** Nothing is to be chosen any more. */
  readonly onLeave: () => void;
  readonly data?: Data;
};

/** As in the style sheet. */
const ROW_HEIGHT = 20;
const HEAD_HEIGHT = 22;

/** Lines as a WAI-ARIA grid, of which only the rows in view are in the document. */
export function Grid<Line, Name extends string>(props: GridProps<Line, Name>) {
  const { total, row, columns } = props;
  const id = useId();
  /** As many rows as were ever drawn at once: the elements of those that leave serve those that come. */
  const pool = useRef(0);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      // DevTools would open their drawer, too.
      if (row !== null) event.stopPropagation();
      props.onLeave();
    }
    const target = gridTarget(event, row, total);
    if (target === null) return;
    event.preventDefault();
    props.onMove(target);
  }

  return (
    <div {...props.data} class={`grid ${props.class}`}>
      <VirtualList
        {...props}
        reveal={props.reveal === undefined ? row : props.reveal}
        rowHeight={ROW_HEIGHT}
        head={<Columns columns={columns} heading={props.heading} />}
        headHeight={HEAD_HEIGHT}
        attributes={{
          ...({ class: "grid-body", role: "grid", tabIndex: 0, onKeyDown } as const),
          "aria-label": props.label,
          "aria-rowcount": total + 1,
          "aria-activedescendant": row === null ? undefined : `${id}-${row}`,
        }}
        render={({ first, count }) => {
          pool.current = Math.max(pool.current, count);
          return Array.from({ length: count }, (_, offset) => first + offset).map((at) => (
            <Row key={at % pool.current} id={`${id}-${at}`} at={at} line={props.lineAt(at)} grid={props} />
          ));
        }}
      />
    </div>
  );
}

type ColumnsProps<Line, Name extends string> = Pick<GridProps<Line, Name>, "columns" | "heading">;

function Columns<Line, Name extends string>({ columns, heading }: ColumnsProps<Line, Name>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div class="grid-row columns" role="row" aria-rowindex={1}>
      {columns.map(({ name }) => (
        // biome-ignore lint/a11y/useSemanticElements: the same
        // biome-ignore lint/a11y/useFocusableInteractive: the same
        <span key={name} role="columnheader" class={`cell-${name}`}>
          {heading(name)}
        </span>
      ))}
    </div>
  );
}

type RowProps<Line, Name extends string> = {
  readonly id: string;
  /** Row number in the whole list, from 0. */
  readonly at: number;
  readonly line: Line | undefined;
  readonly grid: GridProps<Line, Name>;
};

function Row<Line, Name extends string>({ id, at, line, grid }: RowProps<Line, Name>) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      id={id}
      role="row"
      class="grid-row"
      aria-rowindex={at + 2}
      aria-selected={line !== undefined && grid.isChosen(line, at)}
      onClick={() => grid.onMove(at)}
      {...(line !== undefined && grid.rowData(line, at))}
    >
      {line === undefined ? (
        <Cell name="loading" title={say("loading")} />
      ) : (
        grid.columns.map(({ name, render, title }) => (
          <Cell key={name} name={name} title={title?.(line) ?? null}>
            {render(line)}
          </Cell>
        ))
      )}
    </div>
  );
}

type CellProps = {
  readonly name: string;
  readonly title: string | null;
  readonly children?: ComponentChildren;
};

function Cell({ name, title, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of a virtual list are no table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <span role="gridcell" class={`cell-${name}`} title={title === null ? undefined : safeString(title)}>
      {children}
    </span>
  );
}
