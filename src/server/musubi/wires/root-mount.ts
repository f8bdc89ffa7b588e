import { isJsonObject, type Json, type JsonObject } from "../../../wire/json";
import { readMountRequest } from "../../../wire/mount";
import { failure, type Result, success } from "../../../wire/result";
import type { Store } from "../store";

/** Declared roots by module. */
export type Roots = ReadonlyMap<string, Store>;

/** The root that a client asks for, whatever the socket declares. */
type WantedRoot = { readonly module: string; readonly id: string; readonly params: JsonObject };

/** The reasons with which a mount is refused (wire.md 11). */
type MountRefusal =
  | "missing required field"
  | "missing root id"
  | "params must be a map"
  | "unknown root"
  | "declared store is not a root store";

/**
 * Reads what a client wants to mount: `{module, id, params}`, the payload of a per-root join or of a
 * `mount` push. The failure is the reason that the client gets, in the real server's order (wire.md 11).
 */
export function readWantedRoot(payload: JsonObject): Result<WantedRoot, MountRefusal> {
  const request = readMountRequest(payload);
  if (!isFilled(request?.module)) return failure("missing required field");
  if (!isFilled(request.id)) return failure("missing root id");
  if (!isJsonObject(request.params)) return failure("params must be a map");
  return success({ module: request.module, id: request.id, params: request.params });
}

/** The declared root of that dotted name. */
export function findRoot(roots: Roots, module: string): Result<Store, MountRefusal> {
  const store = roots.get(module);
  if (store === undefined) return failure("unknown root");
  return store.root ? success(store) : failure("declared store is not a root store");
}

/** Whether a field that the server cannot do without is there: a string, and not an empty one. */
export function isFilled(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}
