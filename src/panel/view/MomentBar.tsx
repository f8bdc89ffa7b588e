import { useRef } from "preact/hooks";
import type { MomentModel } from "../model/moment";
import type { Panel } from "../model/panel";
import { say, sayNumber } from "../text/say";
import { formatTime } from "./format";
import { describeSeekFault } from "./moment/fault-text";
import { LiveButton } from "./moment/LiveButton";
import { PlayControls } from "./moment/PlayControls";
import { StepControls } from "./moment/StepControls";
import { Scrubber } from "./Scrubber";

/** The scrubber, and where in time everything that is shown stands. Nothing where no session has an event yet. */
export function MomentBar({ panel }: { readonly panel: Panel }) {
  const { moment } = panel;
  const isPast = moment.isPast.value;
  const wasPast = useRef(false);
  if (!moment.hasEvents.value) return null;
  if (isPast) wasPast.current = true;
  const told = isPast ? "moment_entered" : "moment_left";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div class="moment-bar" role="group" aria-label={say("moment_bar")} data-moment-bar>
      <div class="moment-row">
        <div class="moment-controls">
          <LiveButton moment={moment} />
          <StepControls moment={moment} />
          <PlayControls moment={moment} />
        </div>
        <Scrubber moment={moment} />
        <Where moment={moment} />
      </div>
      {isPast && <PastLine moment={moment} />}
      <Fault moment={moment} />
      <span class="visually-hidden" role="status">
        {wasPast.current && say(moment.isLive.value ? told : `${told}_session`)}
      </span>
    </div>
  );
}

function Where({ moment }: { readonly moment: MomentModel }) {
  const at = moment.at.value;
  const newest = moment.newest.value;
  if (newest === null) return null;
  const { seq, t } = at ?? newest;
  return (
    <span class="moment-where" data-position={seq}>
      <span class="moment-time">{formatTime(t)} s</span>
      <span class="moment-count">
        #{sayNumber(seq)}
        <span class="moment-of"> / {sayNumber(newest.seq)}</span>
      </span>
    </span>
  );
}

/** Says what is shown, and leads back. */
function PastLine({ moment }: { readonly moment: MomentModel }) {
  const at = moment.at.value;
  const isLive = moment.isLive.value;
  const past = isLive ? "moment_past" : "moment_past_session";
  if (at === null) return null;
  return (
    <div class="moment-past">
      <span class="moment-sentence">{say(past, at.seq, formatTime(at.t))}</span>
      <button type="button" class="button button-main" data-action="moment-back" onClick={moment.live}>
        {say(isLive ? "moment_back" : "moment_back_to_end")}
      </button>
    </div>
  );
}

function Fault({ moment }: { readonly moment: MomentModel }) {
  const fault = moment.fault.value;
  return (
    <div class="moment-fault" role="status">
      {fault !== null && <span data-moment-fault={fault.why}>{describeSeekFault(fault)}</span>}
    </div>
  );
}
