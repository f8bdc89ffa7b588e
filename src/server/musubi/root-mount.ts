import { isJsonObject, type Json, type JsonObject } from "../../wire/json";
import { readMountRequest } from "../../wire/mount";
import { failure, type Result, success } from "../../wire/result";
import type { Store } from "./store";

/** Declared roots by module. */
export type Roots = ReadonlyMap<string, Store>;

export type RootMount = {
  readonly store: Store;
  readonly id: string;
  readonly params: JsonObject;
};

/**
 * Reads what a client wants to mount: `{module, id, params}`, the payload of a per-root join or of a
 * `mount` push. The failure is the reason that the client gets, in the real server's order (wire.md 11).
 */
export function readRootMount(payload: Json, roots: Roots): Result<RootMount, string> {
  const request = readMountRequest(payload);
  if (!isFilled(request?.module)) return failure("missing required field");
  if (!isFilled(request.id)) return failure("missing root id");
  if (!isJsonObject(request.params)) return failure("params must be a map");
  const store = roots.get(request.module);
  if (store === undefined) return failure("unknown root");
  return success({ store, id: request.id, params: request.params });
}

function isFilled(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}
