import type { ComponentChildren } from "preact";
import type { LogKind } from "../../../bridge/stores-view";
import type { LogLineOf, LogList } from "../../model/log-list";
import { say, sayCount } from "../../text/say";
import { type Column, Grid } from "../Grid";
import { Sentence } from "../Notice";
import { Skeleton } from "../Skeleton";
import { Split } from "../Split";
import { RefusedSentence } from "./RefusedSentence";

export type LogColumn<Line> = Column<
  Line,
  "time" | "version" | "cause" | "change" | "name" | "status" | "took" | "payload"
>;

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
  if (view === null) return <Skeleton />;
  if (view.total === view.forgotten) {
    return view.fault === null ? <Sentence text={empty} /> : <RefusedSentence text={view.fault} />;
  }
  return (
    <div class="log" data-log={what}>
      {list.newer.value > 0 && (
        <button type="button" class="button log-newer" data-action="newer" onClick={list.showNewest}>
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
                aria-label={say("details_close")}
                title={say("details_close")}
                onClick={() => list.choose(null)}
              >
                ×
              </button>
              {chosen === null ? <Skeleton /> : detail(chosen)}
            </article>
          )
        }
      />
    </div>
  );
}

function LogGrid<Kind extends LogKind>({ list, label, columns }: LogTabProps<Kind>) {
  const row = list.row.value;
  return (
    <Grid
      key={list.returns.value}
      class="log-grid"
      label={label}
      columns={columns}
      heading={(name) => say(`store_column_${name}`)}
      total={list.total.value}
      lineAt={list.lineAt}
      row={row}
      isChosen={(_, at) => at === row}
      rowData={({ seq }) => ({ "data-seq": seq })}
      onSee={list.see}
      onMove={list.choose}
      onLeave={() => list.choose(null)}
    />
  );
}
