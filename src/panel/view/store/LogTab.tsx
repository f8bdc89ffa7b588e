import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { LogKind } from "../../../bridge/stores-view";
import { gridTarget } from "../../model/grid-keys";
import type { LogLineOf, LogList } from "../../model/log-list";
import { say, sayCount } from "../../text/say";
import { Sentence } from "../Notice";
import { Split } from "../Split";
import { VirtualList } from "../VirtualList";
import { RefusedSentence } from "./RefusedSentence";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

export type LogColumn<Line> = {
  readonly name: "time" | "version" | "cause" | "change" | "name" | "status" | "took" | "payload";
  readonly title: string;
  readonly render: (line: Line) => ComponentChildren;
};

type LogTabProps<Kind extends LogKind> = {
  readonly what: Kind;
  readonly list: LogList<Kind>;
  readonly label: string;
  /** What there is to say where nothing has been logged. */
  readonly empty: string;
  readonly columns: readonly LogColumn<LogLineOf<Kind>>[];
  /** Everything about the chosen line. */
  readonly detail: (line: LogLineOf<Kind>) => ComponentChildren;
};

/** What happened to the store as a WAI-ARIA grid, newest first, and beside it the chosen line. */
export function LogTab<Kind extends LogKind>(props: LogTabProps<Kind>) {
  const { what, list, empty, detail } = props;
  const view = list.window.value;
  const chosen = list.chosen.value;
  if (view === null) return <Sentence text={say("store_loading")} />;
  if (view.total === 0) {
    return view.fault === null ? <Sentence text={empty} /> : <RefusedSentence text={view.fault} />;
  }
  return (
    <div class="log" data-log={what}>
      {list.newer.value > 0 && (
        <button
          type="button"
          class="button log-newer"
          data-action="newer"
          onClick={(event) => {
            list.showNewest();
            // The button goes, and would take the keyboard with it.
            event.currentTarget.parentElement?.querySelector<HTMLElement>("[role=grid]")?.focus();
          }}
        >
          {sayCount("store_newer", list.newer.value)}
        </button>
      )}
      <Split
        name="store.log"
        share={{ beside: 52, stacked: 45 }}
        first={<LogGrid {...props} />}
        second={
          list.row.value === null ? null : (
            <article class="log-detail" data-detail={what} data-seq={chosen?.seq}>
              <button
                type="button"
                class="button close"
                aria-label={say("store_close")}
                title={say("store_close")}
                onClick={() => list.choose(null)}
              >
                ×
              </button>
              {chosen === null ? <Sentence text={say("store_loading")} /> : detail(chosen)}
            </article>
          )
        }
      />
    </div>
  );
}

function LogGrid<Kind extends LogKind>({ what, list, label, columns }: LogTabProps<Kind>) {
  const id = useId();
  const total = list.total.value;
  const row = list.row.value;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && row !== null) {
      // DevTools would open their drawer, too.
      event.stopPropagation();
      list.choose(null);
    }
    const target = gridTarget(event.key, row, total);
    if (target === null) return;
    event.preventDefault();
    list.choose(target);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      class="log-grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-activedescendant={row === null ? undefined : `${id}-${row}`}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the same */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div class="log-row columns" data-log-row={what} role="row" aria-rowindex={1}>
        {columns.map(({ name, title }) => (
          // biome-ignore lint/a11y/useSemanticElements: the same
          // biome-ignore lint/a11y/useFocusableInteractive: the same
          <span key={name} role="columnheader" class={`log-${name}`}>
            {title}
          </span>
        ))}
      </div>
      <VirtualList
        key={list.returns.value}
        total={total}
        rowHeight={ROW_HEIGHT}
        reveal={row}
        onSee={list.see}
        attributes={{ class: "grid-body", role: "rowgroup", tabIndex: -1 }}
        render={({ first, count }) =>
          Array.from({ length: count }, (_, offset) => first + offset).map((at) => (
            <LogRow
              key={total - at}
              id={`${id}-${at}`}
              index={at}
              what={what}
              columns={columns}
              line={list.lineAt(at)}
              isChosen={at === row}
              onChoose={() => list.choose(at)}
            />
          ))
        }
      />
    </div>
  );
}

type LogRowProps<Line> = {
  readonly id: string;
  readonly index: number;
  readonly what: LogKind;
  readonly columns: readonly LogColumn<Line>[];
  /** Undefined: its window has not come yet. */
  readonly line: Line | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function LogRow<Line extends { readonly seq: number }>(props: LogRowProps<Line>) {
  const { id, index, what, columns, line, isChosen, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      id={id}
      role="row"
      class="log-row"
      data-log-row={what}
      data-seq={line?.seq}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      onClick={onChoose}
    >
      {line === undefined ? (
        // biome-ignore lint/a11y/useSemanticElements: the same
        // biome-ignore lint/a11y/useFocusableInteractive: the same
        <span role="gridcell" class="cell-loading" title={say("store_loading")} />
      ) : (
        columns.map(({ name, render }) => (
          // biome-ignore lint/a11y/useSemanticElements: the same
          // biome-ignore lint/a11y/useFocusableInteractive: the same
          <span key={name} role="gridcell" class={`log-${name}`}>
            {render(line)}
          </span>
        ))
      )}
    </div>
  );
}
