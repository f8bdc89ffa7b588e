import type { Revision, RevisionHead } from "../content/revision";
import type { LiveRoot } from "../live";

/** Which command each envelope of a root is attributed to, by its event (session-format.md, Commands). */
export type Causes = LiveRoot["causes"];

/** Who wrote something, and when: a revision without its changes. */
export type Writing = Pick<Revision, "seq" | "epoch" | "version" | "kind"> & {
  /** The event of the command that it is attributed to. */
  readonly command: number | null;
};

/** The writing that a revision was. */
export function writingOf({ seq, epoch, version, kind }: Writing | RevisionHead, causes: Causes): Writing {
  return { seq, epoch, version, kind, command: causes.get(seq)?.seq ?? null };
}
