import { isJsonObject, type Json } from "../../wire/json";
import { parseIndex, parsePointer } from "../../wire/json-pointer";
import { failure, type Result, success } from "../../wire/result";
import { describePatchFault, type OpFault, type PatchFault } from "./patch-fault";
import { copyTree, isTreeObject, setField, type Tree, type TreeObject } from "./tree";

/** What a patch is applied to. The tree in it is changed in place. */
export type PatchDocument = { state: Tree };

/** One operation that undoes another. Its value belongs to it alone. */
export type InverseOp =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: Tree }
  | { readonly op: "remove"; readonly path: string };

/** Told what an operation takes out of the tree, right before it does, and what it has put in, right after. */
export type PatchObserver = {
  readonly changing: (root: Tree, tokens: readonly string[], leaving: Tree | undefined) => void;
  readonly changed: (root: Tree, tokens: readonly string[], entered: Tree | undefined) => void;
};

/** One operation on its way: where it points, and who hears of it. */
type Step = {
  readonly document: PatchDocument;
  readonly tokens: readonly string[];
  readonly path: string;
  readonly inverse: InverseOp[];
  readonly observer: PatchObserver | undefined;
};

type OpName = "add" | "remove" | "replace";

/**
 * Applies the operations of an envelope in place, left to right (wire.md 7, RFC 6902). Either all of them take
 * effect, or none: when one fails, those before it are undone.
 *
 * As in the client, `replace` and `remove` of an object key that is not there do not fail.
 *
 * @returns the patch that undoes this one, ready to be applied; or which operation failed, and why
 */
export function applyPatch(
  document: PatchDocument,
  ops: readonly Json[],
  observer?: PatchObserver,
): Result<readonly InverseOp[], PatchFault> {
  const inverse: InverseOp[] = [];
  for (let index = 0; index < ops.length; index++) {
    const fault = applyOp(document, ops[index], inverse, observer);
    if (fault === null) continue;
    undoPatch(document, inverse.reverse(), observer);
    return failure({ index, fault });
  }
  return success(inverse.reverse());
}

/** Applies an inverse that `applyPatch` gave to the document as it was left then. */
export function undoPatch(
  document: PatchDocument,
  inverse: readonly InverseOp[],
  observer?: PatchObserver,
): void {
  for (let index = 0; index < inverse.length; index++) {
    const fault = applyOp(document, inverse[index], [], observer);
    if (fault === null) continue;
    throw new Error(`The document is not as the patch left it. ${describePatchFault({ index, fault })}`);
  }
}

function applyOp(
  document: PatchDocument,
  op: Json | undefined,
  inverse: InverseOp[],
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
  const step: Step = { document, tokens, path, inverse, observer };
  const key = tokens[tokens.length - 1];
  if (key === undefined) return applyToRoot(step, name, value ?? null);
  const parent = findParent(document.state, tokens);
  if (Array.isArray(parent)) return applyToArray(step, parent, key, name, value ?? null);
  if (isTreeObject(parent)) return applyToObject(step, parent, key, name, value ?? null);
  return { reason: "no_such_path", path };
}

function isOpName(name: Json | undefined): name is OpName {
  return name === "add" || name === "remove" || name === "replace";
}

/** What holds the last token's place; undefined where the way there does not exist. */
function findParent(root: Tree, tokens: readonly string[]): Tree | undefined {
  let node: Tree | undefined = root;
  for (let at = 0; at < tokens.length - 1; at++) {
    const token = tokens[at] ?? "";
    if (Array.isArray(node)) {
      const index = parseIndex(token);
      node = index === null ? undefined : node[index];
    } else if (isTreeObject(node) && Object.hasOwn(node, token)) {
      node = node[token];
    } else {
      return undefined;
    }
  }
  return node;
}

function applyToRoot(step: Step, name: OpName, value: Json): OpFault | null {
  if (name !== "replace") return { reason: "root_op", op: name };
  const { document, tokens, path, inverse, observer } = step;
  const old = document.state;
  observer?.changing(old, tokens, old);
  document.state = copyTree(value);
  observer?.changed(document.state, tokens, document.state);
  inverse.push({ op: "replace", path, value: old });
  return null;
}

function applyToObject(step: Step, parent: TreeObject, key: string, name: OpName, value: Json): null {
  const { document, tokens, path, inverse, observer } = step;
  const old = Object.hasOwn(parent, key) ? parent[key] : undefined;
  if (name === "remove" && old === undefined) return null;
  observer?.changing(document.state, tokens, old);
  let entered: Tree | undefined;
  if (name === "remove") {
    delete parent[key];
  } else {
    entered = copyTree(value);
    setField(parent, key, entered);
  }
  observer?.changed(document.state, tokens, entered);
  if (old === undefined) inverse.push({ op: "remove", path });
  else inverse.push({ op: name === "remove" ? "add" : "replace", path, value: old });
  return null;
}

function applyToArray(step: Step, parent: Tree[], key: string, name: OpName, value: Json): OpFault | null {
  const { document, tokens, path, inverse, observer } = step;
  const { length } = parent;
  const index = name === "add" && key === "-" ? length : parseIndex(key);
  if (index === null) return { reason: "bad_index", path };
  if (index > length || (index === length && name !== "add")) return { reason: "out_of_range", path, length };
  const old = name === "add" ? undefined : parent[index];
  observer?.changing(document.state, tokens, old);
  const entered = name === "remove" ? undefined : copyTree(value);
  if (entered === undefined) parent.splice(index, 1);
  else if (name === "replace") parent[index] = entered;
  else if (index === length) parent.push(entered);
  else parent.splice(index, 0, entered);
  observer?.changed(document.state, tokens, entered);
  if (old !== undefined) inverse.push({ op: name === "remove" ? "add" : "replace", path, value: old });
  else inverse.push({ op: "remove", path: key === "-" ? `${path.slice(0, -1)}${index}` : path });
  return null;
}
