import type { TimelineChoice } from "../bridge/timeline-view";
import { createTimelineView, type TimelineView } from "../engine/ask/timeline";
import type { TimelineFault, TimelineFilter } from "../engine/ask/timeline-filter";
import type { Result } from "../wire/result";
import type { Journal } from "./journal";

/** Gives the entries that a choice asks for: the same ones as long as it is asked for more often than others. */
export type Timelines = (choice: TimelineChoice) => Result<TimelineView, TimelineFault>;

/** Texts that are typed letter by letter are soon of no use; the choices of a few panels are. */
const MAX_TIMELINES = 4;

type Known = { readonly choice: TimelineChoice; readonly timeline: ReturnType<Timelines> };

/** No timelines: each has looked at no entry when it is asked for first. */
export function createTimelines({ engine, textOf, activities }: Journal): Timelines {
  const known = new Map<string, Known>();

  function make(choice: TimelineChoice): ReturnType<Timelines> {
    const wider = findWider([...known.values()], choice);
    return createTimelineView(engine, filterOf(choice), textOf, activities, wider);
  }

  return (choice) => {
    const key = JSON.stringify(filterOf(choice));
    const timeline = known.get(key)?.timeline ?? make(choice);
    // A map keeps the order of insertion: the first key is the one that was asked for longest ago.
    known.delete(key);
    known.set(key, { choice, timeline });
    const [oldest] = known.keys();
    if (known.size > MAX_TIMELINES && oldest !== undefined) known.delete(oldest);
    return timeline;
  };
}

/** Where a text gets longer, letter by letter, what was found is looked through, and not all there is. */
function findWider(known: readonly Known[], choice: TimelineChoice): TimelineView | undefined {
  let found: TimelineView | undefined;
  let chars = -1;
  for (const { choice: other, timeline } of known) {
    if (!timeline.ok || other.text.length <= chars || !isPartOf(other, choice)) continue;
    found = timeline.value;
    chars = other.text.length;
  }
  return found;
}

/** Whether all that the one choice asks for is also asked for by the other, which has the shorter text. */
function isPartOf(other: TimelineChoice, choice: TimelineChoice): boolean {
  if (choice.isRegex || other.isRegex || !choice.text.includes(other.text)) return false;
  return (
    JSON.stringify(filterOf({ ...other, text: "" })) === JSON.stringify(filterOf({ ...choice, text: "" }))
  );
}

function filterOf({ kinds, root, store_id, text, isRegex }: TimelineChoice): TimelineFilter {
  return {
    ...(kinds === null ? {} : { kinds }),
    ...(root === null ? {} : { root }),
    ...(store_id === null ? {} : { store_id }),
    ...(isRegex ? { regex: text } : { text }),
  };
}
