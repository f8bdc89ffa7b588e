import { isJsonObject, type Json, ownField } from "../../wire/json";
import { parseIndex, type ReadPointer, readPointer } from "../../wire/json-pointer";
import { type ChangeOp, insertAt, removeAt } from "./change";
import type { ChangeLog } from "./change-log";
import { type Draft, ownParent } from "./draft";
import { undoChanges } from "./edit";
import type { OpFault, PatchFault } from "./patch-fault";
import type { PatchObserver } from "./patch-observer";
import { setField, type Tree, type TreeObject, toTree } from "./tree";

/**
 * Applies the operations of an envelope to the draft's state, left to right (wire.md 7, RFC 6902), and logs what they
 * changed. Either all of them take effect, or none: when one fails, those before it are undone. The values of the
 * operations become part of the state; they are never written to.
 *
 * As in the client, `replace` and `remove` of an object key that is not there do not fail.
 *
 * @returns which operation failed, and why; null where none did
 */
export function applyPatch(
  draft: Draft,
  ops: readonly Json[],
  log: ChangeLog,
  observer: PatchObserver | null = null,
): PatchFault | null {
  const mark = log.length();
  for (let index = 0; index < ops.length; index++) {
    const fault = applyOp(draft, ops[index], log, observer);
    if (fault === null) continue;
    undoChanges(draft, log, mark, observer);
    return { index, fault };
  }
  return null;
}

function applyOp(
  draft: Draft,
  op: Json | undefined,
  log: ChangeLog,
  observer: PatchObserver | null,
): OpFault | null {
  if (!isJsonObject(op)) return { reason: "not_an_op" };
  const { op: name, path, value } = op;
  if (!isOpName(name)) return { reason: "unknown_op", op: JSON.stringify(name) ?? "nothing" };
  if (typeof path !== "string") return { reason: "no_path" };
  const entered = name === "remove" ? undefined : value;
  if (entered === undefined && name !== "remove") return { reason: "no_value", path };
  const pointer = readPointer(path);
  if ("reason" in pointer) return { reason: "bad_pointer", path, why: pointer };
  const { tokens } = pointer;
  if (tokens.length === 0) return applyToRoot(draft, pointer, name, entered, log, observer);
  const parent = ownParent(draft, "state", tokens);
  if (parent === undefined) return { reason: "no_such_path", path };
  if (Array.isArray(parent)) return applyToArray(draft, parent, pointer, name, entered, log, observer);
  applyToObject(draft, parent, pointer, entered, log, observer);
  return null;
}

function isOpName(name: Json | undefined): name is ChangeOp {
  return name === "replace" || name === "add" || name === "remove";
}

function applyToRoot(
  draft: Draft,
  pointer: ReadPointer,
  name: ChangeOp,
  entered: Json | undefined,
  log: ChangeLog,
  observer: PatchObserver | null,
): OpFault | null {
  if (name !== "replace" || entered === undefined) return { reason: "root_op", op: name };
  const left = draft.areas.state;
  observer?.changing(left, pointer, left);
  draft.areas.state = toTree(entered);
  observer?.changed(draft.areas.state, pointer, entered);
  log.add("state", "replace", "", left, entered);
  return null;
}

function applyToObject(
  draft: Draft,
  parent: TreeObject,
  pointer: ReadPointer,
  entered: Json | undefined,
  log: ChangeLog,
  observer: PatchObserver | null,
): void {
  const { path, tokens } = pointer;
  const key = tokens[tokens.length - 1] ?? "";
  const left = ownField(parent, key);
  if (left === undefined && entered === undefined) return;
  observer?.changing(draft.areas.state, pointer, left);
  if (entered === undefined) delete parent[key];
  else setField(parent, key, toTree(entered));
  observer?.changed(draft.areas.state, pointer, entered);
  log.add(
    "state",
    left === undefined ? "add" : entered === undefined ? "remove" : "replace",
    path,
    left,
    entered,
  );
}

function applyToArray(
  draft: Draft,
  parent: Tree[],
  pointer: ReadPointer,
  op: ChangeOp,
  entered: Json | undefined,
  log: ChangeLog,
  observer: PatchObserver | null,
): OpFault | null {
  const { path, tokens } = pointer;
  const key = tokens[tokens.length - 1] ?? "";
  const { length } = parent;
  const isEnd = op === "add" && key === "-";
  const index = isEnd ? length : parseIndex(key);
  if (index === null) return { reason: "bad_index", path };
  if (index > length || (index === length && op !== "add")) return { reason: "out_of_range", path, length };
  const left = op === "add" ? undefined : parent[index];
  observer?.changing(draft.areas.state, pointer, left);
  if (entered === undefined) removeAt(parent, index);
  else if (op === "replace") parent[index] = toTree(entered);
  else insertAt(parent, index, toTree(entered));
  observer?.changed(draft.areas.state, pointer, entered);
  log.add("state", op, isEnd ? `${path.slice(0, -1)}${index}` : path, left, entered);
  return null;
}
