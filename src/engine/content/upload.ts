import type { JsonObject } from "../../wire/json";
import type { UploadOp } from "../../wire/upload-op";
import { copyTree, setField, type Tree, type TreeObject } from "./tree";

/** An upload slot of a store: its configuration, its files in the order in which they were added, its own errors. */
export type UploadSlot = {
  config: Tree;
  readonly entries: Map<string, TreeObject>;
  readonly errors: Tree[];
};

const COMPLETE = 100;

export function createUploadSlot(): UploadSlot {
  return { config: null, entries: new Map(), errors: [] };
}

/** Applies one operation to its slot (wire.md 9.3). Operations on entries that are not there do nothing. */
export function applyUploadOp(slot: UploadSlot, op: UploadOp): void {
  switch (op.op) {
    case "config":
      slot.config = copyTree(op.config);
      break;
    case "add":
      slot.entries.set(op.ref, copyEntry(op.entry));
      break;
    case "progress":
      setProgress(slot, op.ref, op.progress);
      break;
    case "complete":
      setProgress(slot, op.ref, COMPLETE);
      break;
    case "error":
      addError(slot, op.ref, copyTree(op.error));
      break;
    case "cancel":
      slot.entries.delete(op.ref);
      break;
    case "reset":
      slot.entries.clear();
      slot.errors.length = 0;
      break;
    default:
      op satisfies never;
  }
}

function setProgress({ entries }: UploadSlot, ref: string, progress: number): void {
  const entry = entries.get(ref);
  if (entry === undefined) return;
  entry.progress = progress;
  entry.status = progress >= COMPLETE ? "success" : "uploading";
}

function addError({ entries, errors }: UploadSlot, ref: string | null, error: Tree): void {
  if (ref === null) {
    errors.push(error);
    return;
  }
  const entry = entries.get(ref);
  if (entry === undefined) return;
  const known = entry.errors;
  entry.errors = Array.isArray(known) ? [...known, error] : [error];
  entry.status = "error";
}

function copyEntry(entry: JsonObject): TreeObject {
  const copy: TreeObject = {};
  for (const key of Object.keys(entry)) setField(copy, key, copyTree(entry[key] ?? null));
  return copy;
}
