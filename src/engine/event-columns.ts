import { countPassing } from "./content/count-passing";
import { createNumberColumn } from "./content/number-column";

/** When each event of a session came, and how long its frame is. Events may be missing: stretches that were skipped. */
export type EventColumns = {
  readonly add: (t: number, size: number) => void;
  /** The next `count` events are not there any more; the newest of them came at `t`. */
  readonly skip: (count: number, t: number) => void;
  readonly isSkipped: (seq: number) => boolean;
  /** The time of event `seq`, in milliseconds; of a skipped one that of the newest of its stretch, 0 where there is none. */
  readonly timeOf: (seq: number) => number;
  /** Characters of its frame; 0 where it is none, and where it was skipped. */
  readonly sizeOf: (seq: number) => number;
  /**
   * The last event that is at or before `t`, 0 where none is. Times may go back: an event counts as no earlier than any
   * before it.
   */
  readonly seqAt: (t: number) => number;
};

/** Events `first` to `last` are not there. */
type Stretch = {
  readonly first: number;
  readonly last: number;
  readonly t: number;
  /** The greatest time up to its end. */
  readonly latest: number;
  readonly skipped: number;
};

/** The columns of a session without events. */
export function createEventColumns(): EventColumns {
  const times = createNumberColumn();
  const sizes = createNumberColumn();
  /** The greatest time up to each event. */
  const latests = createNumberColumn();
  /** In order; `skipped` counts the missing events up to the end of each. */
  const stretches: Stretch[] = [];
  let skipped = 0;
  let latest = Number.NEGATIVE_INFINITY;

  /** The last stretch that begins at or before event `seq`. */
  function stretchBefore(seq: number): Stretch | undefined {
    return stretches[countPassing(stretches.length, (nth) => (stretches[nth]?.first ?? 0) <= seq) - 1];
  }

  function placeOf(seq: number): number {
    return seq - 1 - (stretchBefore(seq)?.skipped ?? 0);
  }

  function skippedAt(seq: number): Stretch | undefined {
    const stretch = stretchBefore(seq);
    return stretch !== undefined && seq <= stretch.last ? stretch : undefined;
  }

  function latestAt(seq: number): number {
    return skippedAt(seq)?.latest ?? latests.at(placeOf(seq)) ?? Number.POSITIVE_INFINITY;
  }

  return {
    add(t, size) {
      times.push(t);
      sizes.push(size);
      latest = Math.max(latest, t);
      latests.push(latest);
    },
    skip(count, t) {
      if (count <= 0) return;
      const first = times.length() + skipped + 1;
      skipped += count;
      latest = Math.max(latest, t);
      stretches.push({ first, last: first + count - 1, t, latest, skipped });
    },
    isSkipped: (seq) => skippedAt(seq) !== undefined,
    timeOf: (seq) => skippedAt(seq)?.t ?? times.at(placeOf(seq)) ?? 0,
    sizeOf: (seq) => (skippedAt(seq) === undefined ? (sizes.at(placeOf(seq)) ?? 0) : 0),
    seqAt: (t) => countPassing(times.length() + skipped, (before) => latestAt(before + 1) <= t),
  };
}
