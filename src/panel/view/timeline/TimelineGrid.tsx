import type { TimelineLine, TimelineView } from "../../../bridge/timeline-view";
import type { Panel } from "../../model/panel";
import { shortRoot } from "../../model/root-name";
import { rowAt } from "../../model/row-window";
import { isChosen } from "../../model/timeline-choice";
import { isFiltering } from "../../model/timeline-filter";
import { say } from "../../text/say";
import { formatBytes, formatTime } from "../format";
import { type Column, Grid } from "../Grid";
import { Notice, Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";
import { storeName } from "./entry-text";
import { KindChip } from "./KindChip";

/** The timeline, entry by entry. */
export function TimelineGrid({ panel }: { readonly panel: Panel }) {
  const { choice, ...timeline } = panel.timeline;
  const view = timeline.window.value;
  const chosen = choice.chosen.value;
  const at = panel.moment.at.value?.seq ?? null;
  if (view === null || view.total === 0) return <NoEntries panel={panel} view={view} />;
  return (
    <Grid
      class="entry-grid"
      data={{ "data-view": "timeline" }}
      label={say("timeline_list")}
      columns={COLUMNS}
      heading={(name) => say(`timeline_column_${name}`)}
      total={view.total}
      lineAt={(row) => rowAt(view, row)}
      row={choice.row.value}
      reveal={timeline.revealed.value}
      isChosen={(line) => isChosen(chosen, line)}
      rowData={({ seq, place, kind, by }, row) => {
        const later = laterThan(at, view, row);
        return {
          ...{ "data-seq": seq, "data-place": place, "data-kind": kind, "data-by": by },
          ...(later !== null && { "data-later": later, title: say("moment_later") }),
        };
      }}
      follow={timeline.following.value}
      onFollow={timeline.follow}
      onSee={timeline.see}
      onMove={choice.moveTo}
      onLeave={() => choice.select(null)}
    />
  );
}

/** Where an entry stands to the moment that the panel shows, the event `at`: the first one after it has its line. */
function laterThan(at: number | null, view: TimelineView, row: number): "first" | "later" | null {
  const line = rowAt(view, row);
  if (at === null || line === undefined || line.seq <= at) return null;
  const before = rowAt(view, row - 1);
  return row === 0 || (before !== undefined && before.seq <= at) ? "first" : "later";
}

const COLUMNS: readonly Column<TimelineLine, "time" | "kind" | "root" | "store" | "summary" | "size">[] = [
  { name: "time", render: ({ t }) => formatTime(t) },
  { name: "kind", render: ({ kind }) => <KindChip kind={kind} /> },
  {
    name: "root",
    render: ({ root }) => root !== null && <SafeText text={shortRoot(root.root_id)} />,
    title: ({ root }) => root?.root_id ?? null,
  },
  {
    name: "store",
    render: ({ store_id }) => store_id !== null && <SafeText text={storeName(store_id)} />,
    title: ({ store_id }) => (store_id === null ? null : storeName(store_id)),
  },
  {
    name: "summary",
    render: ({ by, summary }) => (
      <>
        {by === "devtools" && <span class="chip">{say("timeline_devtools")}</span>}
        <SafeText text={summary} />
      </>
    ),
    title: ({ summary }) => summary,
  },
  { name: "size", render: ({ size }) => size > 0 && formatBytes(size) },
];

function NoEntries({ panel, view }: { readonly panel: Panel; readonly view: TimelineView | null }) {
  const { timeline } = panel;
  const diagnosis = panel.diagnosis.value;
  const hasEvents = (panel.overview.value?.session.events ?? 0) > 0;
  if (!hasEvents && diagnosis !== null) return <Notice panel={panel} diagnosis={diagnosis} />;
  if (!hasEvents) return <Sentence text={say("timeline_none")} />;
  if (view === null) return <Skeleton />;
  if (view.left > 0) return <Sentence text={say("timeline_looking", view.left)} />;
  if (view.fault === null && !isFiltering(timeline.filter.value))
    return <Sentence text={say("timeline_hidden")} />;
  return (
    <div class="timeline-empty">
      <Sentence text={say("timeline_no_match")} />
      <button type="button" class="button" data-action="clear-filters" onClick={timeline.clearFilter}>
        {say("timeline_clear")}
      </button>
    </div>
  );
}
