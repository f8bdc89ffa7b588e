import { computed, type ReadonlySignal } from "@preact/signals";
import { createAsk } from "./ask";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { type Delay, delay as later } from "./schedule";
import { findNames } from "./search-names";
import { type SearchGroup, type SearchResult, toEntry, toValues } from "./search-result";
import { createWatch } from "./watch";

/** Looks for a text in everything that the session holds. */
export type Search = {
  /** Group by group; of each at most so many, `more` telling of the rest. */
  readonly groups: ReadonlySignal<readonly FoundGroup[]>;
  /** Not everything has been looked at yet. */
  readonly isSearching: ReadonlySignal<boolean>;
};

export type FoundGroup = {
  readonly group: SearchGroup;
  readonly results: readonly SearchResult[];
  readonly more: boolean;
};

/** What is shorter is found everywhere. */
export const MIN_SEARCHED_CHARS = 2;
/** How long nothing must be typed before the host is asked. */
const TYPING_MS = 150;
const MAX_RESULTS = 50;

/** The kinds of entries that are told by words of an app. */
const KINDS = ["command", "event", "push", "channel", "mount", "problem"] as const;

/** @param text what is searched for; empty: nothing is asked */
export function createSearch(
  { link, overview, lifetime }: Pick<Deps, "link" | "overview" | "lifetime">,
  text: ReadonlySignal<string>,
  delay: Delay = later,
): Search {
  const values = createAsk(link, lifetime);
  const entries = createWatch(link, "timeline", lifetime);
  const wanted = computed(() => {
    const typed = text.value.trim();
    return typed.length < MIN_SEARCHED_CHARS ? "" : typed;
  });
  let cancel: (() => void) | null = null;

  effectUntil(lifetime, () => {
    const typed = wanted.value;
    cancel?.();
    // What another text found is forgotten at once.
    values.ask(null);
    entries.ask(null);
    cancel = typed === "" ? null : delay(() => ask(typed), TYPING_MS);
  });
  lifetime.addEventListener("abort", () => cancel?.(), { once: true });

  function ask(typed: string): void {
    values.ask({ kind: "search", query: { kind: "text", text: typed } });
    entries.ask({
      ...{ kind: "timeline", from: "end", count: MAX_RESULTS, locate: null },
      choice: { kinds: KINDS, root: null, store_id: null, text: typed, isRegex: false },
    });
  }

  const names = computed(() => (wanted.value === "" ? [] : findNames(overview.value, wanted.value)));
  const hits = computed(() => {
    const answer = values.told.value?.answer;
    return answer?.kind === "search" ? toValues(answer.hits) : [];
  });
  const lines = computed(() => (entries.view.value?.rows ?? []).map(toEntry).toReversed());

  return {
    groups: computed(() =>
      [
        groupOf("names", names.value, false),
        groupOf("values", hits.value, hasMore(values.told.value?.answer)),
        groupOf("entries", lines.value, (entries.view.value?.total ?? 0) > lines.value.length),
      ].filter(({ results }) => results.length > 0),
    ),
    isSearching: computed(
      () =>
        wanted.value !== "" &&
        (values.told.value === null || entries.view.value === null || entries.view.value.left > 0),
    ),
  };
}

function hasMore(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "more" in answer && answer.more === true;
}

function groupOf(group: SearchGroup, found: readonly SearchResult[], more: boolean): FoundGroup {
  return { group, results: found.slice(0, MAX_RESULTS), more: more || found.length > MAX_RESULTS };
}
