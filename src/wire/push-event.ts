import { isJsonObject, isStrings, type Json, ownField } from "./json";

/** A push event of an envelope (wire.md 10). */
type PushEvent = {
  readonly store_id: readonly string[];
  readonly name: string;
  readonly payload: Json;
};

/** The push event that stands in an envelope's `events`; null where it is malformed. An absent `store_id` is `[]`. */
export function readPushEvent(value: Json): PushEvent | null {
  if (!isJsonObject(value)) return null;
  const store_id = ownField(value, "store_id") ?? [];
  const name = ownField(value, "name");
  if (!isStrings(store_id) || typeof name !== "string") return null;
  return { store_id, name, payload: ownField(value, "payload") ?? null };
}
