import { isJsonObject, type Json, type JsonObject, ownField } from "../wire/json";
import { isBytes, type Payload } from "./phoenix/payload";

// What these throw crashes the channel or page whose callback called them, as a payload that does not meet
// its schema does in Musubi (wire.md 11).

/** The payload as an object; throws where it is something else, bytes included. */
export function requireObject(payload: Payload): JsonObject {
  if (isBytes(payload)) throw new Error(`The payload must be an object, but it is ${payload.length} bytes.`);
  if (isJsonObject(payload)) return payload;
  throw new Error(`The payload must be an object, but it is ${JSON.stringify(payload)}.`);
}

/** The string under `key`; throws where there is none. */
export function requireString(payload: JsonObject, key: string): string {
  const value = ownField(payload, key);
  return typeof value === "string" ? value : refuse(key, "a string", value);
}

/** The number under `key`; throws where there is none. */
export function requireNumber(payload: JsonObject, key: string): number {
  const value = ownField(payload, key);
  return typeof value === "number" ? value : refuse(key, "a number", value);
}

/** The boolean under `key`; throws where there is none. */
export function requireBoolean(payload: JsonObject, key: string): boolean {
  const value = ownField(payload, key);
  return typeof value === "boolean" ? value : refuse(key, "a boolean", value);
}

function refuse(key: string, expected: string, value: Json | undefined): never {
  const found = value === undefined ? "absent" : JSON.stringify(value);
  throw new Error(`The payload's "${key}" must be ${expected}, but it is ${found}.`);
}
