import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../../wire/json";
import { formatPointer } from "../../wire/json-pointer";
import { EVENT } from "../../wire/protocol";
import type { ChangeLog } from "../content/change-log";
import type { Draft } from "../content/draft";
import { makeChange } from "../content/edit";
import type { History } from "../content/history";
import { setField, type TreeObject, toTree } from "../content/tree";

/** Diffs that may wait for their `presence_state`, and the characters of their frames; of more, the oldest go. */
const MAX_QUEUED_DIFFS = 1000;
const MAX_QUEUED_CHARS = 1024 * 1024;

/** Who is present on one channel instance (wire.md 1.7). */
export type Presence = {
  /** Who was present and who is, in the area `presence`. Null before the `presence_state`. */
  presences: History | null;
  readonly createHistory: () => History;
  /** Diffs that came before the state. */
  readonly queued_diffs: QueuedDiff[];
};

type QueuedDiff = { readonly diff: Json; readonly size: number };

/**
 * Merges a `presence_state` or a `presence_diff` as the client does. What is neither in form changes nothing.
 * @param size characters of the frame's text
 * @returns whether the event is one of the two by its name
 */
export function foldPresence(
  record: Presence,
  event: string,
  payload: Json,
  seq: number,
  size: number,
): boolean {
  if (event === EVENT.presenceState && isPresences(payload)) foldState(record, payload, seq, size);
  else if (event === EVENT.presenceDiff) foldDiff(record, payload, seq, size);
  return event === EVENT.presenceState || event === EVENT.presenceDiff;
}

function foldState(record: Presence, payload: JsonObject, seq: number, size: number): void {
  record.presences ??= record.createHistory();
  const { draft, log, append } = record.presences;
  const left = draft.areas.presence;
  const entered = syncState(isJsonObject(left) ? left : {}, payload);
  makeChange(draft, { area: "presence", op: "replace", path: "", left, entered }, log);
  let queued = 0;
  for (const { diff, size: own } of record.queued_diffs.splice(0)) {
    syncDiff(draft, diff, log);
    queued += own;
  }
  append({ seq, kind: "presence", epoch: 0, version: 0, size: size + queued });
}

function foldDiff({ presences, queued_diffs }: Presence, diff: Json, seq: number, size: number): void {
  // A base may have said that no state has come.
  if (presences === null || presences.draft.areas.presence === null) {
    queued_diffs.push({ diff, size });
    let chars = queued_diffs.reduce((sum, queued) => sum + queued.size, 0);
    while (queued_diffs.length > MAX_QUEUED_DIFFS || chars > MAX_QUEUED_CHARS) {
      chars -= queued_diffs.shift()?.size ?? 0;
    }
    return;
  }
  const mark = presences.log.length();
  syncDiff(presences.draft, diff, presences.log);
  if (presences.log.length() === mark) return;
  presences.append({ seq, kind: "presence", epoch: 0, version: 0, size });
}

/** Takes over who is present from a base (session-format.md). */
export function restorePresence(record: Presence, presence: Json, seq: number): void {
  // Without a state diffs wait for one, as they do on a channel that was just joined.
  if (presence === null && record.presences === null) return;
  record.presences ??= record.createHistory();
  // What waited for a state has become part of this one.
  if (presence !== null) record.queued_diffs.splice(0);
  const { draft, log, append } = record.presences;
  const left = draft.areas.presence;
  makeChange(draft, { area: "presence", op: "replace", path: "", left, entered: presence }, log);
  append({ seq, kind: "base", epoch: 0, version: 0, size: JSON.stringify(presence).length });
}

/**
 * The state that the server holds, as the client merges it: metas that were known keep their place, the others follow,
 * and what else stands beside them changes only where a meta joins.
 */
function syncState(state: JsonObject, next: JsonObject): JsonObject {
  const synced: TreeObject = {};
  for (const key of Object.keys(next)) {
    const presence = next[key] ?? null;
    const known = ownField(state, key);
    const merged = known === undefined ? presence : syncPresence(known, presence);
    if (merged !== null) setField(synced, key, toTree(merged));
  }
  return synced;
}

/** Null where the last of its metas has left. */
function syncPresence(known: Json, presence: Json): Json {
  const [before, after] = [metasOf(known), metasOf(presence)];
  const [knownRefs, refs] = [refsOf(before), refsOf(after)];
  const kept = before.filter((meta) => refs.has(refOf(meta)));
  const joined = after.filter((meta) => !knownRefs.has(refOf(meta)));
  if (joined.length > 0) return withMetas(presence, [...kept, ...joined]);
  if (kept.length === before.length) return known;
  return kept.length === 0 ? null : withMetas(known, kept);
}

function syncDiff(draft: Draft, diff: Json, log: ChangeLog): void {
  if (!isJsonObject(diff)) return;
  const joins = ownField(diff, "joins") ?? {};
  const leaves = ownField(diff, "leaves") ?? {};
  if (!isPresences(joins) || !isPresences(leaves)) return;
  const known = (key: string): Json | undefined => {
    const { presence } = draft.areas;
    return isJsonObject(presence) ? ownField(presence, key) : undefined;
  };
  const set = (key: string, left: Json | undefined, entered: Json | undefined): void => {
    const op = left === undefined ? "add" : entered === undefined ? "remove" : "replace";
    makeChange(draft, { area: "presence", op, path: formatPointer([key]), left, entered }, log);
  };
  for (const key of Object.keys(joins)) {
    const joined = metasOf(joins[key]);
    const refs = refsOf(joined);
    const left = known(key);
    const before = metasOf(left);
    const kept = before.filter((meta) => !refs.has(refOf(meta)));
    if (kept.length === before.length && isOnlyMetas(left) && isOnlyMetas(joins[key])) {
      // Each on its own: the list as it was before would be kept whole for each of them otherwise.
      for (const [nth, entered] of joined.entries()) {
        const path = formatPointer([key, "metas", String(kept.length + nth)]);
        makeChange(draft, { area: "presence", op: "add", path, left: undefined, entered }, log);
      }
    } else set(key, left, withMetas(joins[key] ?? null, [...kept, ...joined]));
  }
  for (const key of Object.keys(leaves)) {
    const left = known(key);
    if (!isJsonObject(left)) continue;
    const refs = refsOf(metasOf(leaves[key]));
    const metas = metasOf(left).filter((meta) => !refs.has(refOf(meta)));
    set(key, left, metas.length === 0 ? undefined : withMetas(left, metas));
  }
}

/** Whether this maps keys to presences, each with its list of metas. */
function isPresences(value: Json): value is JsonObject {
  if (!isJsonObject(value)) return false;
  return Object.values(value).every(
    (presence) => isJsonObject(presence) && isJsonArray(ownField(presence, "metas")),
  );
}

function isOnlyMetas(presence: Json | undefined): boolean {
  return isJsonObject(presence) && isJsonArray(presence.metas) && Object.keys(presence).length === 1;
}

function withMetas(presence: Json, metas: readonly Json[]): JsonObject {
  return isJsonObject(presence) ? { ...presence, metas } : { metas };
}

function metasOf(presence: Json | undefined): readonly Json[] {
  if (!isJsonObject(presence)) return [];
  const { metas } = presence;
  return isJsonArray(metas) ? metas : [];
}

function refsOf(metas: readonly Json[]): ReadonlySet<Json | undefined> {
  return new Set(metas.map(refOf));
}

function refOf(meta: Json): Json | undefined {
  return isJsonObject(meta) ? meta.phx_ref : undefined;
}
