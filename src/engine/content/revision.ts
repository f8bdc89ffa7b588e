import type { Change } from "./change";
import { createColumn } from "./column";
import { createNumberColumn } from "./number-column";

/** What took a content from one moment to the next: an envelope, or whatever else the `kind` says. */
export type Revision = {
  /** The event that brought it. */
  readonly seq: number;
  readonly kind: RevisionKind;
  readonly epoch: number;
  /** The version that the root held from then on; 0 where versions mean nothing. */
  readonly version: number;
  /** Characters of the frame's text. */
  readonly size: number;
  readonly changes: readonly Change[];
};

type RevisionKind = "envelope" | "base" | "mount" | "assigns" | "presence";

/** What is known of a revision without its changes. */
export type RevisionHead = Omit<Revision, "changes">;

/** Revisions in columns: there may be hundreds of thousands of them. */
type RevisionColumns = {
  readonly length: () => number;
  readonly add: (row: RevisionHead, end: number) => void;
  readonly at: (place: number) => RevisionHead | undefined;
  readonly seqAt: (place: number) => number | undefined;
  /** The event of the last envelope up to and with the one at this place, let go or not; null where there was none. */
  readonly envelopeAt: (place: number) => number | null;
  /** How many changes there were up to and with the one at this place. */
  readonly endAt: (place: number) => number | undefined;
  /** The sizes of the first ones, in all. */
  readonly sizesOf: (count: number) => number;
  /** Forgets the first ones. */
  readonly forget: (count: number) => void;
};

export function createRevisionColumns(): RevisionColumns {
  const seqs = createNumberColumn();
  const ends = createNumberColumn();
  const eras = createColumn<Era>();
  let era: Era = { kind: "envelope", epoch: 0 };
  const versions = createNumberColumn();
  const sizes = createNumberColumn();
  /** Of each, the event of the last envelope by then; 0: none. */
  const envelopes = createNumberColumn();
  let newestEnvelope = 0;
  let forgottenEnvelope = 0;
  return {
    length: seqs.length,
    add({ seq, kind, epoch, version, size }, end) {
      seqs.push(seq);
      ends.push(end);
      if (era.kind !== kind || era.epoch !== epoch) era = { kind, epoch };
      eras.push(era);
      versions.push(version);
      sizes.push(size);
      if (kind === "envelope") newestEnvelope = seq;
      envelopes.push(newestEnvelope);
    },
    at(place) {
      const [seq, own] = [seqs.at(place), eras.at(place)];
      const [version, size] = [versions.at(place), sizes.at(place)];
      if (seq === undefined || own === undefined || version === undefined || size === undefined) {
        return undefined;
      }
      return { seq, kind: own.kind, epoch: own.epoch, version, size };
    },
    seqAt: seqs.at,
    envelopeAt: (place) => (place < 0 ? forgottenEnvelope : envelopes.at(place)) || null,
    endAt: ends.at,
    sizesOf(count) {
      let sum = 0;
      for (let place = 0; place < count; place++) sum += sizes.at(place) ?? 0;
      return sum;
    },
    forget(count) {
      forgottenEnvelope = envelopes.at(count - 1) ?? forgottenEnvelope;
      for (const column of [seqs, ends, versions, sizes, envelopes]) column.forget(count);
      eras.forget(count);
    },
  };
}

/** What most revisions share with the one before them: one object stands for all of them. */
type Era = Pick<Revision, "kind" | "epoch">;
