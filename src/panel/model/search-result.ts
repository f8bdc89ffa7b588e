import type { TimelineLine } from "../../bridge/timeline-view";
import type { RootHit } from "../../engine/ask/answer";
import { STORE_ID_KEY } from "./json-marker";
import type { Place } from "./place";
import { escapeToken } from "./pointer-token";

/** Something that was found, and where the panel shows it. */
export type SearchResult = {
  /** Unique among the results of one search. */
  readonly key: string;
  readonly kind: ResultKind;
  /** What was found, in the page's words. */
  readonly label: string;
  /** Where it is, in the page's words. */
  readonly detail: string;
  readonly place: Place;
};

export type ResultKind = "root" | "channel" | "connection" | "store" | "key" | "value" | "entry";

/** Names of roots, stores, channels and connections; keys and values of what roots hold; what happened. */
export type SearchGroup = "names" | "values" | "entries";

/** The keys and values that the engine found, and each store once of those whose own name it found. */
export function toValues(hits: readonly RootHit[]): readonly SearchResult[] {
  const results = new Map<string, SearchResult>();
  for (const hit of hits) {
    const result = toValue(hit);
    if (result !== null && !results.has(result.key)) results.set(result.key, result);
  }
  return [...results.values()];
}

/** Null: it is found as something else. */
function toValue(hit: RootHit): SearchResult | null {
  const { connection, topic, root_id, store_id, path, kind, preview } = hit;
  const root = { connection, topic, root_id };
  const where = [root_id, ...(store_id ?? [])].join(" › ");
  if (path.startsWith(`/${STORE_ID_KEY}`)) {
    // Its own name is the last part of a store's id; the others are of the stores around it.
    if (store_id === null || path !== `/${STORE_ID_KEY}/${store_id.length - 1}`) return null;
    const place: Place = { kind: "store", root, store_id };
    return {
      key: JSON.stringify(["store", root, store_id]),
      kind: "store",
      label: preview,
      detail: where,
      place,
    };
  }
  const shown = shownPath(hit);
  const within = hit.area === "assigns" ? "assigns" : "state";
  const place: Place = {
    kind: "store",
    root,
    store_id: store_id ?? [],
    ...(shown !== null && { path: shown, within }),
  };
  const key = JSON.stringify([kind, root, store_id, hit.area, hit.name, hit.item_key, path]);
  return { key, kind, label: preview, detail: `${where} ${shown ?? path}`, place };
}

/** The path as a store's side shows it: the items of a stream stand under their keys. Null: no side shows it. */
function shownPath({ area, name, item_key, path }: RootHit): string | null {
  switch (area) {
    case "state":
      return path;
    case "streams":
    case "uploads":
      return (
        [name, item_key].map((token) => (token === null ? "" : `/${escapeToken(token)}`)).join("") + path
      );
    case "assigns":
      return path.startsWith(`${ASSIGNS}/`) ? path.slice(ASSIGNS.length) : null;
  }
}

/** What the server shows of a store is its module and, under this path, its assigns. */
const ASSIGNS = "/assigns";

/** What happened, as a line of the timeline. */
export function toEntry({ place, seq, kind, summary }: TimelineLine): SearchResult {
  return {
    ...{ key: `entry ${place}`, kind: "entry", label: summary },
    detail: `${kind} #${seq}`,
    place: { kind: "event", seq, in: "timeline" },
  };
}
