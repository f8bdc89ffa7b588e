import { isJsonObject, type Json, ownField } from "./json";

/** What a `phx_reply` says (wire.md 1.2). A response that is absent counts as null. */
export type Reply = { readonly status: string; readonly response: Json };

/** The reply in a payload; null where it is none, which `decodeFrame` does not let through. */
export function readReply(payload: Json): Reply | null {
  if (!isJsonObject(payload)) return null;
  const status = ownField(payload, "status");
  if (typeof status !== "string") return null;
  return { status, response: ownField(payload, "response") ?? null };
}
