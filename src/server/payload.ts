import { isJsonObject, type Json, type JsonObject, ownField } from "../wire/json";

// What these throw crashes the channel or page whose callback called them, as a payload that does not meet
// its schema does in Musubi (wire.md 11).

/** The payload as an object; throws where it is something else. */
export function requireObject(payload: Json): JsonObject {
  if (isJsonObject(payload)) return payload;
  throw new Error(`The payload must be an object, but it is ${JSON.stringify(payload)}.`);
}

/** The string under `key`; throws where there is none. */
export function requireString(payload: JsonObject, key: string): string {
  const value = ownField(payload, key);
  if (typeof value === "string") return value;
  throw new Error(`The payload's "${key}" must be a string, but it is ${JSON.stringify(value)}.`);
}

/** The number under `key`; throws where there is none. */
export function requireNumber(payload: JsonObject, key: string): number {
  const value = ownField(payload, key);
  if (typeof value === "number") return value;
  throw new Error(`The payload's "${key}" must be a number, but it is ${JSON.stringify(value)}.`);
}
