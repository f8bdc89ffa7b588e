import type { CommandFailure } from "../../../client/command-result";
import type { MountFailure } from "../../../client/root-session";

/** A failure in words, for the log of a page. */
export function describeFailure(failure: CommandFailure | MountFailure): string {
  switch (failure.kind) {
    case "refused":
      return `refused: ${failure.code ?? JSON.stringify(failure.response)}`;
    case "timeout":
      return "no reply in time";
    case "disconnected":
      return "the root was lost before a reply came";
    case "bad_initial_envelope":
      return "the first envelope was not the one that leads from version 0 to 1";
  }
}
