import { type ReadonlySignal, signal } from "@preact/signals";
import { FIRST_ROWS, type RowRange } from "./row-window";

/** The rows of a list that are seen. */
export type SeenRows = {
  readonly seen: ReadonlySignal<RowRange>;
  /** Tells which they are; the same again changes nothing. */
  readonly see: (range: RowRange) => void;
};

export function createSeenRows(): SeenRows {
  const seen = signal(FIRST_ROWS);
  return {
    seen,
    see(range) {
      const { first, count } = seen.peek();
      if (range.first !== first || range.count !== count) seen.value = range;
    },
  };
}
