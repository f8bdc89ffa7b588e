import type { ConnectionLifeView as Life } from "../../bridge/life-view";
import type { ConnectionView } from "../../bridge/view";
import type { ConnectionLife } from "../model/connection-life";
import type { Panel } from "../model/panel";
import { safeString } from "../model/safe-text";
import { say, sayCount } from "../text/say";
import { HeartbeatPlot } from "./connection/HeartbeatPlot";
import { LifeBar } from "./connection/LifeBar";
import { LifeList } from "./connection/LifeList";
import { Fields } from "./Fields";
import { formatDuration, formatEndpoint } from "./format";
import { Notice, Sentence } from "./Notice";
import { SafeText } from "./SafeText";
import { Skeleton } from "./Skeleton";
import { StatusDot } from "./StatusDot";

/** The life of one connection: its statuses over time, its heartbeats, its attempts and closes. */
export function ConnectionLifeView({ panel }: { readonly panel: Panel }) {
  const life = panel.connectionLife;
  const connection = life.connection.value;
  const view = life.view.value;
  if (connection === null) return <NoConnection panel={panel} />;
  return (
    <div class="connection" data-view="connection" data-connection={connection.id}>
      <Head life={life} connection={connection} view={view} />
      {view === null ? (
        <Skeleton />
      ) : (
        <>
          <LifeBar view={view} onShow={panel.showFrame} />
          <HeartbeatPlot life={life} view={view} transport={connection.transport} onShow={panel.showFrame} />
          <LifeList
            key={`${panel.overview.value?.session.id} ${connection.id}`}
            view={view}
            onShow={panel.showFrame}
          />
        </>
      )}
    </div>
  );
}

function NoConnection({ panel }: { readonly panel: Panel }) {
  const diagnosis = panel.diagnosis.value;
  return (
    <div class="connection" data-view="connection">
      {diagnosis === null ? (
        <Sentence text={say("connection_none")} />
      ) : (
        <Notice panel={panel} diagnosis={diagnosis} />
      )}
    </div>
  );
}

type HeadProps = {
  readonly life: ConnectionLife;
  readonly connection: ConnectionView;
  readonly view: Life | null;
};

function Head({ life, connection, view }: HeadProps) {
  const { endpoint, transport, serializer, status, frame } = connection;
  const isOnly = life.connections.value.length < 2;
  return (
    <header class="details-head">
      {isOnly ? (
        <h2>
          <SafeText text={formatEndpoint(endpoint)} />
        </h2>
      ) : (
        <>
          <h2 class="visually-hidden">{say("view_connection")}</h2>
          <Chooser life={life} chosen={connection} />
        </>
      )}
      {life.missing.value !== null && (
        <p class="meaning" data-missing-connection>
          {say("connection_gone", String(life.missing.value))}
        </p>
      )}
      <span class="status-word" data-status={status}>
        <StatusDot status={status} /> {say(`connection_status_${status}`)}
      </span>
      <Fields
        fields={[
          [say("connection_endpoint"), <SafeText key="endpoint" text={endpoint} />],
          [say("connection_transport"), say(`connection_transport_${transport}`)],
          [say("connection_serializer"), <SafeText key="serializer" text={serializer} />],
          [say("connection_frame"), frame === null ? null : <SafeText key="frame" text={frame} />],
          [say("connection_share"), view === null ? null : connectedFor(view)],
        ]}
      />
    </header>
  );
}

/** Of more connections the newest are listed, and the chosen one. */
const MAX_LISTED = 100;

function Chooser({ life, chosen }: { readonly life: ConnectionLife; readonly chosen: ConnectionView }) {
  const all = life.connections.value;
  const listed = all.filter(({ id }, at) => at >= all.length - MAX_LISTED || id === chosen.id);
  return (
    <select
      class="chooser"
      data-action="choose-connection"
      aria-label={say("connection_choose")}
      value={chosen.id}
      onChange={(event) => life.choose(Number(event.currentTarget.value))}
    >
      {listed.length < all.length && (
        <option disabled>{sayCount("connection_more", all.length - listed.length)}</option>
      )}
      {listed.map(({ id, endpoint, status }) => (
        <option key={id} value={id}>
          {id}: {safeString(formatEndpoint(endpoint))}, {say(`connection_status_${status}`)}
        </option>
      ))}
    </select>
  );
}

/** How long it was connected, of all the time that is known. */
function connectedFor({ spans, from_t, to_t }: Life): string {
  const connected = spans
    .filter(({ status }) => status === "connected")
    .reduce((sum, span) => sum + Math.max(0, span.to_t - span.from_t), 0);
  return say("connection_share_of", formatDuration(connected), formatDuration(Math.max(0, to_t - from_t)));
}
