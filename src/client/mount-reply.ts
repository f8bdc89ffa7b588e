import { fieldIn, type Json } from "../wire/json";
import { toRefusal } from "./command-result";
import type { PushOutcome } from "./push";
import type { LinkEvent, RootSpec } from "./wire";

/** A mount that the server refused, or did not answer. */
export type MountFault = Exclude<PushOutcome, { kind: "ok" }>;

/** A server that has the root already says so in these words (wire.md 4). */
const ALREADY_MOUNTED: readonly (string | null)[] = ["root already mounted", "already_mounted"];

/** The root id in the answer to a mount; the one that the caller chose where it has none. */
export function rootIdOf(response: Json, { id }: RootSpec): string {
  const root_id = fieldIn(response, "root_id");
  return typeof root_id === "string" ? root_id : id;
}

/** Whether a mount was refused because the server has this root already. */
export function isAlreadyMounted(response: Json): boolean {
  return ALREADY_MOUNTED.includes(toRefusal(response).code);
}

export function toLinkEvent(fault: MountFault): LinkEvent {
  return fault.kind === "error" ? { kind: "refused", response: fault.response } : fault;
}
