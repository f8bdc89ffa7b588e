import type { Query, Row, RowsView } from "../bridge/view";
import type { Recording } from "./recording";
import { viewRow } from "./row";

/** One window of the list of events that pass a filter. */
export function viewRows({ journal, rowsOf }: Recording, query: Query & { kind: "rows" }): RowsView {
  const index = rowsOf(query.filter);
  const total = index.extend();
  const from = query.from === "end" ? Math.max(0, total - query.count) : Math.min(query.from, total);
  const rows: Row[] = [];
  for (let row = from; row < Math.min(total, from + query.count); row++) {
    const seq = index.seqAt(row);
    const entry = journal.entry(seq);
    if (entry !== undefined) rows.push(viewRow(journal, seq, entry));
  }
  return { kind: "rows", from, total, rows };
}
