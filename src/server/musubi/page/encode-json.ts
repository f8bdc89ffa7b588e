import { inspect } from "node:util";
import type { Json } from "../../../wire/json";
import { isPlainObject } from "../equal";
import { objectKeysAbove, type Position } from "./position";

/** Field names with this beginning belong to Musubi (wire.md 6). */
export const RESERVED_PREFIX = "__musubi_";

/** What the caller has for values that are no data, such as a child store; undefined where it has nothing. */
type EncodeSpecial = (value: object, position: Position) => Json | undefined;

/**
 * The wire's form of a value (wire.md 6): dates as ISO 8601, URLs as strings, what has a `toJSON` as that gives it,
 * undefined as null. Throws for what JSON cannot hold and for reserved names: `what` begins the sentence.
 */
export function encodeJson(value: unknown, what: string, special: EncodeSpecial = nothingSpecial): Json {
  // Alone it stands nowhere: an index is told to nobody.
  return encodeValue(value, null, 0, { what, special });
}

/** The wire's form of a value that may be anything: what JSON cannot hold becomes a text for people. */
export function encodeOrInspect(value: unknown): Json {
  try {
    return encodeJson(value, "A reason");
  } catch {
    return inspectValue(value);
  }
}

/** A value as a text for people. Of an error only name and message: a stack would tell clients the server's paths. */
export function inspectValue(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return inspect(value, {
    depth: 4,
    breakLength: Number.POSITIVE_INFINITY,
    compact: true,
    maxArrayLength: 100,
  });
}

/** The entries of an object in the wire's form. `above` is where the object stands; null for the whole value. */
export function encodeEntries(
  object: { readonly [key: string]: unknown },
  above: Position | null,
  encoding: Encoding,
): readonly (readonly [string, Json])[] {
  return Object.entries(object).map(([key, value]) => {
    if (key.startsWith(RESERVED_PREFIX)) {
      throw new Error(
        `${encoding.what} has a field "${key}": names that begin with ${RESERVED_PREFIX} are Musubi's.`,
      );
    }
    return [key, encodeValue(value, above, key, encoding)];
  });
}

export type Encoding = { readonly what: string; readonly special: EncodeSpecial };

/** The value that `above` has under `key`. Positions are made for containers alone: most values are none. */
function encodeValue(value: unknown, above: Position | null, key: string | number, encoding: Encoding): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const position = { above, key };
  if (typeof value === "object") return encodeObject(value, position, encoding);
  return refuse(value, position, encoding);
}

function encodeObject(value: object, position: Position, encoding: Encoding): Json {
  if (Array.isArray(value)) return value.map((item, index) => encodeValue(item, position, index, encoding));
  const special = encoding.special(value, position);
  if (special !== undefined) return special;
  // Through Object.fromEntries `__proto__` is a key like any other.
  if (isPlainObject(value)) return Object.fromEntries(encodeEntries(value, position, encoding));
  if (value instanceof Date && Number.isNaN(value.getTime())) return refuse(value, position, encoding);
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return encodeValue(value.toJSON(), position.above, position.key, encoding);
  }
  return refuse(value, position, encoding);
}

function refuse(value: unknown, position: Position, { what }: Encoding): never {
  const path = objectKeysAbove({ above: position, key: "" });
  const place = path.length === 0 ? "" : ` at "${path.join(".")}"`;
  throw new Error(`${what} has ${describe(value)}${place}: JSON cannot hold that.`);
}

function describe(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (value instanceof Date) return "a date that is none";
  return typeof value === "object"
    ? `an instance of ${value?.constructor?.name ?? "a class"}`
    : inspectValue(value);
}

function nothingSpecial(): undefined {
  return undefined;
}
