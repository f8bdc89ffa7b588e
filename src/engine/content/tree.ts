import type { Json } from "../../wire/json";

/** A JSON value that its owner may change in place. */
export type Tree = null | boolean | number | string | Tree[] | TreeObject;
export interface TreeObject {
  [key: string]: Tree;
}

/** Whether `value` is an object: not null, not an array. */
export function isTreeObject(value: Tree | undefined): value is TreeObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The same value, taken up into a draft. Readonly no longer, but as safe as before: a draft copies what it does not own
 * before it changes it.
 */
export function toTree(value: Json): Tree {
  return value as Tree;
}

/** Sets an own property, `__proto__` too: a plain assignment of that one would change the object's prototype. */
export function setField(object: TreeObject, key: string, value: Tree): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}
