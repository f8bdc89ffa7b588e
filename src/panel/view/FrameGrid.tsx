import type { Row, RowFilter } from "../../bridge/view";
import type { Panel } from "../model/panel";
import { rowAt } from "../model/row-window";
import { say } from "../text/say";
import { formatBytes, formatTime } from "./format";
import { FRAME_SIGNS } from "./frame-signs";
import { type Column, Grid } from "./Grid";
import { Notice, Sentence } from "./Notice";
import { SafeText } from "./SafeText";
import { Skeleton } from "./Skeleton";

/** The list of everything that happened, frame by frame. */
export function FrameGrid({ panel }: { readonly panel: Panel }) {
  const { choice, ...frames } = panel.frames;
  const view = frames.window.value;
  const chosen = choice.chosen.value?.seq;
  if (view === null || view.total === 0) return <NoRows panel={panel} />;
  const moment = panel.moment.at.value;
  return (
    <Grid
      class="frame-grid"
      data={{ "data-view": "frames" }}
      label={say("frames_list")}
      columns={COLUMNS}
      heading={(name) => say(`frames_column_${name}`)}
      total={view.total}
      lineAt={(row) => rowAt(view, row)}
      row={choice.row.value}
      isChosen={({ seq }) => seq === chosen}
      rowData={({ seq, type, by, problem }) => {
        const isLater = moment !== null && seq > moment.seq;
        return {
          ...{ "data-seq": seq, "data-type": type, "data-by": by, "data-problem": problem !== null },
          ...{ "data-later": isLater, title: isLater ? say("moment_later") : undefined },
        };
      }}
      follow={frames.following.value}
      onFollow={frames.follow}
      onSee={frames.see}
      onMove={choice.moveTo}
      onLeave={() => choice.select(null)}
    />
  );
}

const isFrame = ({ type }: Row): boolean => type === "in" || type === "out";

const COLUMNS: readonly Column<
  Row,
  "time" | "direction" | "topic" | "event" | "ref" | "join_ref" | "size" | "summary"
>[] = [
  { name: "time", render: ({ t }) => formatTime(t) },
  {
    name: "direction",
    render: ({ type }) => (
      <span role="img" aria-label={say(`frames_type_${type}`)}>
        {FRAME_SIGNS[type]}
      </span>
    ),
    title: ({ type }) => say(`frames_type_${type}`),
  },
  { name: "topic", render: ({ topic }) => textOf(topic), title: ({ topic }) => topic },
  {
    name: "event",
    render: (row) =>
      row.event === null && !isFrame(row) ? say(`frames_type_${row.type}`) : textOf(row.event),
    title: ({ event }) => event,
  },
  { name: "ref", render: ({ ref }) => textOf(ref) },
  { name: "join_ref", render: ({ join_ref }) => textOf(join_ref) },
  { name: "size", render: (row) => isFrame(row) && formatBytes(row.size) },
  {
    name: "summary",
    render: ({ by, summary }) => (
      <>
        {by === "devtools" && <span class="chip">{say("timeline_devtools")}</span>}
        <SafeText text={summary} />
      </>
    ),
    title: ({ problem, type }) => problem ?? meaningOf(type),
  },
];

function textOf(text: string | null) {
  return text !== null && <SafeText text={text} />;
}

/** What stands for other events needs more words than it has room for. */
function meaningOf(type: Row["type"]): string | null {
  return type === "gap" || type === "base" ? say(`frames_meaning_${type}`) : null;
}

function NoRows({ panel }: { readonly panel: Panel }) {
  const diagnosis = panel.diagnosis.value;
  const hasEvents = (panel.overview.value?.session.events ?? 0) > 0;
  if (hasEvents && panel.frames.window.value === null) return <Skeleton />;
  if (hasEvents) return <Sentence text={whyHidden(panel.frames.filter.value)} />;
  return diagnosis === null ? (
    <Sentence text={say("frames_none")} />
  ) : (
    <Notice panel={panel} diagnosis={diagnosis} />
  );
}

function whyHidden(filter: RowFilter): string {
  return say(filter.text.trim() === "" && filter.only === undefined ? "frames_hidden" : "frames_no_match");
}
