import type { Json } from "../../wire/json";
import { parseIndex, readPointer } from "../../wire/json-pointer";
import { type Area, type Container, type Draft, ownParent } from "./draft";
import type { PatchObserver } from "./patch-observer";
import { setField, type Tree, toTree } from "./tree";

/**
 * One step from a content to the next, which can be taken in both directions (RFC 6902). `path` leads to the place in
 * its area; the index at the end of one that adds to an array is always a number.
 */
export type Change = {
  readonly area: Area;
  readonly op: ChangeOp;
  readonly path: string;
  /** What stood there before; undefined where nothing did. */
  readonly left: Json | undefined;
  /** What stands there after; undefined where nothing does. */
  readonly entered: Json | undefined;
};

/** `add` puts something where nothing was, and in an array makes room for it; `remove` is its reverse. */
export type ChangeOp = "add" | "remove" | "replace";

/** Takes a change's step to the draft as it was when the change was made. */
export function redoChange(draft: Draft, change: Change): void {
  step(draft, change, change.op, change.entered);
}

/** Takes a change back from the draft as the change left it. */
export function undoChange(draft: Draft, change: Change, observer: PatchObserver | null = null): void {
  step(draft, change, REVERSE[change.op], change.left, observer, change.entered);
}

const REVERSE: { readonly [Op in ChangeOp]: ChangeOp } = { add: "remove", remove: "add", replace: "replace" };

function step(
  draft: Draft,
  { area, path }: Change,
  op: ChangeOp,
  entering: Json | undefined,
  observer: PatchObserver | null = null,
  leaving?: Json,
): void {
  const pointer = readPointer(path);
  if ("reason" in pointer) throw new Error(`A change leads to ${path}, which is no pointer.`);
  const { tokens } = pointer;
  const tree = toTree(entering ?? null);
  const key = tokens[tokens.length - 1];
  observer?.changing(draft.areas[area], pointer, leaving);
  if (key === undefined) {
    draft.areas[area] = tree;
  } else {
    const parent = ownParent(draft, area, tokens);
    if (parent === undefined) throw new Error(`A change leads to ${path}, which is not in the content.`);
    place(parent, key, op, tree);
  }
  observer?.changed(draft.areas[area], pointer, entering);
}

function place(parent: Container, key: string, op: ChangeOp, tree: Tree): void {
  if (!Array.isArray(parent)) {
    if (op === "remove") delete parent[key];
    else setField(parent, key, tree);
    return;
  }
  const index = parseIndex(key) ?? parent.length;
  if (op === "replace") parent[index] = tree;
  else if (op === "add") insertAt(parent, index, tree);
  else removeAt(parent, index);
}

/** What is put in front or behind is so all the time, and `splice` takes several times as long there. */
export function insertAt(list: Tree[], index: number, tree: Tree): void {
  if (index === list.length) list.push(tree);
  else if (index === 0) list.unshift(tree);
  else list.splice(index, 0, tree);
}

export function removeAt(list: Tree[], index: number): void {
  if (index === list.length - 1) list.pop();
  else if (index === 0) list.shift();
  else list.splice(index, 1);
}
