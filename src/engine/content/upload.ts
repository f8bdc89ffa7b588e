import { fieldIn, isJsonArray, isJsonObject, type Json, type JsonObject } from "../../wire/json";
import type { UploadOp } from "../../wire/upload-op";
import type { ChangeLog } from "./change-log";
import type { Draft } from "./draft";
import { makeChange } from "./edit";

/** An upload of a store: its configuration, its files in the order in which they were added, its own errors. */
export type UploadSlot = {
  readonly config: Json;
  readonly entries: readonly JsonObject[];
  readonly errors: readonly Json[];
};

/** An upload of a draft: where it stands in `uploads`, as names and as a pointer, and the refs of its entries. */
export type UploadPlace = {
  readonly store: string;
  readonly name: string;
  readonly path: string;
  readonly refs: Set<string>;
};

/** A slot that nothing is known of. */
export const EMPTY_SLOT: JsonObject = { config: null, entries: [], errors: [] };

const COMPLETE = 100;

/** The upload under a store and a name in `uploads`; undefined where there is none. */
export function uploadSlot(uploads: Json, store: string, name: string): UploadSlot | undefined {
  const slot = fieldIn(fieldIn(uploads, store), name);
  if (!isJsonObject(slot)) return undefined;
  const entries = entriesIn(slot).map((named) => fieldIn(named, "entry"));
  const { errors } = slot;
  return {
    config: slot.config ?? null,
    entries: entries.filter(isJsonObject),
    errors: isJsonArray(errors) ? errors : [],
  };
}

/** Applies one operation to an upload that is there (wire.md 9.3). Operations on unknown entries do nothing. */
export function applyUploadOp(draft: Draft, place: UploadPlace, op: UploadOp, log: ChangeLog): void {
  if ("ref" in op && op.ref !== null && op.op !== "add" && !place.refs.has(op.ref)) return;
  const slot = fieldIn(fieldIn(draft.areas.uploads, place.store), place.name);
  const set = (path: string, left: Json | undefined, entered: Json): void => {
    const change = left === undefined ? "add" : "replace";
    makeChange(draft, { area: "uploads", op: change, path: place.path + path, left, entered }, log);
  };
  switch (op.op) {
    case "config":
      set("/config", fieldIn(slot, "config"), op.config);
      break;
    case "add":
      addEntry(slot, place.refs, op.ref, op.entry, set);
      break;
    case "progress":
      changeEntry(slot, op.ref, toProgress(op.progress), set);
      break;
    case "complete":
      changeEntry(slot, op.ref, toProgress(COMPLETE), set);
      break;
    case "error":
      addError(slot, op.ref, op.error, set);
      break;
    case "cancel":
      place.refs.delete(op.ref);
      cancelEntry(draft, place, slot, op.ref, log);
      break;
    case "reset":
      place.refs.clear();
      if (entriesIn(slot).length > 0) set("/entries", fieldIn(slot, "entries"), []);
      if (listIn(slot, "errors").length > 0) set("/errors", fieldIn(slot, "errors"), []);
      break;
    default:
      op satisfies never;
  }
}

type SetAt = (path: string, left: Json | undefined, entered: Json) => void;

function addEntry(
  slot: Json | undefined,
  refs: Set<string>,
  ref: string,
  entry: JsonObject,
  set: SetAt,
): void {
  const at = refs.has(ref) ? indexOf(slot, ref) : -1;
  refs.add(ref);
  if (at === -1) set(`/entries/${entriesIn(slot).length}`, undefined, { ref, entry });
  else set(`/entries/${at}/entry`, entryAt(slot, at), entry);
}

/** The refs of the entries of an upload in `uploads`. */
export function uploadRefs(uploads: Json, store: string, name: string): Set<string> {
  const refs = new Set<string>();
  for (const named of entriesIn(fieldIn(fieldIn(uploads, store), name))) {
    const ref = fieldIn(named, "ref");
    if (typeof ref === "string") refs.add(ref);
  }
  return refs;
}

/** Changes fields of an entry, one step a field that is not so already. */
function changeEntry(slot: Json | undefined, ref: string, fields: JsonObject, set: SetAt): void {
  const at = indexOf(slot, ref);
  if (at === -1) return;
  const entry = entryAt(slot, at);
  for (const [key, value] of Object.entries(fields)) {
    const left = fieldIn(entry, key);
    if (left !== value) set(`/entries/${at}/entry/${key}`, left, value);
  }
}

function toProgress(progress: number): JsonObject {
  return { progress, status: progress >= COMPLETE ? "success" : "uploading" };
}

function addError(slot: Json | undefined, ref: string | null, error: Json, set: SetAt): void {
  if (ref === null) {
    set(`/errors/${listIn(slot, "errors").length}`, undefined, error);
    return;
  }
  const at = indexOf(slot, ref);
  if (at === -1) return;
  const known = fieldIn(entryAt(slot, at), "errors");
  if (isJsonArray(known)) set(`/entries/${at}/entry/errors/${known.length}`, undefined, error);
  else set(`/entries/${at}/entry/errors`, known, [error]);
  changeEntry(slot, ref, { status: "error" }, set);
}

function cancelEntry(
  draft: Draft,
  { path }: UploadPlace,
  slot: Json | undefined,
  ref: string,
  log: ChangeLog,
): void {
  const at = indexOf(slot, ref);
  if (at === -1) return;
  const left = entriesIn(slot)[at];
  makeChange(
    draft,
    { area: "uploads", op: "remove", path: `${path}/entries/${at}`, left, entered: undefined },
    log,
  );
}

function indexOf(slot: Json | undefined, ref: string): number {
  return entriesIn(slot).findIndex((named) => fieldIn(named, "ref") === ref);
}

function entryAt(slot: Json | undefined, at: number): Json | undefined {
  return fieldIn(entriesIn(slot)[at], "entry");
}

function entriesIn(slot: Json | undefined): readonly Json[] {
  return listIn(slot, "entries");
}

function listIn(slot: Json | undefined, key: string): readonly Json[] {
  const list = fieldIn(slot, key);
  return isJsonArray(list) ? list : [];
}
