import { useMemo } from "preact/hooks";
import type { PushEventLine } from "../../../bridge/stores-view";
import type { Panel } from "../../model/panel";
import { safeString } from "../../model/safe-text";
import { createUnfolding } from "../../model/unfolding";
import { say } from "../../text/say";
import { Fields } from "../Fields";
import { formatTime } from "../format";
import { JsonPane } from "../JsonPane";
import { SafeText } from "../SafeText";
import { type LogColumn, LogTab } from "./LogTab";
import { SeqLink } from "./SeqLink";

/** The push events of the store. */
export function EventsTab({ panel }: { readonly panel: Panel }) {
  const columns: readonly LogColumn<PushEventLine>[] = [
    { name: "time", render: ({ t }) => formatTime(t) },
    { name: "name", render: ({ name }) => <SafeText text={name} /> },
    {
      name: "payload",
      render: ({ preview }) => (
        <span title={safeString(preview)}>
          <SafeText text={preview} />
        </span>
      ),
    },
  ];
  return (
    <LogTab
      what="events"
      list={panel.storeTabs.logs.events}
      label={say("store_events_label")}
      empty={say("store_events_none")}
      columns={columns}
      detail={(event) => <EventDetail panel={panel} event={event} />}
    />
  );
}

function EventDetail({ panel, event }: { readonly panel: Panel; readonly event: PushEventLine }) {
  const unfolding = useMemo(createUnfolding, [event.seq, event.name]);
  return (
    <>
      <header class="log-head">
        <h3>
          <SafeText text={event.name} />
        </h3>
        <Fields
          fields={[
            [say("store_field_envelope"), <SeqLink key="seq" panel={panel} seq={event.seq} />],
            [say("store_column_time"), say("store_seconds", formatTime(event.t))],
          ]}
        />
      </header>
      {event.body !== null && (
        <JsonPane
          name="event-payload"
          label={say("store_column_payload")}
          title={say("store_column_payload")}
          value={event.body.payload}
          unfolding={unfolding}
        />
      )}
    </>
  );
}
