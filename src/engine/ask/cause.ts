import type { Revision, RevisionHead } from "../content/revision";
import type { CommandDocument } from "../inspection";

/** Which command each envelope is attributed to, by their events (session-format.md, Commands). */
export type Causes = ReadonlyMap<number, number>;

/** The causes that the commands of a session tell of. */
export function causesOf(commands: readonly CommandDocument[]): Causes {
  const causes = new Map<number, number>();
  for (const { seq, patch_seqs } of commands) for (const patch of patch_seqs) causes.set(patch, seq);
  return causes;
}

/** Who wrote something, and when: a revision without its changes. */
export type Writing = Pick<Revision, "seq" | "epoch" | "version" | "kind"> & {
  /** The event of the command that it is attributed to. */
  readonly command: number | null;
};

/** The writing that a revision was. */
export function writingOf({ seq, epoch, version, kind }: Writing | RevisionHead, causes: Causes): Writing {
  return { seq, epoch, version, kind, command: causes.get(seq) ?? null };
}
