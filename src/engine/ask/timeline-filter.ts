import { assertNever } from "../../wire/assert-never";
import { failure, type Result, success } from "../../wire/result";
import { storeKey } from "../content/store-tree";
import type { TimelineEntry } from "../fold/timeline-entry";
import type { StoreId } from "../inspection";
import type { LiveRoot, RootKey } from "../live";
import { type Activities, createActivities, hasTouched } from "./activities";
import { hasWord, rootKeyOf, storeKeyOf } from "./timeline-words";

/** Which entries are asked for: those that meet all that is given. */
export type TimelineFilter = {
  /** Of a kind that there is not, there is no entry. */
  readonly kinds?: readonly string[];
  readonly root?: RootKey;
  readonly store_id?: StoreId;
  /** In the entry's words or its frame's text, in whatever case. */
  readonly text?: string;
  /** The same, as a regular expression. Of a frame's text only the first `MAX_REGEX_CHARS` are looked at. */
  readonly regex?: string;
  readonly from_seq?: number;
  readonly to_seq?: number;
};

/** Why a filter means nothing. */
export type TimelineFault =
  | { readonly reason: "bad_regex"; readonly why: string }
  | { readonly reason: "too_long"; readonly field: "text" | "regex"; readonly limit: number };

/** How long a text or an expression may be. */
export const MAX_PATTERN_CHARS = 1000;
/** An expression that a person types may take long: it is tried on no more of each text than this. */
export const MAX_REGEX_CHARS = 4000;
/** Words of which it is remembered whether they match: most entries have those of others. */
const MAX_REMEMBERED_WORDS = 10_000;

/** The text of an event's frame; null where it has none, or none any more. */
export type TextOf = (seq: number) => string | null;

/** The fault as a sentence for a person. */
export function describeTimelineFault(fault: TimelineFault): string {
  switch (fault.reason) {
    case "bad_regex":
      return `This is no regular expression: ${fault.why}.`;
    case "too_long": {
      const what = fault.field === "text" ? "text" : "regular expression";
      return `The ${what} is longer than the ${fault.limit} characters that can be looked for.`;
    }
    default:
      return assertNever(fault);
  }
}

/** Tells for one entry after the other, best in order, whether the filter asks for it. The range is not looked at. */
export function createMatcher(
  filter: TimelineFilter,
  textOf: TextOf,
  activities: Activities = createActivities(),
): Result<(entry: TimelineEntry) => boolean, TimelineFault> {
  const patterns = readPatterns(filter, textOf);
  if (!patterns.ok) return patterns;
  const kinds = filter.kinds === undefined ? null : new Set<string>(filter.kinds);
  const { root } = filter;
  const store = filter.store_id === undefined ? null : storeKey(filter.store_id);
  const tests = patterns.value;
  return success((entry) => {
    if (kinds !== null && !kinds.has(entry.kind)) return false;
    if (root !== undefined && !isRoot(rootKeyOf(entry), root)) return false;
    if (store !== null && !isInStore(entry, store, activities)) return false;
    for (const test of tests) if (!test(entry)) return false;
    return true;
  });
}

type Test = (entry: TimelineEntry) => boolean;

function readPatterns(
  { text = "", regex = "" }: TimelineFilter,
  textOf: TextOf,
): Result<readonly Test[], TimelineFault> {
  const tests: Test[] = [];
  for (const [field, pattern] of [
    ["text", text],
    ["regex", regex],
  ] as const) {
    if (pattern.length > MAX_PATTERN_CHARS) {
      return failure({ reason: "too_long", field, limit: MAX_PATTERN_CHARS });
    }
    if (pattern === "") continue;
    const isPlain = field === "text";
    try {
      const expression = new RegExp(isPlain ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : pattern, "i");
      tests.push(createTest(expression, isPlain ? Number.POSITIVE_INFINITY : MAX_REGEX_CHARS, textOf));
    } catch (error) {
      return failure({ reason: "bad_regex", why: error instanceof Error ? error.message : String(error) });
    }
  }
  return success(tests);
}

function createTest(expression: RegExp, maxChars: number, textOf: TextOf): Test {
  const remembered = new Map<string, boolean>();
  let lastSeq = 0;
  let lastMatched = false;
  let lastRoot: LiveRoot | null = null;
  let lastRootMatched = false;

  const matches = (text: string): boolean =>
    expression.test(text.length > maxChars ? text.slice(0, maxChars) : text);

  function matchesWord(word: string | null | undefined): boolean {
    if (word === null || word === undefined) return false;
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (remembered.size >= MAX_REMEMBERED_WORDS) remembered.clear();
    const found = matches(word);
    remembered.set(word, found);
    return found;
  }

  function matchesRoot(root: LiveRoot | null): boolean {
    if (root === null) return false;
    if (root !== lastRoot) {
      lastRoot = root;
      lastRootMatched = matchesWord(root.topic) || matchesWord(root.root_id);
    }
    return lastRootMatched;
  }

  function matchesText(seq: number): boolean {
    if (seq === lastSeq) return lastMatched;
    const text = textOf(seq);
    lastSeq = seq;
    lastMatched = text !== null && matches(text);
    return lastMatched;
  }

  // Most of the words stand in the text too, so that it is looked at first.
  return (entry) => matchesText(entry.seq) || hasWord(entry, matchesWord, matchesRoot);
}

function isRoot(key: RootKey | null, root: RootKey): boolean {
  if (key === null) return false;
  return key.root_id === root.root_id && key.topic === root.topic && key.connection === root.connection;
}

function isInStore(entry: TimelineEntry, store: string, activities: Activities): boolean {
  if (entry.kind !== "envelope") return storeKeyOf(entry) === store;
  return (
    entry.outcome === "applied" && entry.root !== null && hasTouched(activities, entry.root, entry.seq, store)
  );
}
