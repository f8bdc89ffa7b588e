import type { EventView } from "./event-view";
import type { RootKey } from "./root-key";
import type { Window } from "./window";

/** Which entries of the timeline are wanted: those that meet all that is given. */
export type TimelineChoice = {
  /** Null: of every kind. */
  readonly kinds: readonly string[] | null;
  readonly root: RootKey | null;
  readonly store_id: readonly string[] | null;
  /** In the entry's words or its frame's text, in whatever case. */
  readonly text: string;
  readonly isRegex: boolean;
};

export type TimelineQuery = {
  readonly kind: "timeline";
  readonly choice: TimelineChoice;
  /** Tell the row of this event's first entry that meets the choice. */
  readonly locate: number | null;
} & Window;

export type TimelineView = {
  readonly kind: "timeline";
  /** Row number of the first of `rows`. */
  readonly from: number;
  /** Entries that meet the choice, of those that were looked at. */
  readonly total: number;
  readonly rows: readonly TimelineLine[];
  /** How many of the oldest entries of the session have been let go. */
  readonly forgotten: number;
  readonly located: number | null;
  /**
   * Entries that were not looked at yet: a choice among many is worked off in slices, from the newest on back. While
   * there are any, rows are added before the others too, and their numbers grow.
   */
  readonly left: number;
  /** Why the choice means nothing, as a sentence; null: it does mean something. */
  readonly fault: string | null;
};

export type TimelineLine = {
  /** The entry's place among all entries of the session: no other has it, and it stays. */
  readonly place: number;
  readonly seq: number;
  readonly t: number;
  readonly kind: string;
  readonly root: RootKey | null;
  readonly store_id: readonly string[] | null;
  readonly summary: string;
  /** Characters of the frame. */
  readonly size: number;
  readonly by: "page" | "devtools";
  /** An envelope's command, which is a guess where `confidence` says so. */
  readonly command: number | null;
  readonly confidence: string | null;
};

/** One event, and what it has to do with others. */
export type EntryQuery = { readonly kind: "entry"; readonly seq: number };

export type EntryView = {
  readonly kind: "entry";
  readonly seq: number;
  readonly event: EventView;
  /** One event may have several entries. */
  readonly entries: readonly TimelineLine[];
  readonly links: CauseLinks;
  /**
   * What an applied envelope changed: the engine's answer to a `diff`, its values cut where they are long, and `more`
   * where any is; null: it is none.
   */
  readonly diff: unknown;
};

/** All that is on one chain of cause, whichever of its links is asked: at most `MAX_LINKS` of each. */
export type CauseLinks = {
  readonly command: Linked | null;
  readonly reply: Linked | null;
  readonly envelopes: readonly Linked[];
  readonly events: readonly Linked[];
  readonly confidence: string | null;
};

export type Linked = { readonly seq: number; readonly t: number; readonly summary: string };

export const MAX_LINKS = 100;

/** How many entries of each kind there were, over time. */
export type RatesQuery = {
  readonly kind: "rates";
  /** In milliseconds of the session. */
  readonly from_t: number;
  readonly to_t: number | "end";
  /** The most counts of each kind that are wanted. */
  readonly buckets: number;
};

export type RatesView = {
  readonly kind: "rates";
  /** What is counted, up to but not with `to_t`: a little more than was asked for, so that it divides evenly. */
  readonly from_t: number;
  readonly to_t: number;
  /** When the session's first and newest events came. */
  readonly first_t: number;
  readonly newest_t: number;
  /** The kinds that there have been so far. All have as many counts, which divide the time evenly. */
  readonly kinds: readonly { readonly kind: string; readonly counts: readonly number[] }[];
  /** What else to look at: problems, gaps, the page's life. At most `MAX_MARKS`. */
  readonly marks: readonly { readonly t: number; readonly seq: number; readonly kind: string }[];
};

export const MAX_BUCKETS = 2_000;
export const MAX_MARKS = 500;
