import { type Change, redoChange, undoChange } from "./change";
import { type ChangeLog, createChangeLog } from "./change-log";
import { countPassing } from "./count-passing";
import { type Content, createDraft, type Draft, EMPTY, shareDraft } from "./draft";
import { createRevisionColumns, type Revision, type RevisionHead } from "./revision";

/** The content at one moment, kept whole. It shares with its neighbours whatever did not change between them. */
type KeyFrame = { readonly count: number; readonly content: Content };

/**
 * A content that changes, and everything that it has been: its revisions, each of which can be taken in both
 * directions, with key frames among them. A place in it is the number of revisions that led there.
 */
export type History = {
  /** The newest content, to be edited by whoever appends the revision that says what was edited. */
  readonly draft: Draft;
  /** Where the changes to the draft are logged. */
  readonly log: ChangeLog;
  /** Ends a revision: the changes that were logged since the one before are its own. */
  readonly append: (revision: RevisionHead) => void;
  /** How many revisions there were. */
  readonly count: () => number;
  /** How many of them, the oldest, have been let go: no place before this one can be reached. */
  readonly forgotten: () => number;
  /** The event of the last one that was let go: what was before it cannot be reached. 0 where none was. */
  readonly forgottenSeq: () => number;
  /** The same without its changes, at less cost; that of the last one that was let go, too. */
  readonly headTo: (count: number) => RevisionHead | undefined;
  /** Its changes alone, at less cost too; none where there is no such revision any more. */
  readonly changesTo: (count: number) => readonly Change[];
  /** The revision that led to this place; undefined where there is none, or none any more. */
  readonly revisionTo: (count: number) => Revision | undefined;
  /** The event of the last envelope that led to this place, let go or not; null where there was none. */
  readonly envelopeTo: (count: number) => number | null;
  /** The place at which the content stood after event `seq`. */
  readonly countAt: (seq: number) => number;
  /** Takes a draft that is at one place to another, change by change. Both have to be kept. */
  readonly replay: (draft: Draft, from: number, to: number) => void;
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
const CHANGES_PER_KEY_FRAME = 8192;
const COPIED_SLOTS_PER_CHANGE = 4;
const CHARS_PER_KEY_FRAME = 4 * 1024 * 1024;
const KEY_FRAMES_AT_LEAST = 16;
/** What a revision and a change weigh beside the text they came from, in characters. */
const REVISION_CHARS = 64;
const CHANGE_CHARS = 64;

/** @param maxChars 0: nothing but the newest contents is kept */
export function createArchive(maxChars: number = MAX_HISTORY_CHARS): Archive {
  const histories: OwnHistory[] = [];
  const shelf: Shelf = { maxChars, chars: 0, letGo };

  function letGo(): void {
    while (shelf.chars > maxChars) {
      const [first, ...rest] = histories;
      if (first === undefined) return;
      const largest = rest.reduce(
        (most, history) => (history.chars() > most.chars() ? history : most),
        first,
      );
      const freed = largest.forgetHalf();
      if (freed === 0) return;
      shelf.chars -= freed;
    }
  }

  return {
    create() {
      const history = createHistory(shelf);
      histories.push(history);
      return history;
    },
  };
}

/** What the histories of an archive have in common: how much they hold together. */
type Shelf = { readonly maxChars: number; chars: number; readonly letGo: () => void };

type OwnHistory = History & { readonly chars: () => number; readonly forgetHalf: () => number };

function createHistory(shelf: Shelf): OwnHistory {
  // A small memory needs its key frames closer, so that something is left when half of it goes.
  const charsPerKeyFrame = Math.min(CHARS_PER_KEY_FRAME, shelf.maxChars / KEY_FRAMES_AT_LEAST);
  const draft = createDraft();
  const log = createChangeLog();
  const rows = createRevisionColumns();
  let keyFrames: KeyFrame[] = [{ count: 0, content: EMPTY }];
  let forgotten = 0;
  let forgottenChanges = 0;
  /** The last revision that was let go. */
  let forgottenHead: RevisionHead | undefined;
  let chars = 0;
  let charsSince = 0;
  /** How many changes there were in all when the last key frame was taken, and how many slots had been copied. */
  let changesAtKeyFrame = 0;
  let copiedAtKeyFrame = 0;
  let due = CHANGES_PER_KEY_FRAME;
  /** How many changes there were with the newest revision. */
  let lastTotal = 0;

  const count = (): number => forgotten + rows.length();
  const changesBefore = (at: number): number => {
    return at === forgotten ? forgottenChanges : (rows.endAt(at - forgotten - 1) ?? forgottenChanges);
  };

  function takeKeyFrame(total: number): void {
    keyFrames.push({ count: count(), content: shareDraft(draft) });
    due = Math.max(CHANGES_PER_KEY_FRAME, (draft.copied - copiedAtKeyFrame) / COPIED_SLOTS_PER_CHANGE);
    copiedAtKeyFrame = draft.copied;
    changesAtKeyFrame = total;
    charsSince = 0;
  }

  /** Lets go of what lies before the key frame in the middle. Returns how many characters that frees. */
  function forgetHalf(): number {
    if (rows.length() === 0) return 0;
    const middle = rows.length() / 2;
    if (!keyFrames.some(({ count: at }) => at - forgotten >= middle)) takeKeyFrame(changesBefore(count()));
    const first = keyFrames.find(({ count: at }) => at - forgotten >= middle);
    if (first === undefined) return 0;
    const dropped = first.count - forgotten;
    const ended = changesBefore(first.count);
    const freed =
      rows.sizesOf(dropped) + dropped * REVISION_CHARS + (ended - forgottenChanges) * CHANGE_CHARS;
    forgottenHead = rows.at(dropped - 1) ?? forgottenHead;
    log.forget(ended - forgottenChanges);
    forgottenChanges = ended;
    rows.forget(dropped);
    keyFrames = keyFrames.filter((frame) => frame.count >= first.count);
    forgotten = first.count;
    chars -= freed;
    return freed;
  }

  function changesTo(at: number): readonly Change[] {
    if (at <= forgotten || at > count()) return [];
    return log.slice(changesBefore(at - 1) - forgottenChanges, changesBefore(at) - forgottenChanges);
  }

  function revisionTo(at: number): Revision | undefined {
    const row = rows.at(at - forgotten - 1);
    if (row === undefined) return undefined;
    return {
      ...row,
      get changes() {
        return changesTo(at);
      },
    };
  }

  function replay(moved: Draft, from: number, to: number): void {
    const [start, end] = [changesBefore(from) - forgottenChanges, changesBefore(to) - forgottenChanges];
    for (let place = start; place < end; place++) redoChange(moved, log.at(place));
    for (let place = start - 1; place >= end; place--) undoChange(moved, log.at(place));
  }

  return {
    draft,
    log,
    replay,
    count,
    forgotten: () => forgotten,
    forgottenSeq: () => forgottenHead?.seq ?? 0,
    headTo: (at) => (at === forgotten ? forgottenHead : rows.at(at - forgotten - 1)),
    envelopeTo: (at) => rows.envelopeAt(at - forgotten - 1),
    chars: () => chars,
    forgetHalf,
    changesBefore,
    append(revision) {
      if (shelf.maxChars === 0) {
        forgotten++;
        forgottenHead = revision;
        log.cut(0);
        return;
      }
      const total = forgottenChanges + log.length();
      const weight = revision.size + REVISION_CHARS + (total - lastTotal) * CHANGE_CHARS;
      lastTotal = total;
      rows.add(revision, total);
      charsSince += weight;
      if (total - changesAtKeyFrame >= due || charsSince >= charsPerKeyFrame) takeKeyFrame(total);
      chars += weight;
      shelf.chars += weight;
      if (shelf.chars > shelf.maxChars) shelf.letGo();
    },
    changesTo,
    revisionTo,
    countAt: (seq) => forgotten + countPassing(rows.length(), (place) => (rows.seqAt(place) ?? 0) <= seq),
    keyFramesAround(at) {
      const before = countPassing(keyFrames.length, (place) => (keyFrames[place]?.count ?? 0) <= at);
      return keyFrames.slice(Math.max(before - 1, 0), before + 1);
    },
    now: () => shareDraft(draft),
  };
}
