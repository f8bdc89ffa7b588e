import type { ReadonlySignal } from "@preact/signals";
import { say } from "../text/say";
import type { Deps } from "./deps";
import type { Strip } from "./strip";
import type { TimelineSelection } from "./timeline-choice";
import { isFiltering, type TimelineFilter } from "./timeline-filter";

type Parts = {
  readonly filter: ReadonlySignal<TimelineFilter>;
  readonly clearFilter: () => void;
  readonly following: ReadonlySignal<boolean>;
  readonly follow: (following: boolean) => void;
  readonly choice: Pick<TimelineSelection, "chosen">;
  readonly strip: Pick<Strip, "isZoomed" | "reset">;
};

/** What can be done in the timeline by name, while it is shown. */
export function addTimelineActions(
  { actions, moment, goTo }: Pick<Deps, "actions" | "moment" | "goTo">,
  timeline: Parts,
  isShown: ReadonlySignal<boolean>,
): void {
  const chosen = (): number | null => (isShown.value ? (timeline.choice.chosen.value?.seq ?? null) : null);
  const ofChosen = (id: string, label: () => string, run: (seq: number) => void) => ({
    ...{ id, label, keys: [] },
    isPossible: () => chosen() !== null,
    run() {
      const seq = chosen();
      if (seq !== null) run(seq);
    },
  });

  actions.add(
    {
      ...{ id: "timeline.clear", label: () => say("timeline_action_clear"), keys: [] },
      isPossible: () => isShown.value && isFiltering(timeline.filter.value),
      run: timeline.clearFilter,
    },
    {
      ...{ id: "timeline.follow", label: () => say("timeline_action_follow"), keys: [] },
      isPossible: () => isShown.value && !timeline.following.value,
      run: () => timeline.follow(true),
    },
    {
      ...{ id: "timeline.whole", label: () => say("timeline_action_whole"), keys: [] },
      isPossible: () => isShown.value && timeline.strip.isZoomed.value,
      run: timeline.strip.reset,
    },
    ofChosen(
      "timeline.moment",
      () => say("timeline_action_moment"),
      (seq) => moment.seek({ kind: "seq", seq }),
    ),
    ofChosen(
      "timeline.frame",
      () => say("timeline_action_frame"),
      (seq) => goTo({ kind: "event", seq, in: "frames" }),
    ),
  );
}
