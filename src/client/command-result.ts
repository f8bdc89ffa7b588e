import { assertNever } from "../wire/assert-never";
import type { Json } from "../wire/json";
import { REPLY_STATUS } from "../wire/protocol";
import { classifyError } from "../wire/refusal";
import { failure, type Result, success } from "../wire/result";
import type { PushOutcome } from "./push";

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
      return failure(toRefusal(outcome.response));
    case "timeout":
      return failure({ kind: "timeout" });
    default:
      return assertNever(outcome);
  }
}

/** A refusal by its response: the first string among `code`, `error` and `reason` is its code (wire.md 11). */
export function toRefusal(response: Json): CommandFailure & { readonly kind: "refused" } {
  const code = classifyError({ status: REPLY_STATUS.error, response })?.reason ?? null;
  return { kind: "refused", code, response };
}
