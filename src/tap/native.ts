/**
 * What the platform itself says of its objects. A page may replace any method or getter, or hide it in a subclass, and
 * would notice ours reading it: so the platform's own are taken before the page runs.
 */
export type Getter = (this: unknown) => unknown;

// Taken now, as everything here is.
const { apply } = Reflect;

/** The platform's getter of `prototype[key]`. */
export function getterOf(prototype: object, key: string): Getter {
  const getter = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  if (getter === undefined) throw new Error(`the platform has no getter ${key}`);
  return getter;
}

/** What `getter` reads from `object`, of whatever realm that is. Throws where it is not of the getter's kind. */
export function read(getter: Getter, object: unknown): unknown {
  return apply(getter, object, []);
}

const bufferLength = getterOf(ArrayBuffer.prototype, "byteLength");
const blobSize = getterOf(Blob.prototype, "size");

// `instanceof` would miss what an iframe's code has made, and believe what only looks like one.
export function isBuffer(value: unknown): value is ArrayBuffer {
  return hasBrand(bufferLength, value);
}

export function isBlob(value: unknown): value is Blob {
  return hasBrand(blobSize, value);
}

function hasBrand(getter: Getter, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  try {
    read(getter, value);
    return true;
  } catch {
    return false;
  }
}
