import type { TimelineLine } from "../bridge/timeline-view";
import { readStoreKey } from "../engine/ask/store-node";
import type { TimelineRow } from "../engine/ask/timeline";
import { isFrameEvent } from "./entry-list";
import type { Journal } from "./journal";

/** One entry of the timeline as a panel is told of it. */
export function viewTimelineRow(journal: Journal, row: TimelineRow): TimelineLine {
  const { place, seq, t, kind, root, store, summary, size, command, confidence } = row;
  const store_id = store === null ? null : readStoreKey(store);
  const by = senderOf(journal, seq);
  return { place, seq, t, kind, root, store_id, summary, size, by, command, confidence };
}

/** Of an event that has been let go it is not known any more: nearly all are the page's. */
function senderOf(journal: Journal, seq: number): TimelineLine["by"] {
  const event = journal.entry(seq)?.event;
  return event !== undefined && isFrameEvent(event) ? (event.by ?? "page") : "page";
}
