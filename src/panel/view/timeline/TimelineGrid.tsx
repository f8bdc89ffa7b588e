import { useId } from "preact/hooks";
import type { TimelineView } from "../../../bridge/timeline-view";
import { gridTarget } from "../../model/grid-keys";
import type { Panel } from "../../model/panel";
import { rowAt } from "../../model/row-window";
import type { Timeline } from "../../model/timeline";
import { isChosen } from "../../model/timeline-choice";
import { isFiltering } from "../../model/timeline-filter";
import { say } from "../../text/say";
import { Notice, Sentence } from "../Notice";
import { VirtualList } from "../VirtualList";
import { TimelineRow } from "./TimelineRow";

export const ENTRY_ROW_HEIGHT = 20;

/** The timeline as a WAI-ARIA grid, of which only the rows in view are in the document. */
export function TimelineGrid({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const id = useId();
  const view = timeline.window.value;
  const chosen = timeline.choice.chosen.value;
  const row = timeline.choice.row.value;
  const at = panel.moment.at.value?.seq ?? null;
  if (view === null || view.total === 0) return <NoEntries panel={panel} view={view} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      class="grid"
      data-view="timeline"
      role="grid"
      tabIndex={0}
      aria-label={say("timeline_list")}
      aria-rowcount={view.total + 1}
      aria-activedescendant={row === null ? undefined : `${id}-${row}`}
      onKeyDown={(event) => onKey(event, timeline, view.total)}
    >
      <Columns />
      <VirtualList
        total={view.total}
        rowHeight={ENTRY_ROW_HEIGHT}
        follow={timeline.following.value}
        reveal={timeline.revealed.value}
        onFollow={timeline.follow}
        onSee={timeline.see}
        attributes={{ class: "grid-body", role: "rowgroup", tabIndex: -1 }}
        render={({ first, count }) =>
          Array.from({ length: count }, (_, offset) => first + offset).map((index) => {
            const line = rowAt(view, index);
            return (
              <TimelineRow
                key={line?.place ?? `row ${index}`}
                id={`${id}-${index}`}
                index={index}
                line={line}
                isChosen={line !== undefined && isChosen(chosen, line)}
                later={laterThan(at, view, index)}
                onChoose={() => timeline.choice.moveTo(index)}
              />
            );
          })
        }
      />
    </div>
  );
}

/** Where an entry stands to the moment that the panel shows, the event `at`. */
function laterThan(at: number | null, view: TimelineView, index: number): "first" | "later" | null {
  const line = rowAt(view, index);
  if (at === null || line === undefined || line.seq <= at) return null;
  const before = rowAt(view, index - 1);
  return index === 0 || (before !== undefined && before.seq <= at) ? "first" : "later";
}

function onKey(event: KeyboardEvent, { choice }: Timeline, total: number): void {
  // DevTools would open their drawer, too.
  if (event.key === "Escape" && choice.row.value !== null) event.stopPropagation();
  if (event.key === "Escape") choice.select(null);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const target = isPlain ? gridTarget(event.key, choice.row.value, total) : null;
  if (target === null) return;
  event.preventDefault();
  choice.moveTo(target);
}

const COLUMNS = ["time", "kind", "root", "store", "summary", "size"] as const;

function Columns() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div class="entry-row columns" role="row" aria-rowindex={1}>
      {COLUMNS.map((name) => (
        // biome-ignore lint/a11y/useSemanticElements: the same
        // biome-ignore lint/a11y/useFocusableInteractive: the same
        <span key={name} role="columnheader" class={`entry-${name}`}>
          {say(`timeline_column_${name}`)}
        </span>
      ))}
    </div>
  );
}

function NoEntries({ panel, view }: { readonly panel: Panel; readonly view: TimelineView | null }) {
  const { timeline } = panel;
  const diagnosis = panel.diagnosis.value;
  const hasEvents = (panel.overview.value?.session.events ?? 0) > 0;
  if (!hasEvents && diagnosis !== null) return <Notice panel={panel} diagnosis={diagnosis} />;
  if (!hasEvents) return <Sentence text={say("timeline_none")} />;
  if (view === null) return <Sentence text={say("timeline_loading")} />;
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
