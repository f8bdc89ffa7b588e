import { isJsonArray, isJsonObject, type Json, ownField } from "../wire/json";
import { MARKER } from "../wire/protocol";

// A client without its server's schema reads a state as it finds it: what is missing or of another type
// counts as empty.

/** The string at `path` in `state`; "" where there is none. */
export function textAt(state: Json, ...path: readonly string[]): string {
  const value = valueAt(state, path);
  return typeof value === "string" ? value : "";
}

/** The number at `path` in `state`; 0 where there is none. */
export function numberAt(state: Json, ...path: readonly string[]): number {
  const value = valueAt(state, path);
  return typeof value === "number" ? value : 0;
}

/** Whether `true` stands at `path` in `state`. */
export function isTrueAt(state: Json, ...path: readonly string[]): boolean {
  return valueAt(state, path) === true;
}

/** The items at `path` in `state`; none where there is no list. */
export function listAt(state: Json, ...path: readonly string[]): readonly Json[] {
  const value = valueAt(state, path);
  return isJsonArray(value) ? value : [];
}

/** The id of the store that this node of a state is (wire.md 6); `[]` where it is none. */
export function storeIdAt(node: Json): readonly string[] {
  return listAt(node, MARKER.storeId).filter((part) => typeof part === "string");
}

function valueAt(state: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (isJsonObject(value) ? ownField(value, key) : undefined),
    state,
  );
}
