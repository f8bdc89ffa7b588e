import type { ChannelView } from "../../bridge/view";
import type { Panel } from "../model/panel";
import { say } from "../text/say";
import { Fields } from "./Fields";
import { NewestProblem } from "./NewestProblem";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";

/** A channel that carries no root of its own. */
export function ChannelDetail({ panel, channel }: { readonly panel: Panel; readonly channel: ChannelView }) {
  const { topic, state, kind } = channel;
  return (
    <article class="details" data-detail="channel">
      <header class="details-head">
        <h2>
          <SafeText text={topic} />
        </h2>
        <span class="status-word">
          <StatusDot status={state} /> {say(`channels_state_${state}`)}
        </span>
        <NewestProblem panel={panel} />
      </header>
      <Fields fields={[[say("channels_column_kind"), say(`channels_kind_${kind}`)]]} />
    </article>
  );
}
