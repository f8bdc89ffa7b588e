import { fieldIn, isJsonArray, isJsonObject, type Json } from "../../wire/json";
import { type Result, success } from "../../wire/result";
import type { Content } from "../content/draft";
import { storeIdOf } from "../content/store-tree";
import type { StoreId } from "../inspection";
import { readStoreKey } from "./store-node";
import {
  createTextMatch,
  previewAround,
  type QueryFault,
  type TextMatch,
  type TextQuery,
} from "./text-match";
import { formatWay, type Way } from "./way";

/** Where a query was found. */
export type SearchHit = {
  readonly area: SearchArea;
  /** The store that it belongs to; null outside all stores. */
  readonly store_id: StoreId | null;
  /** The stream or upload; null in the others. */
  readonly name: string | null;
  /** The item of a stream; null in the others. */
  readonly item_key: string | null;
  /** From the store's node, the item, the upload, or what the server showed of the store (`/assigns/..`). */
  readonly path: string;
  readonly kind: "key" | "value";
  /** The text that matched, around the match. */
  readonly preview: string;
};

type SearchArea = "state" | "streams" | "uploads" | "assigns";

type SearchFound = {
  /** In document order, area by area. */
  readonly hits: readonly SearchHit[];
  /** Whether the search ended before the content did, so that there may be more. */
  readonly more: boolean;
};

/** How many hits a search gives, and how many keys and values it looks at. */
export const MAX_SEARCH_HITS = 500;
const MAX_SEARCHED = 2_000_000;

/** A search that is worked off bit by bit, in a content that stays as it is. */
export type ContentSearch = {
  /** Looks at up to so many more keys and values. */
  readonly extend: (most: number) => void;
  /** 0 when it has come to its end; else it is not known how much more there is. */
  readonly left: () => number;
  readonly found: () => SearchFound;
};

/** All that a search finds in a content. */
export function searchContent(
  content: Content,
  query: TextQuery,
  most: number = MAX_SEARCH_HITS,
): Result<SearchFound, QueryFault> {
  const match = createTextMatch(query);
  if (!match.ok) return match;
  const search = createContentSearch(content, match.value, most);
  search.extend(Number.POSITIVE_INFINITY);
  return success(search.found());
}

type Scope = Pick<SearchHit, "area" | "store_id" | "name" | "item_key">;

/** A place that is still to be looked at: its key, where it has one, then its value, then what is inside. */
type Pending = {
  readonly scope: Scope;
  readonly key: string | null;
  readonly value: Json | undefined;
  readonly way: Way | null;
};

/**
 * Searches the keys and the values of a content: what strings say, and how other scalars are written. The names of
 * streams and uploads and the keys of items are keys too. It has looked at nothing yet.
 */
export function createContentSearch(
  content: Content,
  match: TextMatch,
  most: number = MAX_SEARCH_HITS,
): ContentSearch {
  const hits: SearchHit[] = [];
  const pending = startingPoints(content).toReversed();
  let looked = 0;

  const isCut = (): boolean => hits.length > most || looked >= MAX_SEARCHED;
  const left = (): number => (isCut() ? 0 : pending.length);

  function look(next: Pending): void {
    looked++;
    for (const kind of ["key", "value"] as const) {
      const text = kind === "key" ? next.key : textOf(next.value);
      const index = text === null ? null : match(text);
      if (text === null || index === null) continue;
      hits.push({ ...next.scope, path: formatWay(next.way), kind, preview: previewAround(text, index) });
    }
    const inner = insideOf(next);
    for (let at = inner.length - 1; at >= 0; at--) {
      const one = inner[at];
      if (one !== undefined) pending.push(one);
    }
  }

  return {
    left,
    extend(count) {
      for (let nth = 0; nth < count && left() > 0; nth++) {
        const next = pending.pop();
        if (next !== undefined) look(next);
      }
    },
    found: () => ({ hits: hits.slice(0, most), more: hits.length > most || pending.length > 0 }),
  };
}

function startingPoints({ state, streams, uploads, assigns }: Content): readonly Pending[] {
  const outside = { store_id: null, name: null, item_key: null };
  return [
    { scope: { area: "state", ...outside }, key: null, value: state, way: null },
    ...slotsOf("streams", streams).flatMap(({ scope, key, value }) => [
      { scope, key, value: undefined, way: null },
      ...(isJsonArray(value) ? value : []).map((entry) => itemIn(scope, entry)),
    ]),
    ...slotsOf("uploads", uploads),
    ...tablesOf("assigns", assigns),
  ];
}

function slotsOf(area: SearchArea, table: Json): readonly Pending[] {
  return tablesOf(area, table).flatMap(({ scope, value }) =>
    fieldsOf(value).map(([name, slot]) => ({ scope: { ...scope, name }, key: name, value: slot, way: null })),
  );
}

function tablesOf(area: SearchArea, table: Json): readonly Pending[] {
  return fieldsOf(table).map(([store, value]) => {
    const scope = { area, store_id: readStoreKey(store), name: null, item_key: null };
    return { scope, key: null, value, way: null };
  });
}

function itemIn(scope: Scope, entry: Json): Pending {
  const key = fieldIn(entry, "item_key");
  const item_key = typeof key === "string" ? key : null;
  return { scope: { ...scope, item_key }, key: item_key, value: fieldIn(entry, "item"), way: null };
}

function fieldsOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** What is inside a node. Inside a store, paths begin anew. */
function insideOf({ scope, value, way }: Pending): readonly Pending[] {
  if (typeof value !== "object" || value === null) return [];
  if (isJsonArray(value)) {
    return value.map((item, at) => {
      return { scope, key: null, value: item, way: { token: String(at), before: way } };
    });
  }
  const id = scope.area === "state" ? storeIdOf(value) : undefined;
  const inner = id === undefined ? scope : { ...scope, store_id: id };
  const start = id === undefined ? way : null;
  return fieldsOf(value).map(([key, field]) => {
    return { scope: inner, key, value: field, way: { token: key, before: start } };
  });
}

function textOf(value: Json | undefined): string | null {
  if (value === undefined || (typeof value === "object" && value !== null)) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
