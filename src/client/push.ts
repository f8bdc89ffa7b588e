import type { Channel } from "phoenix";
import type { Json } from "../wire/json";

/** What became of a push. */
export type PushOutcome =
  | { readonly kind: "ok"; readonly response: Json }
  | { readonly kind: "error"; readonly response: Json }
  /** No reply in phoenix.js's time for a push. What it asked for may have been done. */
  | { readonly kind: "timeout" };

/**
 * Pushes over the channel, bytes as a binary frame, and calls `settle` once. Not at all, where the server answers with
 * a status that is neither ok nor error: phoenix.js tells nobody of such an answer.
 */
export function pushTo(
  channel: Channel,
  event: string,
  payload: object,
  settle: (outcome: PushOutcome) => void,
): void {
  channel
    .push(event, payload)
    .receive("ok", (response: Json) => settle({ kind: "ok", response }))
    .receive("error", (response: Json) => settle({ kind: "error", response }))
    .receive("timeout", () => settle({ kind: "timeout" }));
}
