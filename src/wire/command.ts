import { isJsonObject, type Json, ownField } from "./json";

/** What a `command` push asks for (wire.md 4, 5). Fields as sent; absent ones null. */
type CommandRequest = {
  readonly root_id: Json;
  readonly store_id: Json;
  readonly name: Json;
  readonly payload: Json;
};

/** The command in a payload; every field null where the payload is no object. */
export function readCommandRequest(payload: Json): CommandRequest {
  const fields = isJsonObject(payload) ? payload : {};
  return {
    root_id: ownField(fields, "root_id") ?? null,
    store_id: ownField(fields, "store_id") ?? null,
    name: ownField(fields, "name") ?? null,
    payload: ownField(fields, "payload") ?? null,
  };
}
