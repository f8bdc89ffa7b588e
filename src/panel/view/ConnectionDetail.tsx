import type { ConnectionView } from "../../bridge/view";
import type { Panel } from "../model/panel";
import { say } from "../text/say";
import { Fields } from "./Fields";
import { formatEndpoint } from "./format";
import { NewestProblem } from "./NewestProblem";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";

/** A connection: the chain of transports that one client opened to one endpoint. */
export function ConnectionDetail(props: { readonly panel: Panel; readonly connection: ConnectionView }) {
  const { panel, connection } = props;
  const { endpoint, transport, serializer, status, frame } = connection;
  return (
    <article class="details" data-detail="connection">
      <header class="details-head">
        <h2>
          <SafeText text={formatEndpoint(endpoint)} />
        </h2>
        <span class="status-word">
          <StatusDot status={status} /> {say(`connection_status_${status}`)}
        </span>
        <NewestProblem panel={panel} />
      </header>
      <Fields
        fields={[
          [say("connection_endpoint"), <SafeText key="endpoint" text={endpoint} />],
          [say("connection_transport"), say(`connection_transport_${transport}`)],
          [say("connection_serializer"), <SafeText key="serializer" text={serializer} />],
          [
            say("connection_document"),
            frame === null ? say("connection_document_top") : <SafeText key="frame" text={frame} />,
          ],
        ]}
      />
    </article>
  );
}
