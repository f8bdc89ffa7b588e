import { useId } from "preact/hooks";
import type { RowFilter } from "../../bridge/view";
import type { Frames } from "../model/frames";
import { gridTarget } from "../model/grid-keys";
import type { Panel } from "../model/panel";
import { rowAt } from "../model/row-window";
import { say } from "../text/say";
import { FrameRow } from "./FrameRow";
import { Notice, Sentence } from "./Notice";
import { TEXT } from "./text";
import { VirtualList } from "./VirtualList";

export const FRAME_ROW_HEIGHT = 20;

/** The list of events as a WAI-ARIA grid, of which only the rows in view are in the document. */
export function FrameGrid({ panel }: { readonly panel: Panel }) {
  const { frames } = panel;
  const id = useId();
  const view = frames.window.value;
  const chosen = frames.choice.chosen.value;
  if (view === null || view.total === 0) return <NoRows panel={panel} />;
  const chosenRow = frames.choice.row.value;
  const moment = panel.moment.at.value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      class="grid"
      data-view="frames"
      role="grid"
      tabIndex={0}
      aria-label={TEXT.frameList}
      aria-rowcount={view.total + 1}
      aria-activedescendant={chosenRow === null ? undefined : `${id}-${chosenRow}`}
      onKeyDown={(event) => onKey(event, frames, view.total)}
    >
      <Columns />
      <VirtualList
        total={view.total}
        rowHeight={FRAME_ROW_HEIGHT}
        follow={frames.following.value}
        reveal={chosenRow}
        onFollow={frames.follow}
        onSee={frames.see}
        attributes={{ class: "grid-body", role: "rowgroup", tabIndex: -1 }}
        render={({ first, count }) =>
          Array.from({ length: count }, (_, offset) => first + offset).map((row) => {
            const event = rowAt(view, row);
            return (
              <FrameRow
                key={event?.seq ?? `row ${row}`}
                id={`${id}-${row}`}
                index={row}
                row={event}
                isChosen={event !== undefined && event.seq === chosen?.seq}
                isLater={event !== undefined && moment !== null && event.seq > moment.seq}
                onChoose={() => frames.choice.moveTo(row)}
              />
            );
          })
        }
      />
    </div>
  );
}

function onKey(event: KeyboardEvent, frames: Frames, total: number): void {
  // DevTools would open their drawer, too.
  if (event.key === "Escape" && frames.choice.row.value !== null) event.stopPropagation();
  if (event.key === "Escape") frames.choice.select(null);
  const present = frames.choice.row.value;
  const target =
    event.ctrlKey || event.metaKey || event.altKey ? null : gridTarget(event.key, present, total);
  if (target === null) return;
  event.preventDefault();
  frames.choice.moveTo(target);
}

const COLUMNS = ["time", "direction", "topic", "event", "ref", "join-ref", "size", "summary"] as const;

function Columns() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div class="frame-row columns" role="row" aria-rowindex={1}>
      {COLUMNS.map((name) => (
        // biome-ignore lint/a11y/useSemanticElements: the same
        // biome-ignore lint/a11y/useFocusableInteractive: the same
        <span key={name} role="columnheader" class={`cell-${name}`}>
          {name === "direction" ? (
            <span class="visually-hidden">{TEXT.columns.direction}</span>
          ) : name === "join-ref" ? (
            say("frames_column_join_ref")
          ) : (
            TEXT.columns[name]
          )}
        </span>
      ))}
    </div>
  );
}

function NoRows({ panel }: { readonly panel: Panel }) {
  const diagnosis = panel.diagnosis.value;
  const hasEvents = (panel.overview.value?.session.events ?? 0) > 0;
  if (hasEvents && panel.frames.window.value === null) return <Sentence text={TEXT.loadingRow} />;
  if (hasEvents) return <Sentence text={whyHidden(panel.frames.filter.value)} />;
  return diagnosis === null ? (
    <Sentence text={TEXT.noRows} />
  ) : (
    <Notice panel={panel} diagnosis={diagnosis} />
  );
}

function whyHidden(filter: RowFilter): string {
  return filter.text.trim() === "" && filter.only === undefined ? TEXT.hiddenHeartbeats : TEXT.noMatch;
}
