import type { Json, JsonObject } from "../../wire/json";
import { MARKER } from "../../wire/protocol";
import { isPlainObject } from "./equal";
import type { StoreId } from "./socket";
import { Child } from "./store";

/** Field names with this beginning belong to Musubi. */
const RESERVED_PREFIX = "__musubi_";

/**
 * Gives the wire value of a place that holds a child. `path` is what the child's store id has between its
 * owner's and its own: the object keys above the container that holds it.
 */
export type ResolveChild = (child: Child, path: StoreId) => Json;

/**
 * The wire object of a store: what it rendered, its store id, and each child's own wire object in place.
 * Throws for what JSON cannot hold and for reserved names.
 */
export function materialise(rendered: unknown, storeId: StoreId, resolveChild: ResolveChild): JsonObject {
  if (!isPlainObject(rendered))
    throw new Error(`render must give an object, but gave ${describe(rendered)}.`);
  const reserved = Object.keys(rendered).find((key) => key.startsWith(RESERVED_PREFIX));
  if (reserved !== undefined) throw new Error(`render gave a field "${reserved}": that name is Musubi's.`);
  const fields = materialiseFields(rendered, [], resolveChild);
  return Object.fromEntries([...fields, [MARKER.storeId, storeId]]);
}

// Entries, not assignments: through Object.fromEntries `__proto__` is a key like any other.
function materialiseFields(
  object: { readonly [key: string]: unknown },
  path: StoreId,
  resolveChild: ResolveChild,
): readonly (readonly [string, Json])[] {
  return Object.entries(object).map(([key, value]) => [
    key,
    value instanceof Child
      ? resolveChild(value, path)
      : materialiseValue(value, [...path, key], resolveChild),
  ]);
}

/** `path` is the object keys down to `value` itself; array indices are not part of it. */
function materialiseValue(value: unknown, path: StoreId, resolveChild: ResolveChild): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item) => materialiseValue(item, path, resolveChild));
  if (value instanceof Child) return resolveChild(value, path);
  if (isPlainObject(value)) return Object.fromEntries(materialiseFields(value, path, resolveChild));
  throw new Error(`render gave ${describe(value)} at "${path.join(".")}": JSON cannot hold that.`);
}

function describe(value: unknown): string {
  return typeof value === "object" && value !== null ? "an instance of a class" : String(value);
}
