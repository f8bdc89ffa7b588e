import { bare } from "../bridge/bare";

/**
 * The platform's own functions, taken before the page runs: a page may replace any method or getter, or hide it in a
 * subclass, and would notice ours calling it. What runs later calls nothing of the page's realm but what is held here
 * or in a constant like these.
 */
export const { apply, construct } = Reflect;
export const NativeError = Error;

/** A method as a function whose first argument is its receiver: `uncurry(Map.prototype.get)(map, key)`. */
export function uncurry<This, Args extends readonly unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
): (receiver: This, ...args: Args) => Result {
  return call.bind(method);
}

const { call } = Function.prototype;

/**
 * Reads `prototype[key]` of an object by the platform's own getter, whatever realm the object is of. Throws where it
 * is not of the getter's kind, and where there is none: when it is asked, not while the tap loads, as that error would
 * be the page's to see.
 */
export function readerOf<Host extends object, Key extends keyof Host>(
  prototype: Host,
  key: Key,
): (object: unknown) => Host[Key] {
  return call.bind(descriptorOf(prototype, key)?.get as () => Host[Key]);
}

function descriptorOf(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  return Object.getOwnPropertyDescriptor(ownerOf(object, key), key);
}

/** Where in its prototype chain it is: another extension may have put a subclass in the platform's place. */
function ownerOf(object: object, key: PropertyKey): object {
  for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, key)) return at;
  }
  return object;
}

/**
 * What `reader` gives of `value`; undefined where `value` is not of its kind. `instanceof` would miss what an iframe's
 * code made, and believe impostors.
 */
export function readIf<Value>(reader: (object: unknown) => Value, value: unknown): Value | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return reader(value);
  } catch {
    return undefined;
  }
}

/** What a message carries; throws where it is no `MessageEvent`. */
export const messageData = readerOf(MessageEvent.prototype, "data");

/** The bytes of a buffer, counted; throws where it is none. */
export const bufferLength = readerOf(ArrayBuffer.prototype, "byteLength");

/** The bytes of a blob, counted; throws where it is none. */
export const blobSize = readerOf(Blob.prototype, "size");

export function isBuffer(value: unknown): value is ArrayBuffer {
  return readIf(bufferLength, value) !== undefined;
}

export function isBlob(value: unknown): value is Blob {
  return readIf(blobSize, value) !== undefined;
}

const addListener: (
  target: EventTarget,
  type: string,
  heard: (event: Event) => void,
  captures: boolean,
) => void = uncurry(EventTarget.prototype.addEventListener);

/**
 * Calls `listener` at each event of this type that the browser dispatches: what a page dispatches on an object of its
 * own did not happen. It captures, which in Firefox puts it before what was there first.
 */
export function hearFirst(target: EventTarget, type: string, listener: (event: Event) => void): void {
  addListener(target, type, (event) => event.isTrusted && listener(event), true);
}

const { then } = Promise.prototype;

/** `promise.then`, whatever the page has made of it. */
export function whenSettled<Value, Result>(
  promise: Promise<Value>,
  fulfilled: (value: Value) => Result,
  rejected: (error: unknown) => Result,
): Promise<Result> {
  return apply(then, promise, [fulfilled, rejected]);
}

/** Puts `handler` in front of `object[key]`, a function, and leaves the property's attributes as they are. */
export function intercept<Key extends string, Host extends { [key in Key]: object }>(
  object: Host,
  key: Key,
  handler: ProxyHandler<Host[Key]>,
): void {
  replace(object, key, new Proxy(object[key], bare(handler)));
}

/** Gives the property a new value and leaves its attributes as they are. */
export function replace(object: object, key: string, value: unknown): void {
  Object.defineProperty(ownerOf(object, key), key, { ...descriptorOf(object, key), value });
}
