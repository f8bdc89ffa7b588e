import type { ProblemsQuery, ProblemsView } from "../bridge/view";
import type { Scene } from "./scene";

/** A window of what went wrong, oldest first. */
export function viewProblems({ recording, at }: Scene, { of, from, count }: ProblemsQuery): ProblemsView {
  const { problems, length, entry } = recording.journal;
  const total = of === undefined ? problems.all.length : problems.countOf(of, at ?? length());
  const first = from === "end" ? Math.max(0, total - count) : from;
  const rows = Array.from({ length: Math.max(0, Math.min(count, total - first)) }, (_, row) => {
    const problem = of === undefined ? problems.all[first + row] : problems.nthOf(of, first + row);
    const { seq = 0, code = "", message = "" } = problem ?? {};
    return { seq, t: entry(seq)?.event.t ?? 0, code, message };
  });
  return { kind: "problems", from: first, total, rows };
}
