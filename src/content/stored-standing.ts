import type { Standing } from "./buffer";

/** Where a host would stand if its background were killed now: what it holds beyond that, it has not stored yet. */
export type StoredStanding = {
  /** The host has said where it stands. */
  readonly resume: (standing: Standing) => void;
  /** The host holds everything up to there. */
  readonly acknowledge: (standing: Standing) => void;
  /** It has stored everything up to this number. */
  readonly store: (upTo: number) => void;
  /** Null: no host has said where it stands. */
  readonly current: () => Standing | null;
};

/** A host that stores nothing acknowledges all the same: so many places are remembered, the others go half by half. */
const MAX_MARKS = 512;

/** @param known where the host stood by its last word over an earlier port */
export function createStoredStanding(known: Standing | null): StoredStanding {
  let current = known;
  let marks: Standing[] = [];

  function acknowledge(standing: Standing): void {
    marks.push(standing);
    if (marks.length > MAX_MARKS) marks = marks.filter((_, at) => at % 2 === 0);
  }

  return {
    resume(standing) {
      marks = [];
      if (current === null || standing.seq <= current.seq) current = standing;
      // A host that was there all the time may not have stored what it holds.
      else acknowledge(standing);
    },
    acknowledge,
    store(upTo) {
      current = marks.findLast(({ seq }) => seq <= upTo) ?? current;
      marks = marks.filter(({ seq }) => seq > upTo);
    },
    current: () => current,
  };
}
