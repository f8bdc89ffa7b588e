import { type EventView, MAX_RAW_CHARS } from "../bridge/event-view";
import type { SessionEvent } from "../session/event";
import { type Entry, isFrameEvent } from "./entry-list";
import type { Journal } from "./journal";
import { textOf, viewRow } from "./row";

/**
 * Everything about one event. An event that is not there gives a view without a row.
 * @param recall gives the event where the journal has let it go; null: it is not at hand
 */
export function viewEvent(journal: Journal, seq: number, recall: () => SessionEvent | null): EventView {
  const entry = journal.isKept(seq) ? journal.entry(seq) : findLetGo(journal, seq, recall);
  if (entry === undefined) {
    const nothing = { raw: "", raw_length: 0, payload: null, pair: null, problems: [] };
    return { kind: "event", seq, row: null, encoding: "text", ...nothing };
  }
  const raw = textOf(entry.event);
  return {
    kind: "event",
    seq,
    row: viewRow(journal, seq, entry),
    raw: raw.slice(0, MAX_RAW_CHARS),
    encoding: encodingOf(entry.event),
    raw_length: raw.length,
    payload: raw.length > MAX_RAW_CHARS ? null : (journal.decode(entry.event)?.payload ?? null),
    pair: viewPair(journal, entry),
    problems: entry.problems,
  };
}

function encodingOf(event: SessionEvent): EventView["encoding"] {
  if (isFrameEvent(event)) return "text" in event ? "text" : "base64";
  return event.type === "broken" ? "text" : "json";
}

function findLetGo(journal: Journal, seq: number, recall: () => SessionEvent | null): Entry | undefined {
  const gap = journal.entry(seq);
  const event = gap === undefined ? null : recall();
  if (gap === undefined || event === null) return gap;
  const frame = journal.decode(event);
  const { topic = null, event: name = null, ref = null, join_ref = null } = frame ?? {};
  return { event, topic, name, ref, join_ref, problems: [], pair: null };
}

function viewPair(journal: Journal, { pair, event }: Entry): EventView["pair"] {
  const other = pair === null ? undefined : journal.entry(pair);
  if (pair === null || other === undefined) return null;
  return { seq: pair, ms: Math.round(Math.abs(other.event.t - event.t) * 1000) / 1000 };
}
