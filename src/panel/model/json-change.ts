import type { Json } from "../../wire/json";
import { entriesOf } from "./json-entries";
import { readMarker } from "./json-marker";
import { type Slots, unsentOf } from "./slots";

/** A path's own value changed or came; or something under it did. */
export type Change = "value" | "inside";

/** A value may be larger, or nested deeper, than is worth comparing for a highlight. */
const MAX_COMPARED = 20_000;
const MAX_DEPTH = 64;

/** A value and what its slots hold. */
export type Shown = { readonly value: Json; readonly slots: Slots };

/** The paths at which two values differ, and every path above them. Paths that are gone are not named. */
export function changedPaths(before: Shown, after: Shown): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  let room = MAX_COMPARED;

  function compare(old: Json | undefined, now: Json, path: string, depth: number): boolean {
    if (old === now || depth > MAX_DEPTH || --room < 0) return false;
    if (old === undefined || kindOf(old) !== kindOf(now)) {
      changes.set(path, "value");
      return true;
    }
    const olds = new Map(entriesOf(old, path, before.slots).map((entry) => [entry.path, entry.value]));
    const entries = entriesOf(now, path, after.slots);
    let isChanged =
      olds.size !== entries.length || unsentOf(old, before.slots) !== unsentOf(now, after.slots);
    for (const entry of entries) {
      if (compare(olds.get(entry.path), entry.value, entry.path, depth + 1)) isChanged = true;
    }
    if (isChanged) changes.set(path, "inside");
    return isChanged;
  }

  compare(before.value, after.value, "", 0);
  return changes;
}

/** Values of one kind differ in their entries alone. */
function kindOf(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const marker = readMarker(value);
  switch (marker?.kind) {
    case "store":
      return JSON.stringify(marker.store_id);
    case "stream":
    case "upload":
      return `${marker.kind} ${marker.name}`;
    case "async":
      return `async ${marker.status}`;
    default:
      return Array.isArray(value) ? "array" : "object";
  }
}
