import { assertNever } from "../../../wire/assert-never";
import { EVENT } from "../../../wire/protocol";
import type { StopReason } from "../channel-handle";

/** What a client is told of a channel that ended (wire.md 1.4); null where there is nobody to tell. */
export function endEvent(reason: StopReason): typeof EVENT.close | typeof EVENT.error | null {
  switch (reason.kind) {
    case "normal":
    case "shutdown":
    case "left":
    case "duplicate_join":
      return EVENT.close;
    case "crash":
    case "killed":
      return EVENT.error;
    case "transport_closed":
      return null;
    default:
      return assertNever(reason);
  }
}
