import type { MomentModel } from "../../model/moment";
import { say } from "../../text/say";

/** Whether everything follows the session; pressed again, it stops at this moment. */
export function LiveButton({ moment }: { readonly moment: MomentModel }) {
  const isPast = moment.isPast.value;
  const isLive = moment.isLive.value;
  const back = isLive ? "moment_live_why" : "moment_end_why";
  return (
    <button
      type="button"
      class="button moment-live"
      data-action="moment-live"
      aria-pressed={!isPast}
      title={say(isPast ? back : "moment_pause_why")}
      onClick={isPast ? moment.live : moment.pause}
    >
      <span class="dot" data-mood={isPast ? "none" : "good"} aria-hidden="true" />{" "}
      {say(isLive ? "moment_live" : "moment_end")}
    </button>
  );
}
