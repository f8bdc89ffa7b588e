import type { Panel } from "../model/panel";
import { NoticeLine } from "./Notice";
import { Split } from "./Split";
import { EntryDetail } from "./timeline/EntryDetail";
import { StripPane } from "./timeline/StripPane";
import { TimelineBar } from "./timeline/TimelineBar";
import { TimelineGrid } from "./timeline/TimelineGrid";

/** What happened, entry by entry, how much of it when, and beside it the chosen entry. */
export function TimelineView({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const events = panel.overview.value?.session.events ?? 0;
  const diagnosis = panel.diagnosis.value;
  return (
    <div class="timeline">
      {diagnosis !== null && events > 0 && <NoticeLine panel={panel} diagnosis={diagnosis} />}
      <TimelineBar panel={panel} />
      {events > 0 && <StripPane panel={panel} />}
      <Split
        name="timeline"
        share={{ beside: 58, stacked: 45 }}
        first={<TimelineGrid panel={panel} />}
        second={timeline.choice.chosen.value === null ? null : <EntryDetail panel={panel} />}
      />
    </div>
  );
}
