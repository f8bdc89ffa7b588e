import type { ProblemsView, Query } from "../bridge/view";
import type { Journal } from "./journal";

/** A window of everything that went wrong in the session, oldest first. */
export function viewProblems(journal: Journal, query: Query & { kind: "problems" }): ProblemsView {
  const { problems } = journal;
  const from = query.from === "end" ? Math.max(0, problems.length - query.count) : query.from;
  const rows = problems.slice(from, from + query.count).map(({ seq, code, message }) => {
    return { seq, t: journal.entry(seq)?.event.t ?? 0, code, message };
  });
  return { kind: "problems", from, total: problems.length, rows };
}
