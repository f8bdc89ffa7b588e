import { isObject, isStrings } from "../../bridge/guard";
import { isRootKey, type RootKey } from "../../bridge/root-key";
import type { TimelineChoice } from "../../bridge/timeline-view";
import type { TimelineKind } from "../../engine/fold/timeline-entry";
import { isKind, KINDS } from "./timeline-kind";

/** What a person has chosen to see of the timeline. */
export type TimelineFilter = {
  /** Kinds that are left out. */
  readonly hidden: readonly TimelineKind[];
  readonly root: RootKey | null;
  /** A store of that root; null: all of it. */
  readonly store_id: readonly string[] | null;
  readonly text: string;
  readonly isRegex: boolean;
};

/** What shows until somebody chooses: heartbeats say little, and come for ever. */
export const FIRST_FILTER: TimelineFilter = {
  ...{ hidden: ["heartbeat"], root: null, store_id: null, text: "", isRegex: false },
};

export const EVERYTHING: TimelineFilter = { ...FIRST_FILTER, hidden: [] };

/** What the host is asked for. */
export function choiceOf({ hidden, root, store_id, text, isRegex }: TimelineFilter): TimelineChoice {
  return {
    kinds: hidden.length === 0 ? null : KINDS.filter((kind) => !hidden.includes(kind)),
    ...{ root, store_id, isRegex },
    // Spaces may mean something in an expression, and hardly ever do around a word.
    text: isRegex ? text : text.trim(),
  };
}

/** Whether anything is left out that a first look would show. */
export function isFiltering({ hidden, root, text }: TimelineFilter): boolean {
  return root !== null || text !== "" || hidden.some((kind) => !FIRST_FILTER.hidden.includes(kind));
}

/** A kind goes, or comes back. */
export function toggleKind(filter: TimelineFilter, kind: TimelineKind): TimelineFilter {
  const hidden = filter.hidden.includes(kind)
    ? filter.hidden.filter((other) => other !== kind)
    : [...filter.hidden, kind];
  return { ...filter, hidden };
}

/** A filter that was kept, which may be anything by now: what is no filter is the first one. */
export function readFilter(kept: unknown): TimelineFilter {
  if (!isObject(kept)) return FIRST_FILTER;
  const { hidden, root, store_id, text, isRegex } = kept;
  const isChoice = typeof text === "string" && typeof isRegex === "boolean" && Array.isArray(hidden);
  if (!isChoice) return FIRST_FILTER;
  const whole = isRootKey(root) ? root : null;
  return {
    ...{ hidden: hidden.filter(isKind), root: whole, text, isRegex },
    store_id: whole !== null && isStrings(store_id) ? store_id : null,
  };
}
