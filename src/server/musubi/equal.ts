/**
 * Strict structural equality, as the server compares an assign with its present value (wire.md 14): arrays, plain
 * objects, maps, sets, dates, URLs and bytes by content; everything else, functions included, by identity.
 */
export function isEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (isPlainObject(left)) return isPlainObject(right) && isEqualObject(left, right);
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (Array.isArray(left)) return Array.isArray(right) && isEqualList(left, right);
  if (left instanceof Date) return right instanceof Date && Object.is(left.getTime(), right.getTime());
  if (left instanceof URL) return right instanceof URL && left.href === right.href;
  if (left instanceof Uint8Array) return right instanceof Uint8Array && isEqualList(left, right);
  if (left instanceof Map) return right instanceof Map && isEqualMap(left, right);
  return left instanceof Set && right instanceof Set && isEqualSet(left, right);
}

/** Whether `value` was written as `{...}` or came from JSON: not an array, not an instance of a class. */
export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isEqualObject(
  left: { readonly [key: string]: unknown },
  right: { readonly [key: string]: unknown },
): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    // Those tell an async result from data that looks like one.
    Object.getOwnPropertySymbols(left).every((symbol) => Object.hasOwn(right, symbol)) &&
    Object.getOwnPropertySymbols(right).every((symbol) => Object.hasOwn(left, symbol)) &&
    keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
  );
}

function isEqualList(left: ArrayLike<unknown>, right: ArrayLike<unknown>): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (!isEqual(left[at], right[at])) return false;
  return true;
}

function isEqualMap(left: ReadonlyMap<unknown, unknown>, right: ReadonlyMap<unknown, unknown>): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) if (!right.has(key) || !isEqual(value, right.get(key))) return false;
  return true;
}

// Members are told apart by identity, as the set itself does.
function isEqualSet(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  if (left.size !== right.size) return false;
  for (const member of left) if (!right.has(member)) return false;
  return true;
}
