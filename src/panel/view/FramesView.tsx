import type { Panel } from "../model/panel";
import { FrameBar } from "./FrameBar";
import { FrameDetail } from "./FrameDetail";
import { FrameGrid } from "./FrameGrid";
import { NoticeLine } from "./Notice";
import { Split } from "./Split";

/** The list of everything that happened, and beside it the chosen event. */
export function FramesView({ panel }: { readonly panel: Panel }) {
  const { frames } = panel;
  const events = panel.overview.value?.session.events ?? 0;
  const diagnosis = panel.diagnosis.value;
  return (
    <div class="frames">
      {diagnosis !== null && events > 0 && <NoticeLine panel={panel} diagnosis={diagnosis} />}
      <FrameBar frames={frames} events={events} />
      <Split
        name="frames"
        share={{ beside: 58, stacked: 40 }}
        first={<FrameGrid panel={panel} />}
        second={frames.choice.chosen.value === null ? null : <FrameDetail frames={frames} />}
      />
    </div>
  );
}
