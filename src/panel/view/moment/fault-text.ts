import type { SeekFault } from "../../model/seeks";
import { say } from "../../text/say";

/** Why a seek led nowhere, as a sentence. */
export function describeSeekFault({ to, why }: SeekFault): string {
  switch (why) {
    case "no_such_event":
    case "truncated":
      return say(`moment_${why}`);
    case "nothing_further":
      if (to?.kind !== "step") return say("moment_nothing_further");
      return say(to.direction === 1 ? `moment_no_later_${to.by}` : `moment_no_earlier_${to.by}`);
  }
}
