import { createColumn } from "../content/column";
import { countPassing } from "../content/count-passing";
import { createNumberColumn } from "../content/number-column";
import type { RootRecord } from "./root";
import type { EnvelopeEntry, TimelineEntry, TimelineKind } from "./timeline-entry";

/** The entries of a session in the order of its events. A place is the number of entries before it, since the start. */
export type Timeline = {
  /** How many there have been. */
  readonly length: () => number;
  /** How many of them, the oldest, have been let go. */
  readonly forgotten: () => number;
  /** The entry at a place; undefined where there is none, or none any more. */
  readonly at: (place: number) => TimelineEntry | undefined;
  /** What kind it is of, at less cost than the entry itself. */
  readonly kindAt: (place: number) => TimelineKind | undefined;
  /** The event that it is of. */
  readonly seqAt: (place: number) => number | undefined;
  /** The place of the first entry that is not from before event `seq`. */
  readonly placeOf: (seq: number) => number;
};

export type OwnTimeline = Timeline & {
  readonly add: (entry: TimelineEntry) => void;
  /** Notes an envelope that was applied. There may be a million of them, so that their entries are made when asked for. */
  readonly addApplied: (seq: number, root: RootRecord, version: number) => void;
};

/** The oldest go this many at once where there are a million: letting go of each alone would cost more. */
const SHARE_LET_GO = 1 / 1024;

/** @param maxEntries of more, the oldest go */
export function createTimeline(maxEntries: number): OwnTimeline {
  const seqs = createNumberColumn();
  /** What an entry is, or the root to which an envelope was applied. */
  const kept = createColumn<TimelineEntry | RootRecord>();
  const versions = createNumberColumn();
  const share = Math.max(1, Math.floor(maxEntries * SHARE_LET_GO));
  let forgotten = 0;

  function letGo(): void {
    if (kept.length() <= maxEntries) return;
    seqs.forget(share);
    kept.forget(share);
    versions.forget(share);
    forgotten += share;
  }

  return {
    length: () => forgotten + kept.length(),
    forgotten: () => forgotten,
    at(place) {
      const item = kept.at(place - forgotten);
      if (item === undefined || "kind" in item) return item;
      return appliedTo(item, seqs.at(place - forgotten) ?? 0, versions.at(place - forgotten) ?? 0);
    },
    kindAt(place) {
      const item = kept.at(place - forgotten);
      return item === undefined || "kind" in item ? item?.kind : "envelope";
    },
    seqAt: (place) => seqs.at(place - forgotten),
    placeOf: (seq) => forgotten + countPassing(seqs.length(), (nth) => (seqs.at(nth) ?? 0) < seq),
    add(entry) {
      seqs.push(entry.seq);
      kept.push(entry);
      versions.push(0);
      letGo();
    },
    addApplied(seq, root, version) {
      seqs.push(seq);
      kept.push(root);
      versions.push(version);
      letGo();
    },
  };
}

function appliedTo(root: RootRecord, seq: number, version: number): EnvelopeEntry {
  const command = root.causes.get(seq) ?? null;
  // An envelope that is applied leads from the version before (wire.md 7).
  const base_version = version - 1;
  return { seq, kind: "envelope", outcome: "applied", root, channel: null, base_version, version, command };
}
