import type { RootKey } from "../bridge/root-key";
import type { TimelineChoice, TimelineQuery, TimelineView } from "../bridge/timeline-view";
import type { TimelineView as Timeline } from "../engine/ask/timeline";
import { describeTimelineFault } from "../engine/ask/timeline-filter";
import type { Answerer } from "./answerer";
import type { Journal } from "./journal";
import type { Recording } from "./recording";
import { type Work, workOn } from "./slices";
import { viewTimelineRow } from "./timeline-line";

/**
 * One window of the entries that a choice asks for, over the whole session, whichever moment is looked at. The entries
 * are looked at in slices, the newest first, so that the last page is there at once.
 */
export function answerTimeline(query: TimelineQuery): Answerer {
  let seen: Seen | null = null;
  // Held for as long as it is watched: of many choices a recording lets the oldest go.
  let held: { readonly recording: Recording; readonly timeline: ReturnType<Recording["timelineOf"]> } | null =
    null;
  return (scene) => {
    const { recording } = scene;
    if (held?.recording !== recording) held = { recording, timeline: recording.timelineOf(query.choice) };
    const { timeline } = held;
    if (!timeline.ok) return { ...NOTHING, fault: describeTimelineFault(timeline.failure) };
    workOn(workFor(recording.journal, query.choice, timeline.value), scene);
    const now = seenOf(recording, timeline.value);
    if (seen !== null && isSame(seen, now)) return null;
    seen = now;
    return viewTimeline(recording.journal, timeline.value, query);
  };
}

function viewTimeline(
  journal: Journal,
  timeline: Timeline,
  { from, count, locate }: TimelineQuery,
): TimelineView {
  const page = timeline.window({ from, count });
  return {
    kind: "timeline",
    from: page.from,
    total: page.total,
    rows: page.entries.map((row) => viewTimelineRow(journal, row)),
    forgotten: page.forgotten,
    located: locate === null ? null : timeline.rowOf(locate),
    left: timeline.left(),
    fault: null,
  };
}

/** Which stores an envelope changed is looked up in what is kept up of its root: before the entries, in slices too. */
function workFor({ engine, knownActivities }: Journal, choice: TimelineChoice, timeline: Timeline): Work {
  if (choice.store_id === null) return timeline;
  const roots = engine.connections
    .flatMap((connection) => connection.roots)
    .filter((root) => choice.root === null || isSameRoot(root.key, choice.root));
  return {
    left: timeline.left,
    extend(most) {
      if (roots.every((root) => knownActivities(root).extend(most))) timeline.extend(most);
    },
  };
}

function isSameRoot(one: RootKey, other: RootKey): boolean {
  return one.root_id === other.root_id && one.topic === other.topic && one.connection === other.connection;
}

const NOTHING: TimelineView = {
  kind: "timeline",
  ...{ from: 0, total: 0, rows: [], forgotten: 0, located: null, left: 0, fault: null },
};

/** An entry never changes: where there are as many as before, there is nothing new to be told. */
type Seen = { readonly recording: Recording; readonly entries: number; readonly left: number };

function seenOf(recording: Recording, timeline: Timeline): Seen {
  return { recording, entries: recording.journal.engine.timeline.length(), left: timeline.left() };
}

function isSame(one: Seen, other: Seen): boolean {
  return one.recording === other.recording && one.entries === other.entries && one.left === other.left;
}
