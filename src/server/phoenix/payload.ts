import { isObject, type Json, type JsonObject } from "../../wire/json";

/** What a message carries: JSON, or bytes where its frame is binary (Phoenix: `{:binary, data}`; wire.md 1.3). */
export type Payload = Json | Uint8Array;

/** What a server pushes or broadcasts: an object or bytes (wire.md 1.2). */
export type PushPayload = JsonObject | Uint8Array;

export function isBytes(payload: unknown): payload is Uint8Array {
  return payload instanceof Uint8Array;
}

/** Whether the payload is a JSON object: bytes, which JavaScript counts among objects too, are none. */
export function isObjectPayload(payload: Payload): payload is JsonObject {
  return isObject(payload) && !isBytes(payload);
}

/** The payload as one that may be pushed; throws, and so crashes the channel whose callback asks, where it may not. */
export function requirePushPayload(payload: Payload): PushPayload {
  if (isBytes(payload) || isObjectPayload(payload)) return payload;
  throw new Error("Only an object or bytes can be pushed, but the payload is neither.");
}

/** The payload as JSON; throws, and so crashes the channel whose callback asks, where it is bytes. */
export function requireJson(payload: Payload): Json {
  if (!isBytes(payload)) return payload;
  throw new Error(`This message takes no binary payload, but it came with ${payload.length} bytes.`);
}
