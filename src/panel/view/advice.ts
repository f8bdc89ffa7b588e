import { describeSite } from "../../bridge/site";
import type { Stop } from "../model/diagnosis";
import { say } from "../text/say";

/** What is said of a stop: what is missing, and what to do about it. */
export type Advice = { readonly title: string; readonly body: readonly string[] };

/** @param asksHere whether the browser asks for a site over the panel */
export function adviceOn(stop: Stop, asksHere: boolean): Advice {
  return {
    title: say(`stop_${stop.kind}`),
    body: [whatIsMissing(stop), ...whatToDo(stop, asksHere)],
  };
}

function whatIsMissing(stop: Stop): string {
  switch (stop.kind) {
    case "unwatchable":
      return say("stop_unwatchable_what", stop.url);
    case "connecting_socket":
    case "closed_socket":
      return say(`stop_${stop.kind}_what`, stop.endpoint);
    case "joining":
    case "channel_errored":
      return say(`stop_${stop.kind}_what`, stop.topic);
    case "channels_refused":
      return say("stop_channels_refused_what", stop.topics.join(", "));
    case "tap_off":
      if (stop.reason !== null) return say("stop_tap_off_what_reason", stop.reason);
      return say("stop_tap_off_what");
    default:
      return say(`stop_${stop.kind}_what`);
  }
}

/** A sentence; none where one can but wait. */
function whatToDo(stop: Stop, asksHere: boolean): readonly string[] {
  switch (stop.kind) {
    case "connecting":
    case "joining":
    case "roots_refused":
      return [];
    case "not_allowed":
      return [say(asksHere ? "stop_not_allowed_do" : "stop_not_allowed_do_elsewhere")];
    case "not_reported":
      if (stop.site !== null) return [say("stop_not_reported_do_site", describeSite(stop.site))];
      return [say("stop_not_reported_do")];
    default:
      return [say(`stop_${stop.kind}_do`)];
  }
}
