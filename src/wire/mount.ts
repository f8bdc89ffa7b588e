import { isJsonObject, type Json, ownField } from "./json";

/** What a `mount` push, or a join that mounts, asks for (wire.md 4, 5). Fields as sent; absent ones null. */
export type MountRequest = { readonly module: Json; readonly id: Json; readonly params: Json };

/** A mount whose module and id have the right types, so that a root can come of it. */
export type NamedMount = { readonly module: string; readonly id: string; readonly params: Json };

/** The mount in a payload; null where the payload is no object. Absent `params` are `{}`, as the server takes them. */
export function readMountRequest(payload: Json): MountRequest | null {
  if (!isJsonObject(payload)) return null;
  return {
    module: ownField(payload, "module") ?? null,
    id: ownField(payload, "id") ?? null,
    params: Object.hasOwn(payload, "params") ? (ownField(payload, "params") ?? null) : {},
  };
}

/** Whether this is a join that mounts a root: string `module` and `id` (wire.md 3). */
export function isNamedMount(request: MountRequest | null): request is NamedMount {
  return request !== null && typeof request.module === "string" && typeof request.id === "string";
}

/** The root id that a server composes of module and caller id (wire.md 3): `Shop.Cart:c1`. */
export function composeRootId(module: string, id: string): string {
  return `${module}:${id}`;
}
