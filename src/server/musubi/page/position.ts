import type { Json, JsonObject } from "../../../wire/json";

/** Where a value stands within what a store rendered: its own key or array index, and where the value stands that has it. */
export type Position = { readonly above: Position | null; readonly key: string | number };

/** The object keys above a value, from the outside in; its own key is none of them, nor are array indices. */
export function objectKeysAbove({ above }: Position): readonly string[] {
  const keys: string[] = [];
  for (let at = above; at !== null; at = at.above) if (typeof at.key === "string") keys.unshift(at.key);
  return keys;
}

/**
 * `json` with other values at these positions, which it has. What stands beside them is shared, so that a comparison of the
 * two need not look into it.
 */
export function replaceAt(
  json: JsonObject,
  replacements: Iterable<readonly [position: Position, value: Json]>,
): JsonObject {
  const result = { ...json };
  const copies = new Set<unknown>([result]);

  function copyOf(position: Position | null): object {
    if (position === null) return result;
    const outer = copyOf(position.above);
    const inner: unknown = Reflect.get(outer, position.key);
    if (typeof inner !== "object" || inner === null) throw new Error(`Nothing stands at "${position.key}".`);
    if (copies.has(inner)) return inner;
    const copy: object = Array.isArray(inner) ? [...inner] : { ...inner };
    copies.add(copy);
    put(outer, position.key, copy);
    return copy;
  }

  for (const [position, value] of replacements) put(copyOf(position.above), position.key, value);
  return result;
}

/** Not an assignment: for that, `__proto__` is no key like any other. */
function put(container: object, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, configurable: true, enumerable: true, writable: true });
}
