import { type Content, createDraft, resetDraft, shareDraft } from "./draft";
import type { History } from "./history";

/**
 * A place in a history that can be moved, at a cost proportional to the changes between it, or a key frame, and where
 * it is moved to. Any number of cursors move in one history without touching one another.
 */
export type Cursor = {
  /** The content after event `seq`; `"truncated"` where that much of the history has been let go. */
  readonly seek: (seq: number) => Content | "truncated";
  /** The content at a place: after `count` revisions. */
  readonly moveTo: (count: number) => Content | "truncated";
  /** Where it is. */
  readonly count: () => number;
};

export function createCursor(history: History): Cursor {
  const draft = createDraft();
  let place = 0;

  function startNear(count: number): void {
    const cost = (from: number): number =>
      from < history.forgotten()
        ? Number.POSITIVE_INFINITY
        : Math.abs(history.changesBefore(from) - history.changesBefore(count));
    let least = cost(place);
    for (const frame of history.keyFramesAround(count)) {
      const own = cost(frame.count);
      if (own >= least) continue;
      least = own;
      resetDraft(draft, frame.content);
      place = frame.count;
    }
  }

  function moveTo(count: number): Content | "truncated" {
    if (count < history.forgotten() || count > history.count()) return "truncated";
    if (count === history.count()) {
      // The newest content is at hand, and nothing has to be moved.
      resetDraft(draft, history.now());
      place = count;
      return shareDraft(draft);
    }
    startNear(count);
    history.replay(draft, place, count);
    place = count;
    return shareDraft(draft);
  }

  return {
    moveTo,
    seek: (seq) => (seq < history.forgottenSeq() ? "truncated" : moveTo(history.countAt(seq))),
    count: () => place,
  };
}
