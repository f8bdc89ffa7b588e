import type { Panel } from "../model/panel";
import { say, sayCount } from "../text/say";
import { ChannelGrid } from "./channels/ChannelGrid";
import { ChannelPane } from "./channels/ChannelPane";
import { Split } from "./Split";

/** All channels of the page, and beside them the chosen one. */
export function ChannelsView({ panel }: { readonly panel: Panel }) {
  const { channels } = panel;
  const view = channels.window.value;
  const { uncounted, left } = view ?? { uncounted: 0, left: 0 };
  return (
    <div class="channels" data-view="channels">
      <div class="frame-bar" role="toolbar" aria-label={say("channels_list")}>
        <input
          type="search"
          class="filter"
          data-action="filter"
          placeholder={say("channels_filter")}
          aria-label={say("channels_filter")}
          value={channels.text.value}
          onInput={(event) => channels.setText(event.currentTarget.value)}
        />
        <span class="frame-count">{view !== null && sayCount("channels_count", view.total)}</span>
      </div>
      {uncounted + left > 0 && (
        <p class="channels-uncounted" role="status" data-uncounted={uncounted} data-left={left}>
          {left > 0 ? sayCount("channels_left", left) : sayCount("channels_uncounted", uncounted)}
        </p>
      )}
      <Split
        name="channels"
        share={{ beside: 58, stacked: 45 }}
        first={<ChannelGrid panel={panel} />}
        second={channels.chosen.value === null ? null : <ChannelPane panel={panel} />}
      />
    </div>
  );
}
