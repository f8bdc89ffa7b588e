import { type ReadonlySignal, signal } from "@preact/signals";
import type { ProblemsView } from "../../bridge/view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { askedRows, FIRST_ROWS, type RowRange } from "./row-window";
import { createWatch } from "./watch";

/** The list of what went wrong, of which only a window is here. */
export type Problems = {
  readonly window: ReadonlySignal<ProblemsView | null>;
  /** Tells which rows are seen. */
  readonly see: (seen: RowRange) => void;
};

export function createProblems(
  link: Link,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): Problems {
  const seen = signal(FIRST_ROWS);
  const rows = createWatch(link, "problems", lifetime);

  effectUntil(lifetime, () => {
    const { first, count } = askedRows(seen.value);
    if (isShown.value) rows.ask({ kind: "problems", from: first, count });
    else rows.rest();
  });

  return {
    window: rows.view,
    see(range) {
      const { first, count } = seen.peek();
      if (range.first !== first || range.count !== count) seen.value = range;
    },
  };
}
