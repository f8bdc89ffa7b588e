import type { ChannelView } from "../../bridge/view";
import { Fields } from "./Fields";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { TEXT } from "./text";

/** A channel that carries no root of its own. */
export function ChannelDetail({ channel }: { readonly channel: ChannelView }) {
  const { topic, state, kind } = channel;
  return (
    <article class="details" data-detail="channel">
      <header class="details-head">
        <h2>
          <SafeText text={topic} />
        </h2>
        <span class="status-word">
          <StatusDot status={state} /> {TEXT.channelState[state]}
        </span>
      </header>
      <Fields fields={[[TEXT.fields.kind, TEXT.channelKind[kind]]]} />
    </article>
  );
}
