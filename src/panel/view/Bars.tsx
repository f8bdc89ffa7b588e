import type { Bar } from "../model/bars";
import type { Capture } from "../model/capture";
import type { Panel } from "../model/panel";
import { say } from "../text/say";
import { SafeText } from "./SafeText";
import { AllowButton, ReloadButton } from "./StopActions";

/** What must be known of everything below, a line each. */
export function Bars({ panel }: { readonly panel: Panel }) {
  return (
    <div class="bars" role="status">
      {panel.bars.value.map((bar) => (
        <div key={bar.kind} class="bar" data-bar={bar.kind}>
          <span class="bar-text">
            <SafeText text={sentenceOf(bar)} />
          </span>
          <BarAction bar={bar} capture={panel.capture} />
        </div>
      ))}
    </div>
  );
}

function sentenceOf(bar: Bar): string {
  switch (bar.kind) {
    case "orphaned":
      return say("bar_orphaned");
    case "past":
      return say("bar_past", bar.name || say("past_untitled"));
    case "tap_off":
      return bar.reason === null ? say("bar_tap_off") : say("bar_tap_off_why", bar.reason);
    case "elsewhere":
      return say("bar_elsewhere", bar.url);
    case "storage":
      return bar.sentence;
    case "refused":
      return say("bar_refused");
  }
}

function BarAction({ bar, capture }: { readonly bar: Bar; readonly capture: Capture }) {
  switch (bar.kind) {
    case "past":
      return (
        <button type="button" class="button" data-action="show-live" onClick={() => capture.show(null)}>
          {say("past_back")}
        </button>
      );
    case "tap_off":
      return <ReloadButton capture={capture} />;
    case "elsewhere":
      if (bar.remedy?.kind === "allow") return <AllowButton site={bar.remedy.site} capture={capture} />;
      return bar.remedy === null ? null : <ReloadButton capture={capture} />;
    case "orphaned":
    case "storage":
    case "refused":
      return null;
  }
}
