import type { RowFilter } from "../bridge/view";
import type { SessionEvent } from "../session/event";
import { type Entry, isFrameEvent } from "./entry-list";
import type { Journal } from "./journal";
import { textOf } from "./row";

/** Which events of a journal pass a filter, in order. Each event is looked at once. */
export type RowIndex = {
  /** Looks at what came since the last call; returns how many pass now. */
  readonly extend: () => number;
  /** The `seq` of the event in this row, counted from 0. */
  readonly seqAt: (row: number) => number;
};

/** Filters that are typed letter by letter are soon of no use; those of a panel that scrolls are. */
const MAX_INDEXES = 8;

/** Gives the index for a filter: the same one as long as it is asked for more often than others. */
export function createRowIndexes(journal: Journal): (filter: RowFilter) => RowIndex {
  const indexes = new Map<string, RowIndex>();
  return (filter) => {
    const key = JSON.stringify([filter.heartbeats, filter.only, wantedText(filter)]);
    const index = indexes.get(key) ?? createRowIndex(journal, filter);
    // A map keeps the order of insertion: the first key is the one that was asked for longest ago.
    indexes.delete(key);
    indexes.set(key, index);
    const [oldest] = indexes.keys();
    if (indexes.size > MAX_INDEXES && oldest !== undefined) indexes.delete(oldest);
    return index;
  };
}

function createRowIndex(journal: Journal, filter: RowFilter): RowIndex {
  const matches = matcherOf(filter);
  // With nothing to filter, row and event are the same and no list is needed.
  if (matches === null) return { extend: journal.length, seqAt: (row) => row + 1 };
  const seqs: number[] = [];
  let seen = 0;
  return {
    extend() {
      const length = journal.length();
      for (let seq = seen + 1; seq <= length; seq++) {
        const entry = journal.entry(seq);
        if (entry !== undefined && matches(entry)) seqs.push(seq);
      }
      seen = length;
      return seqs.length;
    },
    seqAt: (row) => seqs[row] ?? 0,
  };
}

function matcherOf(filter: RowFilter): ((entry: Entry) => boolean) | null {
  const { heartbeats, only } = filter;
  const wanted = wantedText(filter);
  if (wanted === "" && heartbeats && only === undefined) return null;
  return (entry) =>
    (heartbeats || entry.topic !== "phoenix") &&
    isOf(only, entry.event) &&
    (wanted === "" || textOf(entry.event).toLowerCase().includes(wanted));
}

function isOf(only: RowFilter["only"], event: SessionEvent): boolean {
  return only === undefined || event.type === only || (only === "frames" && isFrameEvent(event));
}

function wantedText({ text }: RowFilter): string {
  return text.trim().toLowerCase();
}
