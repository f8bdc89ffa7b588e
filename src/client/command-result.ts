import { assertNever } from "../wire/assert-never";
import { isJsonObject, type Json, ownField } from "../wire/json";
import { failure, type Result, success } from "../wire/result";
import type { PushOutcome } from "./wire";

/** Why a command has no ok reply. */
export type CommandFailure =
  /** The server said no. `code` is its reason as a word, where it gave one. */
  | { readonly kind: "refused"; readonly code: string | null; readonly response: Json }
  /** No reply came in time. The command may have run. */
  | { readonly kind: "timeout" }
  /** The root was not mounted, or was lost before the reply. In the second case the command may have run. */
  | { readonly kind: "disconnected" };

/** The reply's response, or why there is none. */
export type CommandResult = Result<Json, CommandFailure>;

export function toCommandResult(outcome: PushOutcome): CommandResult {
  switch (outcome.kind) {
    case "ok":
      return success(outcome.response);
    case "error":
      return failure({ kind: "refused", code: findCode(outcome.response), response: outcome.response });
    case "timeout":
      return failure({ kind: "timeout" });
    default:
      return assertNever(outcome);
  }
}

/** The first string among `code`, `error` and `reason` of an error's response (wire.md 11). */
export function findCode(response: Json): string | null {
  if (!isJsonObject(response)) return null;
  for (const key of ["code", "error", "reason"]) {
    const value = ownField(response, key);
    if (typeof value === "string") return value;
  }
  return null;
}
