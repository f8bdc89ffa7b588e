/** A value as `JSON.parse` gives it. Objects may hold any key, `__proto__` included, as an own property. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** Whether `value` is a plain JSON object: not null, not an array. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `isObject` for a value that is known to be JSON, so that its fields are JSON too. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `Array.isArray` for a value that is known to be JSON: it keeps the elements' type. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The own property `key` of `object`; what `Object.prototype` has under that name (`constructor`) is no field. */
export function ownField<Value>(object: { readonly [key: string]: Value }, key: string): Value | undefined {
  const value: unknown = object[key];
  // All that objects inherit are functions and their prototype: only for these is it asked whose the property is.
  const mayBeInherited = typeof value === "function" || key === "__proto__";
  return mayBeInherited && !Object.hasOwn(object, key) ? undefined : object[key];
}

/** The own property `key` of a value that may be no object at all. */
export function fieldIn(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? ownField(value, key) : undefined;
}

/** Whether `value` is an array of strings, as every store id is. */
export function isStrings(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== "string") return false;
  return true;
}
