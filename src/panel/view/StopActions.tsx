import { describeSite } from "../../bridge/site";
import type { Capture } from "../model/capture";
import type { Stop } from "../model/diagnosis";
import { safeString } from "../model/safe-text";
import { CAPTURE_TEXT } from "./capture-text";

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
      title={capture.asksHere ? undefined : CAPTURE_TEXT.allowElsewhere}
      onClick={() => capture.allow(site)}
    >
      {safeString(CAPTURE_TEXT.allow(describeSite(site)))}
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
      {CAPTURE_TEXT.reload}
    </button>
  );
}
