import { useId } from "preact/hooks";
import { type Channels, isSame } from "../../model/channels";
import { gridTarget } from "../../model/grid-keys";
import type { Panel } from "../../model/panel";
import { rowAt } from "../../model/row-window";
import { say } from "../../text/say";
import { Notice, Sentence } from "../Notice";
import { VirtualList } from "../VirtualList";
import { ChannelRow } from "./ChannelRow";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

const COLUMNS = [
  ...(["connection", "topic", "kind", "state", "joins", "present"] as const),
  ...(["received", "sent", "bytes", "time", "last"] as const),
] as const;

/** All channels as a WAI-ARIA grid, of which only the rows in view are in the document. */
export function ChannelGrid({ panel }: { readonly panel: Panel }) {
  const { channels } = panel;
  const id = useId();
  const view = channels.window.value;
  const [row, chosen] = [channels.row.value, channels.chosen.value];
  if (view === null) return <Sentence text={say("channels_loading")} />;
  if (view.total === 0) return <NoChannels panel={panel} />;
  const hasSeveral = (panel.overview.value?.connections.length ?? 0) > 1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      class="grid channel-grid"
      role="grid"
      tabIndex={0}
      aria-label={say("channels_list")}
      aria-rowcount={view.total + 1}
      aria-activedescendant={row === null ? undefined : `${id}-${row}`}
      data-several={hasSeveral}
      onKeyDown={(event) => onKey(event, channels, view.total)}
    >
      <Columns />
      <VirtualList
        total={view.total}
        rowHeight={ROW_HEIGHT}
        reveal={row}
        onSee={channels.see}
        attributes={{ class: "grid-body", role: "rowgroup", tabIndex: -1 }}
        render={({ first, count }) =>
          Array.from({ length: count }, (_, offset) => first + offset).map((place) => {
            const line = rowAt(view, place);
            return (
              <ChannelRow
                key={place}
                id={`${id}-${place}`}
                index={place}
                line={line}
                isChosen={line !== undefined && isSame(line, chosen)}
                onChoose={() => channels.moveTo(place)}
              />
            );
          })
        }
      />
    </div>
  );
}

function NoChannels({ panel }: { readonly panel: Panel }) {
  const diagnosis = panel.diagnosis.value;
  if (panel.channels.text.value.trim() !== "") return <Sentence text={say("channels_no_match")} />;
  return diagnosis === null ? (
    <Sentence text={say("channels_none")} />
  ) : (
    <Notice panel={panel} diagnosis={diagnosis} />
  );
}

function onKey(event: KeyboardEvent, channels: Channels, total: number): void {
  // DevTools would open their drawer, too.
  if (event.key === "Escape" && channels.row.value !== null) event.stopPropagation();
  if (event.key === "Escape") channels.choose(null);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const target = isPlain ? gridTarget(event.key, channels.row.value, total) : null;
  if (target === null) return;
  event.preventDefault();
  channels.moveTo(target);
}

function Columns() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div class="channel-row columns" role="row" aria-rowindex={1}>
      {COLUMNS.map((name) => (
        // biome-ignore lint/a11y/useSemanticElements: the same
        // biome-ignore lint/a11y/useFocusableInteractive: the same
        <span key={name} role="columnheader" class={`channel-${name}`}>
          {say(`channels_column_${name}`)}
        </span>
      ))}
    </div>
  );
}
