import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type LineSubject, lineKey } from "../../bridge/line-key";
import type { ProblemsView } from "../../bridge/view";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { onOtherSession } from "./other-session";
import { askedRows, type RowRange } from "./row-window";
import { createSeenRows } from "./seen-rows";
import { createWatch } from "./watch";

/** The list of what went wrong, of which only a window is here, and what went wrong last with what is chosen. */
export type Problems = {
  readonly window: ReadonlySignal<ProblemsView | null>;
  /** Tells which rows are seen. */
  readonly see: (seen: RowRange) => void;
  /** What the list is about alone; null: the whole session. */
  readonly of: ReadonlySignal<LineSubject | null>;
  readonly choose: (of: LineSubject | null) => void;
  /** The last problem of what is chosen in the tree of stores, and how many it has; null: it has none. */
  readonly newest: ReadonlySignal<(Problem & { readonly total: number }) | null>;
};

export type Problem = ProblemsView["rows"][number];

/** @param isShown whether the list is, and what is chosen in the tree */
export function createProblems(
  { link, overview, lifetime }: Pick<Deps, "link" | "overview" | "lifetime">,
  selection: ReadonlySignal<LineSubject | null>,
  isShown: { readonly list: ReadonlySignal<boolean>; readonly newest: ReadonlySignal<boolean> },
): Problems {
  const { seen, see } = createSeenRows();
  const of = signal<LineSubject | null>(null);
  const rows = createWatch(link, "problems", lifetime);
  const last = createWatch(link, "problems", lifetime);
  const chosenKey = computed(() => (selection.value === null ? "" : lineKey(selection.value)));

  effectUntil(lifetime, () => {
    const { first, count } = askedRows(seen.value);
    if (!isShown.list.value) rows.rest();
    else rows.ask({ kind: "problems", from: first, count, ...(of.value !== null && { of: of.value }) });
  });

  effectUntil(lifetime, () => {
    const subject = chosenKey.value === "" ? null : selection.peek();
    // What was told is of what was chosen before.
    last.ask(null);
    if (isShown.newest.value && subject !== null) {
      last.ask({ kind: "problems", from: "end", count: 1, of: subject });
    }
  });

  onOtherSession(overview, lifetime, () => choose(null));

  function choose(next: LineSubject | null): void {
    if (JSON.stringify(next) === JSON.stringify(of.peek())) return;
    // What came is not about this.
    rows.ask(null);
    of.value = next;
  }

  return {
    ...{ of, choose, window: rows.view },
    see,
    newest: computed(() => {
      const view = last.view.value;
      const problem = view?.rows[0];
      return view === null || problem === undefined ? null : { ...problem, total: view.total };
    }),
  };
}
