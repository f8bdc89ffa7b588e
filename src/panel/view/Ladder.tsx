import type { Diagnosis, StepState } from "../model/diagnosis";
import { say } from "../text/say";

const SIGNS: Record<StepState, string> = { done: "✓", failed: "→", waiting: "·" };

/** The whole way of a frame to a root's state: what is done, where it stops, what was not reached. */
export function Ladder({ ladder }: Pick<Diagnosis, "ladder">) {
  return (
    <ol class="ladder" aria-label={say("ladder")}>
      {ladder.map(({ step, state }) => (
        <li
          key={step}
          data-step={step}
          data-step-state={state}
          aria-current={state === "failed" ? "step" : undefined}
        >
          <span class="ladder-sign" aria-hidden="true">
            {SIGNS[state]}
          </span>
          {say(`ladder_step_${step}`)}
          <span class="visually-hidden">, {say(`ladder_state_${state}`)}</span>
        </li>
      ))}
    </ol>
  );
}
