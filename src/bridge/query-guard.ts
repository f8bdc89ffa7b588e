import { MAX_STREAM_STARTS } from "./attachment-view";
import { isCount, isObject, isStrings } from "./guard";
import { isChannelQuery, isChannelsQuery, isConnectionQuery, isPresenceQuery } from "./life-view";
import { isLineSubject } from "./line-key";
import { isRootKey } from "./root-key";
import { LOGS, MAX_FOLDS } from "./stores-view";
import { MAX_BUCKETS } from "./timeline-view";
import { type Query, ROWS_ONLY } from "./view";
import { isWindow } from "./window";

type Fields = { readonly [key: string]: unknown };
type Guard = (value: Fields) => boolean;

const GUARDS: { readonly [Kind in Query["kind"]]: Guard } = {
  overview: () => true,
  store: ({ root, store_id, streams }) =>
    isRootKey(root) && isStrings(store_id) && (streams === undefined || isStreamStarts(streams)),
  rows: (value) => isWindow(value) && isRowFilter(value.filter),
  event: ({ seq }) => isCount(seq),
  problems: (value) => isWindow(value) && (value.of === undefined || isLineSubject(value.of)),
  ask: ({ question, once }) =>
    isShallow(question, MAX_QUESTION_DEPTH) && (once === undefined || typeof once === "boolean"),
  stores: isStoresQuery,
  log: isLogQuery,
  timeline: isTimelineQuery,
  entry: ({ seq }) => isCount(seq),
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

function isStoresQuery(value: Fields): boolean {
  const { folds, chosen, reveal, find } = value;
  return (
    isWindow(value) &&
    Array.isArray(folds) &&
    folds.length <= MAX_FOLDS &&
    folds.every((fold) => isObject(fold) && typeof fold.key === "string" && typeof fold.open === "boolean") &&
    (chosen === null || typeof chosen === "string") &&
    (reveal === null || typeof reveal === "string") &&
    (find === null || (isObject(find) && typeof find.text === "string" && isCount(find.after)))
  );
}

function isLogQuery(value: Fields): boolean {
  return (
    isWindow(value) &&
    LOGS.some((log) => log === value.what) &&
    isRootKey(value.root) &&
    isStrings(value.store_id) &&
    typeof value.whole === "boolean" &&
    // What is whole can be large.
    (!value.whole || value.count === 1)
  );
}

function isTimelineQuery(value: Fields): boolean {
  return isWindow(value) && isChoice(value.choice) && (value.locate === null || isCount(value.locate));
}

function isRatesQuery({ from_t, to_t, buckets }: Fields): boolean {
  return (
    isNumber(from_t) &&
    (to_t === "end" || isNumber(to_t)) &&
    isCount(buckets) &&
    buckets > 0 &&
    buckets <= MAX_BUCKETS
  );
}

function isChoice(value: unknown): boolean {
  return (
    isObject(value) &&
    (value.kinds === null || isStrings(value.kinds)) &&
    (value.root === null || isRootKey(value.root)) &&
    (value.store_id === null || isStrings(value.store_id)) &&
    typeof value.text === "string" &&
    typeof value.isRegex === "boolean"
  );
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isStreamStarts(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= MAX_STREAM_STARTS &&
    value.every((start) => isObject(start) && typeof start.name === "string" && isCount(start.from))
  );
}
