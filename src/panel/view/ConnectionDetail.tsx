import type { ConnectionView } from "../../bridge/view";
import { Fields } from "./Fields";
import { formatEndpoint } from "./format";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { TEXT } from "./text";

/** A connection: the chain of transports that one client opened to one endpoint. */
export function ConnectionDetail({ connection }: { readonly connection: ConnectionView }) {
  const { endpoint, transport, serializer, status, frame } = connection;
  return (
    <article class="details" data-detail="connection">
      <header class="details-head">
        <h2>
          <SafeText text={formatEndpoint(endpoint)} />
        </h2>
        <span class="status-word">
          <StatusDot status={status} /> {TEXT.connectionStatus[status]}
        </span>
      </header>
      <Fields
        fields={[
          [TEXT.fields.endpoint, <SafeText key="endpoint" text={endpoint} />],
          [TEXT.fields.transport, TEXT.transport[transport]],
          [TEXT.fields.serializer, <SafeText key="serializer" text={serializer} />],
          [TEXT.fields.frame, frame === null ? TEXT.fields.topFrame : <SafeText key="frame" text={frame} />],
        ]}
      />
    </article>
  );
}
