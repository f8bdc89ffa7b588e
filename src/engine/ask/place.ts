import { createCursor } from "../content/cursor";
import type { Content } from "../content/draft";
import type { History } from "../content/history";
import type { LiveRoot } from "../live";

/** The content of a root after event `seq`; `"truncated"` where that much of its history has been let go. */
export function contentAt({ history }: Pick<LiveRoot, "history">, seq: number): Content | "truncated" {
  return createCursor(history).seek(seq);
}

/** A version that a root held: versions count anew with each epoch (wire.md 12). */
export type RootVersion = { readonly epoch: number; readonly version: number };

/**
 * The place of a history at which the root came to hold a version, the newest one where it did so several times.
 * `"truncated"` where it may have been let go or folded away, null where the root never held it.
 */
export function placeOfVersion(
  history: History,
  { epoch, version }: RootVersion,
): number | "truncated" | null {
  const forgotten = history.forgotten();
  let isFolded = forgotten > 0;
  for (let place = history.count(); place > forgotten; place--) {
    const revision = history.headTo(place);
    // What came before a base was folded into it.
    if (revision?.kind === "base") isFolded = true;
    const holds = revision?.kind === "envelope" || revision?.kind === "base";
    if (holds && revision.epoch === epoch && revision.version === version) return place;
  }
  return isFolded ? "truncated" : null;
}
