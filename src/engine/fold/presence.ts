import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../../wire/json";
import { EVENT } from "../../wire/protocol";
import { copyTree, isTreeObject, setField, type Tree, type TreeObject } from "../content/tree";

/** Diffs that may wait for their `presence_state`; of more, the oldest go. */
export const MAX_QUEUED_DIFFS = 1000;

/** Who is present on one channel instance (wire.md 1.7). */
export type Presence = {
  /** Null from the join until the `presence_state`. */
  presence: TreeObject | null;
  /** Diffs that came before it. */
  readonly queued_diffs: Json[];
};

/** Merges a `presence_state` or a `presence_diff` as the client does. What is neither in form changes nothing. */
export function foldPresence(record: Presence, event: string, payload: Json): void {
  if (event === EVENT.presenceState && isPresences(payload)) {
    record.presence = syncState(record.presence ?? {}, payload);
    for (const diff of record.queued_diffs.splice(0)) syncDiff(record.presence, diff);
  } else if (event === EVENT.presenceDiff) {
    if (record.presence !== null) syncDiff(record.presence, payload);
    else if (record.queued_diffs.push(payload) > MAX_QUEUED_DIFFS) record.queued_diffs.shift();
  }
}

/** The state that the server holds: metas that were known keep their place, the others follow. */
function syncState(state: TreeObject, next: JsonObject): TreeObject {
  const synced: TreeObject = {};
  for (const key of Object.keys(next)) {
    const presence = copyPresence(next[key] ?? null);
    const known = Object.hasOwn(state, key) ? metasOf(state[key]) : [];
    const refs = refsOf(metasOf(presence));
    const kept = known.filter((meta) => refs.has(refOf(meta)));
    const keptRefs = refsOf(kept);
    presence.metas = [...kept, ...metasOf(presence).filter((meta) => !keptRefs.has(refOf(meta)))];
    setField(synced, key, presence);
  }
  return synced;
}

function syncDiff(state: TreeObject, diff: Json): void {
  if (!isJsonObject(diff)) return;
  const joins = ownField(diff, "joins") ?? {};
  const leaves = ownField(diff, "leaves") ?? {};
  if (!isPresences(joins) || !isPresences(leaves)) return;
  for (const key of Object.keys(joins)) {
    const presence = copyPresence(joins[key] ?? null);
    const joined = metasOf(presence);
    const refs = refsOf(joined);
    const known = Object.hasOwn(state, key) ? metasOf(state[key]) : [];
    presence.metas = [...known.filter((meta) => !refs.has(refOf(meta))), ...joined];
    setField(state, key, presence);
  }
  for (const key of Object.keys(leaves)) {
    const presence = Object.hasOwn(state, key) ? state[key] : undefined;
    if (!isTreeObject(presence)) continue;
    const refs = refsOf(metasOf(copyPresence(leaves[key] ?? null)));
    presence.metas = metasOf(presence).filter((meta) => !refs.has(refOf(meta)));
    if (metasOf(presence).length === 0) delete state[key];
  }
}

/** Whether this maps keys to presences, each with its list of metas. */
function isPresences(value: Json): value is JsonObject {
  if (!isJsonObject(value)) return false;
  return Object.values(value).every(
    (presence) => isJsonObject(presence) && isJsonArray(ownField(presence, "metas")),
  );
}

function copyPresence(presence: Json): TreeObject {
  const copy = copyTree(presence);
  return isTreeObject(copy) ? copy : {};
}

function metasOf(presence: Tree | undefined): Tree[] {
  return isTreeObject(presence) && Array.isArray(presence.metas) ? presence.metas : [];
}

function refsOf(metas: readonly Tree[]): ReadonlySet<Tree | undefined> {
  return new Set(metas.map(refOf));
}

function refOf(meta: Tree): Tree | undefined {
  return isTreeObject(meta) ? meta.phx_ref : undefined;
}
