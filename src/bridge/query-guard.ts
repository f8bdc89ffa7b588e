import { isCount, isObject, isStrings } from "./guard";
import { isChannelQuery, isChannelsQuery, isConnectionQuery, isPresenceQuery } from "./life-view";
import { isRootKey } from "./root-key";
import { isLogQuery, isStoresQuery } from "./stores-view";
import { isEntryQuery, isRatesQuery, isTimelineQuery } from "./timeline-view";
import { type Query, ROWS_ONLY } from "./view";
import { isWindow } from "./window";

type Guard = (value: { readonly [key: string]: unknown }) => boolean;

const GUARDS: { readonly [Kind in Query["kind"]]: Guard } = {
  overview: () => true,
  store: ({ root, store_id }) => isRootKey(root) && isStrings(store_id),
  rows: (value) => isWindow(value) && isRowFilter(value.filter),
  event: ({ seq }) => isCount(seq),
  problems: isWindow,
  ask: ({ question, once }) =>
    isShallow(question, MAX_QUESTION_DEPTH) && (once === undefined || typeof once === "boolean"),
  stores: isStoresQuery,
  log: isLogQuery,
  timeline: isTimelineQuery,
  entry: isEntryQuery,
  rates: isRatesQuery,
  channels: isChannelsQuery,
  channel: isChannelQuery,
  presence: isPresenceQuery,
  connection: isConnectionQuery,
};

const BY_KIND: ReadonlyMap<unknown, Guard> = new Map(Object.entries(GUARDS));

export function isQuery(value: unknown): value is Query {
  if (!isObject(value)) return false;
  return BY_KIND.get(value.kind)?.(value) ?? false;
}

/** A question is small, whoever sends it: what nests deeper is none. */
const MAX_QUESTION_DEPTH = 8;

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}

function isRowFilter(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.text === "string" &&
    typeof value.heartbeats === "boolean" &&
    (value.only === undefined || ROWS_ONLY.some((only) => only === value.only))
  );
}
