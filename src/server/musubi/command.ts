import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../wire/json";
import { failure, type Result, success } from "../../wire/result";

/** A command as the wire has it, its defaults filled in (wire.md 4). */
export type Command = {
  readonly storeId: readonly Json[];
  readonly name: string;
  readonly payload: JsonObject;
};

export type CommandReply = { readonly status: "ok" | "error"; readonly response: JsonObject };

/**
 * Reads the payload of a `command` push. A missing name is refused with the reason that the client gets;
 * a payload, or a member of it, of the wrong type throws, and so crashes the channel (wire.md 11).
 */
export function readCommand(message: Json): Result<Command, string> {
  if (!isJsonObject(message)) throw new Error("A command's message must be an object.");
  const { name, store_id: storeId = [], payload = {} } = message;
  if (typeof name !== "string" || name === "") return failure("missing required field");
  if (!isJsonArray(storeId)) throw new Error(`The store_id of the command "${name}" must be a list.`);
  if (!isJsonObject(payload)) throw new Error(`The payload of the command "${name}" must be an object.`);
  return success({ storeId, name, payload });
}
