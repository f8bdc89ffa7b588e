import { STEPS } from "../../../bridge/moment";
import type { MomentModel } from "../../model/moment";
import { safeString } from "../../model/safe-text";
import { nameOf } from "../../model/step-roots";
import { say } from "../../text/say";
import { Icon } from "../Icon";

/** To the previous and to the next one of what is chosen: an event, an envelope, a command, a problem. */
export function StepControls({ moment }: { readonly moment: MomentModel }) {
  const by = moment.stepBy.value;
  return (
    <>
      <StepButton moment={moment} direction={-1} />
      <select
        class="moment-choice"
        data-action="moment-step"
        aria-label={say("moment_step")}
        value={by}
        onChange={({ currentTarget }) => {
          moment.stepBy.value = STEPS.find((step) => step === currentTarget.value) ?? by;
        }}
      >
        {STEPS.map((step) => (
          <option key={step} value={step}>
            {say(`moment_step_${step}`)}
          </option>
        ))}
      </select>
      <StepButton moment={moment} direction={1} />
      <RootChoice moment={moment} />
    </>
  );
}

function StepButton({ moment, direction }: { readonly moment: MomentModel; readonly direction: 1 | -1 }) {
  const by = moment.stepBy.value;
  // Nothing has come after what is live. Disabled, the button would lose the keyboard at the last step.
  const isPossible = direction === -1 || moment.isPast.value;
  const label = say(direction === 1 ? `moment_next_${by}` : `moment_previous_${by}`);
  return (
    <button
      type="button"
      class="icon-button"
      data-action={direction === 1 ? "moment-next" : "moment-previous"}
      aria-label={label}
      title={label}
      aria-disabled={!isPossible}
      onClick={() => isPossible && moment.step(by, direction)}
    >
      <Icon name={direction === 1 ? "next" : "previous"} />
    </button>
  );
}

/** Of which root the steps are, where there are several. */
function RootChoice({ moment }: { readonly moment: MomentModel }) {
  const chosen = moment.stepRoot.value;
  const roots = moment.stepRoots.value;
  if (roots.length < 2 && chosen === null) return null;
  return (
    <select
      class="moment-choice moment-root"
      data-action="moment-root"
      aria-label={say("moment_root")}
      title={say("moment_root")}
      value={chosen === null ? "" : nameOf(chosen)}
      onChange={({ currentTarget }) => {
        moment.stepRoot.value = roots.find(({ name }) => name === currentTarget.value)?.key ?? null;
      }}
    >
      <option value="">{say("moment_root_all")}</option>
      {roots.map(({ name, label }) => (
        <option key={name} value={name}>
          {safeString(label)}
        </option>
      ))}
    </select>
  );
}
