import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type { ChannelDetailView, ChannelLine } from "../../../bridge/life-view";
import type { Panel } from "../../model/panel";
import { say, sayCount } from "../../text/say";
import { Fields } from "../Fields";
import { formatBytes } from "../format";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";
import { StatusDot } from "../StatusDot";
import { Tabs } from "../Tabs";
import { JoinList } from "./JoinList";
import { PresencePane } from "./PresencePane";
import { RecentFrames } from "./RecentFrames";

const PARTS = ["present", "joins", "recent"] as const;
type Part = (typeof PARTS)[number];

/** The chosen channel: what it is, how it was joined, who is present, its newest frames. */
export function ChannelPane({ panel }: { readonly panel: Panel }) {
  const { channels } = panel;
  const { detail } = channels;
  const chosen = useSignal<Part | null>(null);
  const view = detail.value;
  const line = view?.line ?? null;
  const part = chosen.value ?? (line === null || line.present === null ? "joins" : "present");

  useLayoutEffect(() => {
    channels.presence.show(part === "present");
    return () => channels.presence.show(false);
  }, [channels, part]);

  if (view === null || line === null) {
    return (
      <article class="details" data-detail="channel" aria-label={say("channels_detail")}>
        {view === null ? <Skeleton /> : <Sentence text={say("channels_not_there")} />}
      </article>
    );
  }
  return (
    <article
      class="details"
      data-detail="channel"
      data-topic={line.topic}
      aria-label={say("channels_detail")}
    >
      <Head panel={panel} line={line} />
      <div class="frame-body">
        <Tabs
          id="channel"
          label={say("channels_detail")}
          names={PARTS}
          chosen={part}
          onChoose={(name) => {
            chosen.value = name;
          }}
          render={(name) => say(`channels_tab_${name}`)}
        />
        <div class="frame-content" role="tabpanel" id="channel-panel" aria-labelledby={`channel-tab-${part}`}>
          <PartView part={part} panel={panel} view={view} line={line} />
        </div>
      </div>
    </article>
  );
}

type PartViewProps = {
  readonly part: Part;
  readonly panel: Panel;
  readonly view: ChannelDetailView;
  readonly line: ChannelLine;
};

function PartView({ part, panel, view, line }: PartViewProps) {
  switch (part) {
    case "present":
      return <PresencePane presence={panel.channels.presence} />;
    case "joins":
      return <JoinList joins={view.joins} total={line.joins} onShow={panel.showFrame} />;
    case "recent":
      return <RecentFrames rows={view.recent} onShow={panel.showFrame} onAll={() => showAll(panel, line)} />;
  }
}

/** Lists the frames of a channel: their text has its topic in it. */
function showAll(panel: Panel, { topic }: ChannelLine): void {
  panel.frames.setFilter({ ...panel.frames.filter.peek(), text: topic, only: "frames" });
  panel.panes.show("frames");
}

function Head({ panel, line }: { readonly panel: Panel; readonly line: ChannelLine }) {
  const { connection, topic, state, kind, join_ref, joins, root_id } = line;
  return (
    <header class="details-head">
      <h2>
        <SafeText text={topic} />
      </h2>
      <span class="status-word">
        <StatusDot status={state} /> {say(`channels_state_${state}`)}
      </span>
      <button
        type="button"
        class="button close"
        aria-label={say("details_close")}
        title={say("details_close")}
        onClick={() => panel.channels.choose(null)}
      >
        ×
      </button>
      <Fields
        fields={[
          [say("channels_column_kind"), say(`channels_kind_${kind}`)],
          [say("channels_column_joins"), sayCount("channels_joins", joins)],
          [
            say("channels_join_ref"),
            join_ref === null ? null : (
              <code key="join_ref">
                <SafeText text={join_ref} />
              </code>
            ),
          ],
          [
            say("channels_traffic_name"),
            say("channels_traffic", line.received, line.sent, formatBytes(line.bytes)),
          ],
        ]}
      />
      <p class="channel-links">
        {root_id !== null && (
          <button
            type="button"
            class="link"
            data-action="show-in-stores"
            onClick={() => panel.goTo({ kind: "store", root: { connection, topic, root_id }, store_id: [] })}
          >
            {say("channels_show_in_stores")}
          </button>
        )}
        <button
          type="button"
          class="link"
          data-action="show-connection"
          onClick={() => panel.goTo({ kind: "connection", connection })}
        >
          {say("channels_show_connection")}
        </button>
      </p>
    </header>
  );
}
