import type { ChannelLine } from "../../../bridge/life-view";
import { isSame } from "../../model/channels";
import type { Panel } from "../../model/panel";
import { rowAt } from "../../model/row-window";
import { say, sayCount } from "../../text/say";
import { formatBytes, formatTime } from "../format";
import { type Column, Grid } from "../Grid";
import { Notice, Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";
import { StatusDot } from "../StatusDot";

/** All channels, one a line. */
export function ChannelGrid({ panel }: { readonly panel: Panel }) {
  const { channels } = panel;
  const view = channels.window.value;
  const chosen = channels.chosen.value;
  if (view === null) return <Skeleton />;
  if (view.total === 0) return <NoChannels panel={panel} />;
  return (
    <Grid
      class="channel-grid"
      data={{ "data-several": (panel.overview.value?.connections.length ?? 0) > 1 }}
      label={say("channels_list")}
      columns={COLUMNS}
      heading={(name) => say(`channels_column_${name}`)}
      total={view.total}
      lineAt={(row) => rowAt(view, row)}
      row={channels.row.value}
      isChosen={(line) => isSame(line, chosen)}
      rowData={({ connection, topic, state, kind }) => ({
        ...{ "data-connection": connection, "data-topic": topic, "data-state": state, "data-kind": kind },
      })}
      onSee={channels.see}
      onMove={channels.moveTo}
      onLeave={() => channels.choose(null)}
    />
  );
}

type ColumnName =
  | ("connection" | "topic" | "kind" | "state" | "joins" | "present")
  | ("received" | "sent" | "bytes" | "time" | "last");

const COLUMNS: readonly Column<ChannelLine, ColumnName>[] = [
  { name: "connection", render: ({ connection }) => connection },
  { name: "topic", render: ({ topic }) => <SafeText text={topic} />, title: ({ topic }) => topic },
  { name: "kind", render: ({ kind }) => say(`channels_kind_${kind}`) },
  {
    name: "state",
    render: ({ state }) => (
      <>
        <StatusDot status={state} /> {say(`channels_state_${state}`)}
      </>
    ),
  },
  {
    name: "joins",
    render: ({ joins }) => joins,
    title: ({ joins }) => sayCount("channels_joins", joins),
  },
  { name: "present", render: ({ present }) => present },
  { name: "received", render: ({ received }) => received },
  { name: "sent", render: ({ sent }) => sent },
  { name: "bytes", render: ({ bytes }) => formatBytes(bytes) },
  { name: "time", render: ({ last }) => last !== null && formatTime(last.t) },
  {
    name: "last",
    render: ({ last }) => last !== null && <SafeText text={last.event} />,
    title: ({ last }) => last?.event ?? null,
  },
];

function NoChannels({ panel }: { readonly panel: Panel }) {
  const diagnosis = panel.diagnosis.value;
  if (panel.channels.text.value.trim() !== "") return <Sentence text={say("channels_no_match")} />;
  return diagnosis === null ? (
    <Sentence text={say("channels_none")} />
  ) : (
    <Notice panel={panel} diagnosis={diagnosis} />
  );
}
