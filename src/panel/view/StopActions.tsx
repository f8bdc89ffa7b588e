import { describeSite } from "../../bridge/site";
import type { Capture } from "../model/capture";
import type { Stop } from "../model/diagnosis";
import { safeString } from "../model/safe-text";
import { say } from "../text/say";

/** What can be done about a stop at once. */
export function StopActions({ stop, capture }: { readonly stop: Stop; readonly capture: Capture }) {
  switch (stop.kind) {
    case "not_allowed":
      return (
        <p class="actions">
          <AllowButton site={stop.site} capture={capture} isMain />
        </p>
      );
    case "not_reported":
      return (
        <p class="actions">
          <ReloadButton capture={capture} isMain />
          {stop.site !== null && <AllowButton site={stop.site} capture={capture} />}
        </p>
      );
    case "no_tap":
    case "tap_off":
      return (
        <p class="actions">
          <ReloadButton capture={capture} isMain />
        </p>
      );
    default:
      return null;
  }
}

type ActionProps = { readonly capture: Capture; readonly isMain?: boolean };

export function AllowButton({ site, capture, isMain = false }: ActionProps & { readonly site: string }) {
  return (
    <button
      type="button"
      class={isMain ? "button button-main" : "button"}
      data-action="allow"
      data-site={site}
      title={capture.asksHere ? undefined : say("capture_allow_elsewhere")}
      onClick={() => capture.allow(site)}
    >
      {safeString(say("capture_allow", describeSite(site)))}
    </button>
  );
}

export function ReloadButton({ capture, isMain = false }: ActionProps) {
  return (
    <button
      type="button"
      class={isMain ? "button button-main" : "button"}
      data-action="reload"
      onClick={capture.reload}
    >
      {say("capture_reload")}
    </button>
  );
}
