import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../../../wire/json";
import { formatPointer } from "../../../wire/json-pointer";

/** The operations of RFC 6902 that Musubi sends. `path` is a JSON Pointer (RFC 6901). */
export type PatchOp =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: Json }
  | { readonly op: "remove"; readonly path: string };

/**
 * What turns `before` into `after`: objects by key, arrays by index, with surplus items removed from the
 * highest index down and new ones appended in order (wire.md 7). Values that are one and the same object
 * are not looked into, so that an unchanged store costs nothing.
 */
export function diff(before: Json, after: Json): readonly PatchOp[] {
  const ops: PatchOp[] = [];
  diffValue(before, after, "", ops);
  return ops;
}

function diffValue(before: Json, after: Json, path: string, ops: PatchOp[]): void {
  if (before === after) return;
  if (isJsonArray(before) && isJsonArray(after)) diffArray(before, after, path, ops);
  else if (isJsonObject(before) && isJsonObject(after)) diffObject(before, after, path, ops);
  else ops.push({ op: "replace", path, value: after });
}

function diffObject(before: JsonObject, after: JsonObject, path: string, ops: PatchOp[]): void {
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) ops.push({ op: "remove", path: `${path}${formatPointer([key])}` });
  }
  for (const [key, value] of Object.entries(after)) {
    const present = ownField(before, key);
    if (present === value) continue;
    const inner = `${path}${formatPointer([key])}`;
    if (present === undefined) ops.push({ op: "add", path: inner, value });
    else diffValue(present, value, inner, ops);
  }
}

function diffArray(before: readonly Json[], after: readonly Json[], path: string, ops: PatchOp[]): void {
  for (const [index, value] of after.entries()) {
    const present = before[index];
    // Most of a long list has not changed: no path is made for that.
    if (present === value) continue;
    if (present === undefined) ops.push({ op: "add", path: `${path}/${index}`, value });
    else diffValue(present, value, `${path}/${index}`, ops);
  }
  for (let index = before.length - 1; index >= after.length; index -= 1) {
    ops.push({ op: "remove", path: `${path}/${index}` });
  }
}
