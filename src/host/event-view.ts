import { type EventView, MAX_RAW_CHARS } from "../bridge/view";
import type { Entry } from "./entry-list";
import type { Journal } from "./journal";
import { textOf, viewRow } from "./row";

/** Everything about one event. An event that is not there gives a view without a row. */
export function viewEvent(journal: Journal, seq: number): EventView {
  const entry = journal.entry(seq);
  if (entry === undefined) {
    return { kind: "event", seq, row: null, raw: "", raw_length: 0, payload: null, pair: null, problems: [] };
  }
  const raw = textOf(entry.event);
  return {
    kind: "event",
    seq,
    row: viewRow(journal, seq, entry),
    raw: raw.slice(0, MAX_RAW_CHARS),
    raw_length: raw.length,
    payload: raw.length > MAX_RAW_CHARS ? null : (journal.decode(entry.event)?.payload ?? null),
    pair: viewPair(journal, entry),
    problems: entry.problems,
  };
}

function viewPair(journal: Journal, { pair, event }: Entry): EventView["pair"] {
  const other = pair === null ? undefined : journal.entry(pair);
  if (pair === null || other === undefined) return null;
  return { seq: pair, ms: Math.round(Math.abs(other.event.t - event.t) * 1000) / 1000 };
}
