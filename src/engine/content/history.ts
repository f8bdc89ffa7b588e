import type { Change } from "./change";
import { type Content, createDraft, type Draft, EMPTY, shareDraft } from "./draft";

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

export type RevisionKind = "envelope" | "base" | "mount" | "assigns" | "presence";

/** The content at one moment, kept whole. It shares with its neighbours whatever did not change between them. */
export type KeyFrame = { readonly count: number; readonly content: Content };

/**
 * A content that changes, and everything that it has been: its revisions, each of which can be taken in both
 * directions, with key frames among them. A place in it is the number of revisions that led there.
 */
export type History = {
  /** The newest content, to be edited by whoever appends the revision that says what was edited. */
  readonly draft: Draft;
  readonly append: (revision: Revision) => void;
  /** How many revisions there were. */
  readonly count: () => number;
  /** How many of them, the oldest, have been let go: no place before this one can be reached. */
  readonly forgotten: () => number;
  /** The event of the last one that was let go: what was before it cannot be reached. 0 where none was. */
  readonly forgottenSeq: () => number;
  /** The revision that led to this place; undefined where there is none, or none any more. */
  readonly revisionTo: (count: number) => Revision | undefined;
  /** The place at which the content stood after event `seq`. */
  readonly countAt: (seq: number) => number;
  /** The key frames from which `count` is reached soonest: the last one that is not behind it, and the next. */
  readonly keyFramesAround: (count: number) => readonly KeyFrame[];
  /** How many changes lie before this place. */
  readonly changesBefore: (count: number) => number;
  /** The newest content, for good. */
  readonly now: () => Content;
};

/** Histories that share one memory: beyond it the largest lets its older half go. */
export type Archive = {
  readonly create: () => History;
};

/** How much text all histories of an engine may have come from, in characters. Their memory is about twice that. */
export const MAX_HISTORY_CHARS = 128 * 1024 * 1024;

/** A key frame is due after this many changes; later where the one before made much to be copied. */
const CHANGES_PER_KEY_FRAME = 512;
const COPIED_SLOTS_PER_CHANGE = 8;
const CHARS_PER_KEY_FRAME = 4 * 1024 * 1024;
/** What a revision and a change weigh beside the text they came from, in characters. */
const REVISION_CHARS = 64;
const CHANGE_CHARS = 64;

/** @param maxChars 0: nothing but the newest contents is kept */
export function createArchive(maxChars: number = MAX_HISTORY_CHARS): Archive {
  const histories: OwnHistory[] = [];
  let chars = 0;

  function grow(by: number): void {
    chars += by;
    while (chars > maxChars) {
      const largest = histories.reduce<OwnHistory | null>(
        (most, history) => (most === null || history.chars() > most.chars() ? history : most),
        null,
      );
      const freed = largest?.forgetHalf() ?? 0;
      if (freed === 0) return;
      chars -= freed;
    }
  }

  return {
    create() {
      const history = createHistory(maxChars > 0, grow);
      histories.push(history);
      return history;
    },
  };
}

type OwnHistory = History & { readonly chars: () => number; readonly forgetHalf: () => number };

function createHistory(isKept: boolean, grow: (chars: number) => void): OwnHistory {
  const draft = createDraft();
  let revisions: Revision[] = [];
  /** How many changes there were up to and with each revision. */
  let totals: number[] = [];
  let keyFrames: KeyFrame[] = [{ count: 0, content: EMPTY }];
  let forgotten = 0;
  let forgottenChanges = 0;
  let forgottenSeq = 0;
  let chars = 0;
  let changesSince = 0;
  let charsSince = 0;
  let copiedBefore = 0;
  let due = CHANGES_PER_KEY_FRAME;

  const count = (): number => forgotten + revisions.length;
  const changesBefore = (at: number): number => totals[at - forgotten - 1] ?? forgottenChanges;
  const weigh = ({ size, changes }: Revision): number =>
    size + REVISION_CHARS + changes.length * CHANGE_CHARS;

  function takeKeyFrame(): void {
    keyFrames.push({ count: count(), content: shareDraft(draft) });
    due = Math.max(CHANGES_PER_KEY_FRAME, (draft.copied - copiedBefore) / COPIED_SLOTS_PER_CHANGE);
    copiedBefore = draft.copied;
    changesSince = 0;
    charsSince = 0;
  }

  /** Lets go of what lies before the key frame in the middle. Returns how many characters that frees. */
  function forgetHalf(): number {
    if (revisions.length === 0) return 0;
    if (keyFrames.at(-1)?.count !== count()) takeKeyFrame();
    const first = keyFrames.find(({ count: at }) => at - forgotten >= revisions.length / 2);
    if (first === undefined) return 0;
    const dropped = first.count - forgotten;
    const freed = revisions.slice(0, dropped).reduce((sum, revision) => sum + weigh(revision), 0);
    forgottenChanges = changesBefore(first.count);
    forgottenSeq = revisions[dropped - 1]?.seq ?? forgottenSeq;
    revisions = revisions.slice(dropped);
    totals = totals.slice(dropped);
    keyFrames = keyFrames.filter((frame) => frame.count >= first.count);
    forgotten = first.count;
    chars -= freed;
    return freed;
  }

  return {
    draft,
    count,
    forgotten: () => forgotten,
    forgottenSeq: () => forgottenSeq,
    chars: () => chars,
    forgetHalf,
    changesBefore,
    append(revision) {
      const before = changesBefore(count());
      if (!isKept) {
        forgotten++;
        forgottenSeq = revision.seq;
        return;
      }
      revisions.push(revision);
      totals.push(before + revision.changes.length);
      changesSince += revision.changes.length;
      charsSince += revision.size;
      if (changesSince >= due || charsSince >= CHARS_PER_KEY_FRAME) takeKeyFrame();
      const weight = weigh(revision);
      chars += weight;
      grow(weight);
    },
    revisionTo: (at) => revisions[at - forgotten - 1],
    countAt: (seq) => forgotten + countUpTo(revisions, (revision) => revision.seq <= seq),
    keyFramesAround(at) {
      const before = countUpTo(keyFrames, (frame) => frame.count <= at);
      return keyFrames.slice(Math.max(before - 1, 0), before + 1);
    },
    now: () => shareDraft(draft),
  };
}

/** How many items at the beginning of a list pass a test that no later one passes. Found by halving. */
export function countUpTo<Item>(items: readonly Item[], passes: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && passes(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
