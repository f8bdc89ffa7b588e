import type { ReadonlySignal } from "@preact/signals";
import { STEPS, type StepBy } from "../../bridge/moment";
import { say } from "../text/say";
import type { Action, Actions } from "./actions";
import type { Playback } from "./playback";

/** Keys of the steps that are often taken: back, then forward. */
const STEP_KEYS: { readonly [By in StepBy]: readonly [back: string, forward: string] } = {
  event: ["Alt+ArrowLeft", "Alt+ArrowRight"],
  envelope: ["Alt+Shift+ArrowLeft", "Alt+Shift+ArrowRight"],
  command: ["Alt+ArrowUp", "Alt+ArrowDown"],
  problem: ["Alt+Shift+ArrowUp", "Alt+Shift+ArrowDown"],
};

/** What can be done with the moment of a session. */
export type MomentControls = {
  /** False while there is no moment to be at. */
  readonly hasEvents: ReadonlySignal<boolean>;
  readonly isPast: ReadonlySignal<boolean>;
  readonly step: (by: StepBy, direction: 1 | -1) => void;
  /** Stays at the newest event, whatever comes. */
  readonly pause: () => void;
  /** Back to where the session is. */
  readonly live: () => void;
  readonly play: () => void;
  readonly playback: Pick<Playback, "isPlaying" | "t" | "stop">;
};

/** Time travel by name and by keys. */
export function addMomentActions(actions: Actions, moment: MomentControls): void {
  const hasEvents = (): boolean => moment.hasEvents.peek();
  const isPast = (): boolean => moment.isPast.peek();
  const stepping = (by: StepBy, direction: 1 | -1): Action => ({
    id: `moment.${direction === 1 ? "next" : "previous"}-${by}`,
    label: () => say(direction === 1 ? `moment_next_${by}` : `moment_previous_${by}`),
    keys: [STEP_KEYS[by][direction === 1 ? 1 : 0]],
    isPossible: () => (direction === 1 ? isPast() : hasEvents()),
    run: () => moment.step(by, direction),
  });
  actions.add(
    {
      ...{
        id: "moment.pause",
        label: () => say("moment_toggle_live"),
        keys: ["T L", "Alt+End"],
        isPossible: hasEvents,
      },
      run: () => (isPast() ? moment.live() : moment.pause()),
    },
    {
      ...{
        id: "moment.play",
        label: () => say("moment_toggle_play"),
        keys: ["T P", "Alt+Enter"],
        isPossible: hasEvents,
      },
      run: () => (moment.playback.isPlaying.peek() ? moment.playback.stop() : moment.play()),
    },
    {
      id: "moment.live",
      label: () => say("moment_back"),
      keys: ["T N"],
      isPossible: isPast,
      run: moment.live,
    },
    ...STEPS.flatMap((by) => [stepping(by, -1), stepping(by, 1)]),
  );
}
