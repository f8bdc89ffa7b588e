import type { Panel } from "../../model/panel";
import type { Timeline } from "../../model/timeline";
import { isFiltering } from "../../model/timeline-filter";
import { say, sayCount } from "../../text/say";
import { SafeText } from "../SafeText";
import { KindMenu } from "./KindMenu";
import { ScopeSelects } from "./ScopeSelects";

/** What the timeline shows: the filters, and whether it follows. */
export function TimelineBar({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const filter = timeline.filter.value;
  const isFollowing = timeline.following.value;
  const fault = timeline.window.value?.fault ?? null;
  return (
    <div class="timeline-bar" role="toolbar" aria-label={say("timeline_bar")}>
      <input
        type="search"
        class="filter"
        data-action="filter"
        placeholder={say("timeline_filter")}
        aria-label={say("timeline_filter")}
        aria-invalid={fault !== null}
        value={filter.text}
        onInput={(event) => timeline.setFilter({ ...filter, text: event.currentTarget.value })}
      />
      <button
        type="button"
        class="button regex"
        data-action="regex"
        aria-pressed={filter.isRegex}
        aria-label={say("timeline_regex")}
        title={say("timeline_regex_why")}
        onClick={() => timeline.setFilter({ ...filter, isRegex: !filter.isRegex })}
      >
        .*
      </button>
      <KindMenu timeline={timeline} />
      <ScopeSelects panel={panel} />
      {isFiltering(filter) && (
        <button
          type="button"
          class="button"
          data-action="clear"
          title={say("timeline_clear_why")}
          onClick={timeline.clearFilter}
        >
          {say("timeline_clear")}
        </button>
      )}
      <Total timeline={timeline} />
      <button
        type="button"
        class="button"
        data-action="follow"
        aria-pressed={isFollowing}
        title={say("timeline_follow_why")}
        onClick={() => timeline.follow(!isFollowing)}
      >
        {say("timeline_follow")}
      </button>
      {fault !== null && (
        <p class="timeline-fault" role="alert" data-fault>
          <SafeText text={fault} />
        </p>
      )}
    </div>
  );
}

function Total({ timeline }: { readonly timeline: Timeline }) {
  const view = timeline.window.value;
  if (view === null || view.fault !== null) return <span class="timeline-total" />;
  const total = sayCount("timeline_total", view.total);
  const forgotten = view.forgotten > 0 ? sayCount("timeline_forgotten", view.forgotten) : undefined;
  return (
    <span class="timeline-total" data-total={view.total} title={forgotten}>
      {view.left > 0 ? say("timeline_left", total, view.left) : total}
      {forgotten !== undefined && " *"}
    </span>
  );
}
