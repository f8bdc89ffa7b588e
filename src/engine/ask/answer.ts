import type { Inspection } from "../inspection";
import type { LensNote } from "../live";
import type { AssignsTold } from "./assigns";
import type { Comparison } from "./comparison";
import type { ContentDiff } from "./diff";
import type { StorePart, StreamPart, UploadPart } from "./parts";
import type { QuestionFault } from "./question-guard";
import type { SearchHit } from "./search";
import type { StoreChange, StoreChanges } from "./store-changes";
import type { Telling } from "./telling";
import type { QueryFault } from "./text-match";
import type { TimelinePage } from "./timeline";
import type { TimelineFault } from "./timeline-filter";
import type { RootTotals, StoreTotals } from "./totals";
import type { ValueHistory, WrittenValue } from "./value-history";

/** What a question of the same kind is answered, or why it is not. Nothing in it ever changes. */
export type Answer =
  | { readonly kind: "inspect"; readonly document: Inspection }
  | ({ readonly kind: "timeline" } & TimelinePage)
  | { readonly kind: "store"; readonly store: StorePart }
  | { readonly kind: "stream"; readonly stream: StreamPart }
  | { readonly kind: "upload"; readonly upload: UploadPart }
  | ({ readonly kind: "assigns" } & AssignsTold)
  | ({ readonly kind: "changes"; readonly changes: readonly ToldChange[] } & Omit<StoreChanges, "changes">)
  | { readonly kind: "diff"; readonly diff: ContentDiff }
  | ({ readonly kind: "compare" } & Comparison)
  | ({ readonly kind: "history"; readonly values: readonly ToldValue[] } & Omit<ValueHistory, "values">)
  /** `written` is null where the value was never there. */
  | { readonly kind: "blame"; readonly written: ToldValue | null }
  | { readonly kind: "search"; readonly hits: readonly RootHit[]; readonly more: boolean }
  | { readonly kind: "totals"; readonly root: RootTotals; readonly stores: readonly StoreTotals[] }
  | Refused;

/** A change of a store, and where the server told of its assigns, what it said of why they changed (lens.md). */
export type ToldChange = StoreChange & Telling & { readonly lens: LensNote | null };

/** A value, and when and by which command it was written. */
export type ToldValue = WrittenValue & Telling;

/** A hit of a search, and the root in which it is. */
export type RootHit = SearchHit & {
  readonly connection: number;
  readonly topic: string;
  readonly root_id: string;
};

/** Why a question is not answered. `message` is a sentence for a person. */
export type Refused = {
  readonly kind: "refused";
  readonly reason:
    | "no_such_root"
    | "nothing_there"
    | "no_such_event"
    | "truncated"
    | QueryFault["reason"]
    | QuestionFault["reason"]
    | TimelineFault["reason"];
  readonly message: string;
};
