import { isJsonObject, type Json } from "../../wire/json";
import { parseIndex, parsePointer } from "../../wire/json-pointer";
import { type Change, type ChangeOp, insertAt, removeAt, undoChanges } from "./change";
import { type Draft, ownParent } from "./draft";
import type { OpFault, PatchFault } from "./patch-fault";
import type { PatchObserver } from "./patch-observer";
import { setField, type Tree, type TreeObject, toTree } from "./tree";

/**
 * Applies the operations of an envelope to the draft's state, left to right (wire.md 7, RFC 6902), and notes what they
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
  changes: Change[],
  observer?: PatchObserver,
): PatchFault | null {
  const mark = changes.length;
  for (let index = 0; index < ops.length; index++) {
    const fault = applyOp(draft, ops[index], changes, observer);
    if (fault === null) continue;
    undoChanges(draft, changes, mark, observer);
    return { index, fault };
  }
  return null;
}

function applyOp(
  draft: Draft,
  op: Json | undefined,
  changes: Change[],
  observer: PatchObserver | undefined,
): OpFault | null {
  if (!isJsonObject(op)) return { reason: "not_an_op" };
  const { op: name, path, value } = op;
  if (!isOpName(name)) return { reason: "unknown_op", op: JSON.stringify(name) ?? "nothing" };
  if (typeof path !== "string") return { reason: "no_path" };
  if (name !== "remove" && value === undefined) return { reason: "no_value", path };
  const pointer = parsePointer(path);
  if (!pointer.ok) return { reason: "bad_pointer", path, why: pointer.failure };
  const tokens = pointer.value;
  const key = tokens[tokens.length - 1];
  const entering = name === "remove" ? undefined : value;
  if (key === undefined) return applyToRoot(draft, name, entering, changes, observer);
  const parent = ownParent(draft, "state", tokens);
  if (parent === undefined) return { reason: "no_such_path", path };
  const change = Array.isArray(parent)
    ? changeArray(parent, key, name, path, entering)
    : changeObject(parent, key, name, path, entering);
  if (change === null) return null;
  if ("reason" in change) return change;
  const { state } = draft.areas;
  observer?.changing(state, tokens, change.left);
  if (Array.isArray(parent)) writeArray(parent, change);
  else writeObject(parent, key, change);
  observer?.changed(state, tokens, change.entered);
  changes.push(change);
  return null;
}

function isOpName(name: Json | undefined): name is ChangeOp {
  return name === "replace" || name === "add" || name === "remove";
}

function applyToRoot(
  draft: Draft,
  name: ChangeOp,
  entered: Json | undefined,
  changes: Change[],
  observer: PatchObserver | undefined,
): OpFault | null {
  if (name !== "replace" || entered === undefined) return { reason: "root_op", op: name };
  const left = draft.areas.state;
  observer?.changing(left, ROOT, left);
  draft.areas.state = toTree(entered);
  observer?.changed(draft.areas.state, ROOT, entered);
  changes.push({ area: "state", op: "replace", path: "", left, entered });
  return null;
}

const ROOT: readonly string[] = [];

/** What the operation comes to on an object; null where it changes nothing. */
function changeObject(
  parent: TreeObject,
  key: string,
  name: ChangeOp,
  path: string,
  entered: Json | undefined,
): Change | null {
  const left = Object.hasOwn(parent, key) ? parent[key] : undefined;
  if (name === "remove") {
    return left === undefined ? null : { area: "state", op: "remove", path, left, entered };
  }
  return { area: "state", op: left === undefined ? "add" : "replace", path, left, entered };
}

function changeArray(
  parent: readonly Tree[],
  key: string,
  op: ChangeOp,
  path: string,
  entered: Json | undefined,
): Change | OpFault {
  const { length } = parent;
  const isEnd = op === "add" && key === "-";
  const index = isEnd ? length : parseIndex(key);
  if (index === null) return { reason: "bad_index", path };
  if (index > length || (index === length && op !== "add")) return { reason: "out_of_range", path, length };
  const left = op === "add" ? undefined : parent[index];
  return { area: "state", op, path: isEnd ? `${path.slice(0, -1)}${index}` : path, left, entered };
}

function writeObject(parent: TreeObject, key: string, { entered }: Change): void {
  if (entered === undefined) delete parent[key];
  else setField(parent, key, toTree(entered));
}

function writeArray(parent: Tree[], { op, path, entered }: Change): void {
  const index = parseIndex(path.slice(path.lastIndexOf("/") + 1)) ?? parent.length;
  if (entered === undefined) removeAt(parent, index);
  else if (op === "replace") parent[index] = toTree(entered);
  else insertAt(parent, index, toTree(entered));
}
