import { type Change, redoChange, undoChange } from "./change";
import type { ChangeLog } from "./change-log";
import type { Draft } from "./draft";
import type { PatchObserver } from "./patch-observer";

/** Makes a change that is known to fit, and notes it. */
export function makeChange(draft: Draft, change: Change, log: ChangeLog): void {
  redoChange(draft, change);
  log.add(change.area, change.op, change.path, change.left, change.entered);
}

/**
 * Takes back the changes from `mark` on, the last one first, and forgets them: the draft may own what they refer to, so
 * that they mean nothing after this. Whoever keeps changes shares the draft before taking them back.
 */
export function undoChanges(
  draft: Draft,
  log: ChangeLog,
  mark: number,
  observer: PatchObserver | null = null,
): void {
  for (let place = log.length() - 1; place >= mark; place--) {
    const change = log.at(place);
    undoChange(draft, change, change.area === "state" ? observer : null);
  }
  log.cut(mark);
}
