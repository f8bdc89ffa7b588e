import type { TimelineKind } from "../fold/timeline-entry";
import type { StoreId } from "../inspection";
import type { RootVersion } from "./place";
import type { TextQuery } from "./text-match";
import type { ValueTarget } from "./value-target";

/**
 * Everything that can be asked of a session that was folded, as data: a panel's, a script's and a test's questions are
 * the same. `seq` is the event after which something is asked for; absent means the newest.
 */
export type Question =
  /** The inspection document (session-format.md). */
  | { readonly kind: "inspect"; readonly seq?: number }
  /** What happened, entry by entry: a window of what meets all that is given. */
  | ({
      readonly kind: "timeline";
      readonly kinds?: readonly TimelineKind[];
      readonly root?: RootName;
      readonly store_id?: StoreId;
      readonly text?: string;
      readonly regex?: string;
      /** Counted from 0 among the entries that match; `"end"`, or absent: the last ones. */
      readonly from?: number | "end";
      readonly count?: number;
    } & EventRange)
  /** One store with its streams, uploads and assigns. */
  | { readonly kind: "store"; readonly root: RootName; readonly store_id: StoreId; readonly seq?: number }
  | AttachmentQuestion<"stream">
  | AttachmentQuestion<"upload">
  /** What the server shows of a store's assigns, and why they changed (lens.md). */
  | { readonly kind: "assigns"; readonly root: RootName; readonly store_id: StoreId; readonly seq?: number }
  /** What happened to one store, from one event to another, both included: a window of it. */
  | ({
      readonly kind: "changes";
      readonly root: RootName;
      readonly store_id: StoreId;
      /** Counted from 0, the oldest; `"end"`, or absent: the last ones. */
      readonly from?: number | "end";
      readonly count?: number;
    } & EventRange)
  /** The same between two versions: what came after the first of them, up to and with the second. */
  | ({ readonly kind: "changes_between"; readonly store_id: StoreId } & VersionRange)
  /** What leads from one version of a root to another. */
  | ({ readonly kind: "diff_versions" } & VersionRange)
  /** What leads from a root's content after one event to the one after another. */
  | { readonly kind: "diff"; readonly root: RootName; readonly from_seq: number; readonly to_seq?: number }
  /** The same, told by the stores, wherever they stand. */
  | { readonly kind: "compare"; readonly root: RootName; readonly from_seq: number; readonly to_seq?: number }
  /** A value and all that it was before, or so many of them, each with the revision that wrote it. */
  | {
      readonly kind: "history";
      readonly root: RootName;
      readonly target: ValueTarget;
      readonly seq?: number;
      readonly count?: number;
    }
  /** The revision that last wrote a value. */
  | { readonly kind: "blame"; readonly root: RootName; readonly target: ValueTarget; readonly seq?: number }
  /** Keys and values of one root, or of all that are there. */
  | {
      readonly kind: "search";
      readonly query: TextQuery;
      readonly root?: RootName;
      readonly seq?: number;
    }
  /** What a root and each of its stores amount to. */
  | { readonly kind: "totals"; readonly root: RootName };

export type QuestionKind = Question["kind"];

/** One stream, or one upload, of a store. */
type AttachmentQuestion<Kind> = {
  readonly kind: Kind;
  readonly root: RootName;
  readonly store_id: StoreId;
  readonly name: string;
  readonly seq?: number;
};

type VersionRange = { readonly root: RootName; readonly from: RootVersion; readonly to: RootVersion };

type EventRange = { readonly from_seq?: number; readonly to_seq?: number };

/** A root by its id; where several have it, by connection and topic too. The first one that fits is meant. */
export type RootName = {
  readonly root_id: string;
  readonly connection?: number;
  readonly topic?: string;
};
